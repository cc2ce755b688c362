import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'
import { ask } from './request.ts'

/** The flows of this instance, drafts and live ones, or those put away. */
export function flowListQuery(archived: boolean) {
  return queryOptions({
    queryKey: ['flows', { archived }],
    queryFn: () => ask(api.flows.$get({ query: { limit: '200', archived: archived ? 'true' : 'false' } })),
  })
}
