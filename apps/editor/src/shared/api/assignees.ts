import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'
import { ask } from './request.ts'

/** Everybody who answers tickets. */
export const assigneesQuery = queryOptions({
  queryKey: ['assignees'],
  queryFn: () => ask(api.tickets.assignees.$get()),
})
