import { IconArrowLeft, IconNote } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { may, meQuery } from '../../shared/api/me.ts'
import '../../shared/ui/page.css'
import { ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { ago } from '../../shared/words/ago.ts'
import { clockTime, dayName } from '../../shared/words/moment.ts'
import type { InboxSearch } from './model/inbox-search.ts'
import { endReason, endWords, holderWords, ticketMarks } from './model/ticket-words.ts'
import { ReplyBox } from './ReplyBox.tsx'
import { TicketDeeds } from './TicketDeeds.tsx'
import { TicketThread } from './TicketThread.tsx'
import './ticket.css'
import { type Ticket, useQueueName, useTicket } from './use-tickets.ts'

/** One ticket: what was said, and what an agent does about it. */
export function TicketPage({ ticketId, search }: { readonly ticketId: string; readonly search: InboxSearch }) {
  const ticket = useTicket(ticketId)
  return (
    <article className="tl-ticket" aria-label="Ticket">
      <Link to="/inbox" search={search} className="tl-back tl-ticket-back">
        <IconArrowLeft size={16} aria-hidden /> All tickets
      </Link>
      {ticket.isPending ? (
        <LoadingState what="the ticket" />
      ) : ticket.data === undefined ? (
        <ErrorState
          error={ticket.error}
          retry={() => void ticket.refetch()}
          named={{
            what: 'ticket',
            way: (
              <Link to="/inbox" search={search}>
                All tickets
              </Link>
            ),
          }}
        />
      ) : (
        <Opened ticket={ticket.data} nowMs={ticket.dataUpdatedAt} />
      )}
    </article>
  )
}

function Opened({ ticket, nowMs }: { readonly ticket: Ticket; readonly nowMs: number }) {
  const { state, note } = ticket
  const { data: me } = useQuery(meQuery)
  const isOpen = state === 'open'
  const mayAnswer = may(me, 'tickets:write')
  return (
    <>
      <header className="tl-ticket-head">
        <Who ticket={ticket} />
        {isOpen && mayAnswer && <TicketDeeds ticket={ticket} />}
      </header>
      <Facts ticket={ticket} nowMs={nowMs} />
      {note !== '' && (
        <p className="tl-ticket-brief">
          <IconNote size={17} aria-hidden />
          <span>
            <span className="tl-unseen">The flow says: </span>
            {note}
          </span>
        </p>
      )}
      <TicketThread ticket={ticket} />
      {!isOpen && (
        <p className="tl-ticket-end" role="status">
          <strong>{endWords(ticket, nowMs)}</strong> {endReason(ticket)}
        </p>
      )}
      {isOpen && mayAnswer && <ReplyBox key={ticket.id} ticket={ticket} />}
    </>
  )
}

function Who({ ticket }: { readonly ticket: Ticket }) {
  const { contact, phone } = ticket
  return (
    <div className="tl-ticket-title">
      <h2>{contact.name ?? phone}</h2>
      {ticketMarks(ticket).map(({ label, tone }) => (
        <span key={label} className="tl-chip" data-tone={tone}>
          {label}
        </span>
      ))}
    </div>
  )
}

function Facts({ ticket, nowMs }: { readonly ticket: Ticket; readonly nowMs: number }) {
  const { contact, phone, channel, queue, topic, session, state, openedAt } = ticket
  const queueName = useQueueName()
  const openedMs = Date.parse(openedAt)
  return (
    <p className="tl-ticket-facts">
      {state === 'open' && <strong>{holderWords(ticket)}</strong>}
      {contact.name !== null && <span>{phone}</span>}
      {contact.language !== null && <span>speaks {languageName(contact.language)}</span>}
      <span>on {channel}</span>
      <span>{queueName(queue)}</span>
      {topic !== null && <span>about {topic}</span>}
      <time dateTime={openedAt} title={`${dayName(openedMs)}, ${clockTime(openedMs)}`}>
        opened {ago(openedMs, nowMs)}
      </time>
      <Link to="/sessions/$sessionId" params={{ sessionId: session }}>
        The whole session
      </Link>
    </p>
  )
}

const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' })

function languageName(tag: string): string {
  try {
    return languages.of(tag) ?? tag
  } catch {
    // Whatever stands there was never a language.
    return tag
  }
}
