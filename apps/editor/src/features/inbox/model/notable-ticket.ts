import { type LiveItem, textIn } from '../../../shared/api/live-changes.ts'

/** The ticket that somebody should look at now: a new one, or one whose contact wrote. */
export function notableTicket(item: LiveItem): string | undefined {
  return item.kind === 'ticket.opened' || item.kind === 'ticket.heard' ? textIn(item, 'ticket') : undefined
}
