import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'
import { ask } from './request.ts'

/** The groups of contacts, of either kind. */
export const groupListQuery = queryOptions({
  queryKey: ['groups'],
  queryFn: () => ask(api.groups.$get({ query: { limit: '200' } })),
})
