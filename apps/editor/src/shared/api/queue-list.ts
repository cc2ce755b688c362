import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'
import { ask } from './request.ts'

/** The queues that are set up, with how many tickets are open in each. */
export const queueListQuery = queryOptions({
  queryKey: ['queues'],
  queryFn: () => ask(api.queues.$get({ query: { limit: '200' } })),
})

/** One of them. */
export type Queue = Awaited<ReturnType<NonNullable<typeof queueListQuery.queryFn>>>['items'][number]
