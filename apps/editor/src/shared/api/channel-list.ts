import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'
import { ask } from './request.ts'

/** Every channel of this instance, in the order in which they came. */
export const channelListQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: () => ask(api.channels.$get({ query: { limit: '200' } })),
})
