import type { Scope } from '@textloom/core'

/** The text that the contact wrote just now. */
export function replyOf({ event, context }: Scope): string {
  return event.type === 'mo' ? event.text : context.reply.text
}
