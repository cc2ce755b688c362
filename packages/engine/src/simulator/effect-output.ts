import type { Effect, SendMtEffect } from '@textloom/core'
import { countSegments } from '@textloom/sms'
import type { OutputBody } from './output.ts'

/** What an effect tells who looks on, in order; nothing for those that only the host must know of. */
export function outputsOf(effect: Effect, to: string): readonly OutputBody[] {
  switch (effect.kind) {
    case 'sendMt':
      return [mtOutput(effect, to)]
    case 'http': {
      const { method, url, headers, body } = effect
      return [{ type: 'http', method, url, headers, ...(body === undefined ? {} : { body }) }]
    }
    case 'result': {
      const { name, value, category } = effect
      return [{ type: 'result', name, value, ...(category === undefined ? {} : { category }) }]
    }
    case 'contact':
      return [{ type: 'contact', ...effect.change }]
    case 'notify': {
      const { kind: type, node: _node, ...notice } = effect
      return [{ type, ...notice }]
    }
    case 'ticket': {
      const { queue, note, topic, priority } = effect
      return [{ type: 'ticket', queue, note, ...(topic === undefined ? {} : { topic }), priority }]
    }
    case 'flow':
      return [
        ...failureOutput(effect),
        { type: 'flow', ...(effect.change === 'entered' ? { entered: effect.flow } : { left: effect.flow }) },
      ]
    case 'end':
      return [...failureOutput(effect), { type: 'end', outcome: effect.outcome }]
    case 'http.cancel':
    case 'ticket.withdraw':
      return []
  }
}

/** A text sent, with what it takes on the air. */
export function mtOutput(
  { text, node, attachments = [] }: Pick<SendMtEffect, 'text' | 'attachments'> & { readonly node?: string },
  to: string,
): OutputBody {
  const { segments, encoding } = countSegments(text)
  return {
    type: 'mt',
    text,
    to,
    segments,
    encoding,
    ...(attachments.length === 0 ? {} : { attachments: attachments.map(({ url }) => url) }),
    ...(node === undefined ? {} : { node }),
  }
}

function failureOutput({ failure }: Extract<Effect, { failure?: unknown }>): readonly OutputBody[] {
  return failure ? [{ type: 'error', ...failure }] : []
}
