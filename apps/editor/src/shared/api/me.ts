import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'
import { ask } from './request.ts'

/** Who is signed in, and everything they may do. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => ask(api.me.$get()),
  staleTime: 60_000,
  retry: false,
})

/** What `GET /me` answers. */
export type Me = Awaited<ReturnType<NonNullable<typeof meQuery.queryFn>>>

/** True when the person may do it; `write` includes `read`. */
export function may(me: Me | undefined, scope: string): boolean {
  return me?.permissions.includes(scope) ?? false
}
