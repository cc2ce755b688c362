import type { FlowNode, JsonObject } from '@textloom/core'

/** A reply that the contact is likely to send now. */
export interface QuickReply {
  readonly text: string
  /** What it stands for, when the text alone does not say it. */
  readonly label?: string
}

/** Replies to the step that a session rests in; keywords that start one when none runs. */
export function quickReplies(nodes: readonly FlowNode[], waitingIn: string | undefined): readonly QuickReply[] {
  if (waitingIn === undefined) {
    return nodes.filter(({ type }) => type === 'keyword').flatMap(({ data }) => texts(data.keywords))
  }
  const data = nodes.find(({ id }) => id === waitingIn)?.data ?? {}
  if (data.kind === 'yes-no') return [{ text: 'Yes' }, { text: 'No' }]
  return [...numbered(data, 'options'), ...numbered(data, 'choices')]
}

function texts(value: unknown): readonly QuickReply[] {
  return list(value).flatMap((text) => (typeof text === 'string' && text.trim() !== '' ? [{ text }] : []))
}

function numbered(data: JsonObject, key: 'options' | 'choices'): readonly QuickReply[] {
  return list(data[key]).map((option, index) => {
    const label = typeof option === 'object' && option !== null && 'label' in option ? String(option.label) : ''
    return { text: String(index + 1), ...(label === '' ? {} : { label }) }
  })
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
