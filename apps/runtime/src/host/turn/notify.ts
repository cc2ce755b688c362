import type { NotifyEffect } from '@textloom/core'
import type { Turn } from './turn.ts'

/** What an outbox row of kind `notify` holds as its payload: one notice to one recipient. */
export interface NoticePayload {
  readonly by: NotifyEffect['by']
  readonly to: string
  readonly subject?: string
  readonly text: string
  readonly flow: string
  readonly flowName: string
  readonly node: string
}

/** Writes a notice into the outbox, once for each recipient: one that cannot be reached keeps nothing from the others. */
export function notify(turn: Turn, { by, to: recipients, subject, text, node }: NotifyEffect, revision: string): void {
  const { world, now, runId } = turn
  for (const to of new Set(recipients)) {
    const payload = {
      by,
      to,
      text,
      flow: world.flowOf(revision),
      flowName: world.nameOf(revision),
      node,
      ...(subject !== undefined && { subject }),
    }
    turn.send({
      id: world.newId(),
      kind: 'notify',
      link: null,
      source: 'flow',
      runId,
      segments: 1,
      priority: 0,
      payload: payload satisfies NoticePayload,
      topic: '',
      isConsent: false,
      dueAt: now,
      expiresAt: null,
    })
    turn.event('notify.queued', { run: runId ?? '', node, by })
  }
}
