import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from '../shared/api/problem.ts'

/** The one cache of what the runtime said. A refusal for want of a sign-in leads to the door. */
export const queries: QueryClient = new QueryClient({
  defaultOptions: { queries: { retry: (tries, error) => !(error instanceof ApiError) && tries < 2, staleTime: 5_000 } },
  queryCache: new QueryCache({ onError: leaveIfSignedOut }),
  mutationCache: new MutationCache({ onError: leaveIfSignedOut }),
})

const doors = ['/sign-in', '/set-up']

function leaveIfSignedOut(error: Error): void {
  if (!(error instanceof ApiError) || error.problem.status !== 401 || doors.includes(location.pathname)) return
  // Somebody who changes their password and mistypes the one of now is signed in all the same.
  if (error.problem.code === 'auth/wrong-password') return
  leaveForSignIn()
}

/** Leads to the door, and back to this page once somebody has signed in. */
export function leaveForSignIn(): void {
  queries.clear()
  location.assign(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`)
}
