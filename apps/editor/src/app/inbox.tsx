import { IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { InboxList } from '../features/inbox/InboxList.tsx'
import { TicketPage } from '../features/inbox/TicketPage.tsx'
import { useTickets } from '../features/inbox/use-tickets.ts'
import { may, meQuery } from '../shared/api/me.ts'
import { EmptyState } from '../shared/ui/states.tsx'

/** `/inbox`: the list, and beside it the ticket that is open; on a phone one of the two. An empty list stands alone. */
export function InboxRoom() {
  const { data: me } = useQuery(meQuery)
  const search = useSearch({ from: '/shell/inbox' })
  const { ticketId } = useParams({ strict: false })
  const { data: tickets } = useTickets(search)
  const navigate = useNavigate()
  const isOpen = ticketId !== undefined
  const isEmpty = !isOpen && tickets?.pages.every(({ items }) => items.length === 0)
  return (
    <div className="tl-inbox" data-open={isOpen || undefined} data-empty={isEmpty || undefined}>
      <InboxList
        search={search}
        mayAnswer={may(me, 'tickets:write')}
        onSearch={(next) => void navigate({ to: '/inbox', search: next, replace: true })}
      />
      <Outlet />
    </div>
  )
}

/** `/inbox` with no ticket open. */
export function NoTicket() {
  return (
    <div className="tl-inbox-none">
      <EmptyState icon={<IconInbox size={28} />} title="Open a ticket to read it">
        While a ticket is open its flow is silent, and what you write goes to the contact.
      </EmptyState>
    </div>
  )
}

/** `/inbox/$ticketId`. */
export function TicketDoor() {
  const { ticketId } = useParams({ from: '/shell/inbox/$ticketId' })
  return <TicketPage key={ticketId} ticketId={ticketId} search={useSearch({ from: '/shell/inbox' })} />
}
