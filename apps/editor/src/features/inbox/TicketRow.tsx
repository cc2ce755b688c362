import { Link } from '@tanstack/react-router'
import { ago } from '../../shared/words/ago.ts'
import { maskedNumber } from '../../shared/words/phone-number.ts'
import type { InboxSearch } from './model/inbox-search.ts'
import { holderWords, ticketMarks } from './model/ticket-words.ts'
import type { Ticket } from './use-tickets.ts'

/** One ticket of the list: who, what they said last, where it stands. */
export function TicketRow(props: { ticket: Ticket; search: InboxSearch; queueName: string; nowMs: number }) {
  const { ticket, search, queueName, nowMs } = props
  const { id, phone, contact, lastMessage, isWaiting, openedAt, state } = ticket
  const at = lastMessage?.at ?? openedAt
  return (
    <li>
      <Link
        to="/inbox/$ticketId"
        params={{ ticketId: id }}
        search={search}
        className="tl-ticket-row"
        data-waiting={isWaiting || undefined}
        activeProps={{ 'aria-current': 'true' }}
      >
        <span className="tl-ticket-who">
          <strong>{contact.name ?? maskedNumber(phone)}</strong>
          {isWaiting && <span className="tl-unseen">, waits for an answer</span>}
        </span>
        <time dateTime={at}>{ago(Date.parse(at), nowMs)}</time>
        <span className="tl-ticket-last">
          {lastMessage === null
            ? 'Nothing has been said yet'
            : `${lastMessage.direction === 'mt' ? '→ ' : ''}${lastMessage.text}`}
        </span>
        <span className="tl-ticket-stand">
          <span>{queueName}</span>
          {state === 'open' && <span>{holderWords(ticket)}</span>}
          {ticketMarks(ticket).map(({ label, tone }) => (
            <span key={label} className="tl-chip" data-tone={tone}>
              {label}
            </span>
          ))}
        </span>
      </Link>
    </li>
  )
}
