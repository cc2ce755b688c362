import { Button, NativeSelect } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { queueListQuery } from '../../shared/api/queue-list.ts'
import { MoreButton } from '../../shared/ui/MoreButton.tsx'
import '../../shared/ui/page.css'
import { EmptyState, ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import '../../shared/ui/unseen.css'
import './inbox.css'
import { type InboxSearch, type InboxView, inboxViews } from './model/inbox-search.ts'
import { NoticeSwitch } from './NoticeSwitch.tsx'
import { TicketRow } from './TicketRow.tsx'
import { useQueueName, useTickets } from './use-tickets.ts'

interface InboxListProps {
  readonly search: InboxSearch
  readonly mayAnswer: boolean
  /** Narrows the list; the address changes with it. */
  onSearch(search: InboxSearch): void
}

/** The tickets: whose, of which queue, the newest first. */
export function InboxList({ search, mayAnswer, onSearch }: InboxListProps) {
  const tickets = useTickets(search)
  const queues = useQuery(queueListQuery)
  const queueName = useQueueName()
  const items = tickets.data?.pages.flatMap((page) => page.items) ?? []
  const { view = 'all', queue } = search
  const { queue: _queue, ...anyQueue } = search
  const isKnown = queue === undefined || queues.data?.items.some(({ id }) => id === queue)

  return (
    <section className="tl-inbox-list" aria-label="Tickets">
      <header className="tl-inbox-head">
        <h1>Inbox</h1>
        {mayAnswer && <NoticeSwitch />}
      </header>
      <nav className="tl-tabs tl-inbox-tabs" aria-label="Whose tickets">
        {inboxViews.map((one) => (
          <Link
            key={one.view}
            to="/inbox"
            search={{ ...search, view: one.view }}
            aria-current={one.view === view ? 'page' : undefined}
          >
            {one.label}
          </Link>
        ))}
      </nav>
      {((queues.data?.items.length ?? 0) > 0 || queue !== undefined) && (
        <NativeSelect
          className="tl-inbox-queue"
          aria-label="Queue"
          value={queue ?? ''}
          data={[
            { value: '', label: 'Every queue' },
            ...(queues.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ...(isKnown ? [] : [queue]),
          ]}
          onChange={({ currentTarget: { value } }) => onSearch(value === '' ? anyQueue : { ...anyQueue, queue: value })}
        />
      )}
      {tickets.isPending ? (
        <LoadingState what="tickets" />
      ) : tickets.isError && items.length === 0 ? (
        <ErrorState error={tickets.error} retry={() => void tickets.refetch()} />
      ) : items.length > 0 ? (
        <>
          <ul className="tl-ticket-list" aria-busy={tickets.isPlaceholderData || undefined}>
            {items.map((ticket) => (
              <TicketRow
                key={ticket.id}
                ticket={ticket}
                search={search}
                queueName={queueName(ticket.queue)}
                nowMs={tickets.dataUpdatedAt}
              />
            ))}
          </ul>
          <MoreButton list={tickets}>Show older ones</MoreButton>
        </>
      ) : (
        <EmptyState
          icon={<IconInbox size={28} />}
          title={empty[view].title}
          action={
            queue !== undefined && (
              <Button variant="default" onClick={() => onSearch(anyQueue)}>
                Show every queue
              </Button>
            )
          }
        >
          {empty[view].says}
        </EmptyState>
      )}
    </section>
  )
}

const empty: { readonly [view in InboxView]: { readonly title: string; readonly says: string } } = {
  mine: { title: 'You have no tickets', says: 'Claim one that nobody has; it is yours until it is closed.' },
  unassigned: { title: 'Nobody waits', says: 'Tickets that nobody has claimed show here as they come.' },
  all: {
    title: 'All quiet',
    says: 'When a flow hands a conversation over to a person, it shows here. “Hand over to a person” is the step for it.',
  },
  closed: { title: 'Nothing closed yet', says: 'What your team has answered and closed is kept here.' },
}
