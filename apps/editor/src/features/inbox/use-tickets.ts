import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../shared/api/client.ts'
import { queueListQuery } from '../../shared/api/queue-list.ts'
import { ask } from '../../shared/api/request.ts'
import type { InboxSearch } from './model/inbox-search.ts'

const AFRESH_MS = 30_000

/** The tickets that an address asks for, those opened last first, page by page. */
export function useTickets(search: InboxSearch) {
  return useInfiniteQuery({
    queryKey: ['tickets', search],
    queryFn: ({ pageParam }) =>
      ask(api.tickets.$get({ query: { ...search, limit: '50', ...(pageParam !== '' && { cursor: pageParam }) } })),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    // Tickets become overdue without anything happening.
    refetchInterval: AFRESH_MS,
  })
}

/** A ticket, in lists as by itself. */
export type Ticket = NonNullable<ReturnType<typeof useTickets>['data']>['pages'][number]['items'][number]

/** One ticket. */
export function useTicket(id: string) {
  return useQuery({
    queryKey: ['ticket', id],
    queryFn: () => ask(api.tickets[':id'].$get({ param: { id } })),
    refetchInterval: AFRESH_MS,
  })
}

/** What was said, noted and done around a ticket. */
export function useThread({ id, phone }: Pick<Ticket, 'id' | 'phone'>) {
  return useQuery({
    queryKey: ['thread', { phone }, id],
    queryFn: () => ask(api.tickets[':id'].messages.$get({ param: { id } })),
  })
}

/** One line of it. */
export type ThreadLine = NonNullable<ReturnType<typeof useThread>['data']>['items'][number]

/** Names a queue; one that nobody set up goes by its id. */
export function useQueueName(): (id: string) => string {
  const { data } = useQuery(queueListQuery)
  return (id) => data?.items.find((queue) => queue.id === id)?.name ?? id
}

/** What an agent does with a ticket. */
export type TicketDeed =
  | { readonly do: 'claim' }
  | { readonly do: 'release' }
  | { readonly do: 'transfer'; readonly queue?: string; readonly to?: string }
  | { readonly do: 'note'; readonly text: string }
  /** A repetition with the same `key` sends nothing twice. */
  | { readonly do: 'reply'; readonly text: string; readonly key: string }
  | { readonly do: 'close'; readonly outcome: 'resolved' | 'unavailable'; readonly note?: string }

/** Does it, and looks again at all that it changes, whether it worked or was refused. */
export function useTicketDeed(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (deed: TicketDeed) => send(id, deed),
    onSettled: () =>
      queries.invalidateQueries({
        predicate: ({ queryKey: [name, ...about] }) =>
          name === 'tickets' || ((name === 'ticket' || name === 'thread') && about.includes(id)),
      }),
  })
}

function send(id: string, deed: TicketDeed): Promise<unknown> {
  const one = api.tickets[':id']
  const param = { id }
  switch (deed.do) {
    case 'claim':
      return ask(one.claim.$post({ param }))
    case 'release':
      return ask(one.release.$post({ param }))
    case 'transfer': {
      const { queue, to } = deed
      return ask(one.transfer.$post({ param, json: { ...(queue && { queue }), ...(to && { to }) } }))
    }
    case 'note':
      return ask(one.notes.$post({ param, json: { text: deed.text } }))
    case 'reply':
      return ask(one.reply.$post({ param, json: { text: deed.text } }, { headers: { 'idempotency-key': deed.key } }))
    case 'close': {
      const { outcome, note } = deed
      return ask(one.close.$post({ param, json: { outcome, ...(note && { note }) } }))
    }
  }
}
