import { notifications } from '@mantine/notifications'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../shared/api/client.ts'
import { meQuery } from '../../shared/api/me.ts'
import { ask } from '../../shared/api/request.ts'
import type { Role } from './model/roles.ts'

/** Everybody who may sign in, and those who may not any more. */
export function useUsers() {
  return useQuery({ queryKey: ['users'], queryFn: () => ask(api.users.$get({ query: { limit: '200' } })) })
}

/** Somebody who may sign in. */
export type User = NonNullable<ReturnType<typeof useUsers>['data']>['items'][number]

/** Keys by which programs use the API. */
export function useKeys() {
  return useQuery({ queryKey: ['keys'], queryFn: () => ask(api.keys.$get({ query: { limit: '200' } })) })
}

/** An API key as the list shows it. */
export type Key = NonNullable<ReturnType<typeof useKeys>['data']>['items'][number]

/** Who did what, the newest first. */
export function useAuditTrail() {
  return useInfiniteQuery({
    queryKey: ['audit'],
    queryFn: ({ pageParam }) =>
      ask(api.audit.$get({ query: { limit: '10', ...(pageParam !== '' && { cursor: pageParam }) } })),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })
}

/** What this instance is: its version, and where it keeps everything. */
export function useAbout() {
  return useQuery({
    queryKey: ['about'],
    queryFn: async () => {
      const [{ info }, ready] = await Promise.all([
        ask<{ info: { version: string } }>(fetch('/openapi.json')),
        // Not ready is an answer too.
        fetch('/readyz').then((answer): Promise<Ready> => answer.json()),
      ])
      return { version: info.version, ...ready }
    },
    staleTime: 30_000,
  })
}

interface Ready {
  readonly storage: string
  readonly reasons: readonly string[]
  readonly warnings: readonly string[]
}

/** Changes the name of whoever is signed in. */
export function useRename() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (name: string) => ask(api.me.$put({ json: { name } })),
    onSuccess: (me) => {
      queries.setQueryData(meQuery.queryKey, me)
      notifications.show({ message: 'Your name is saved.' })
    },
  })
}

/** Changes the password of whoever is signed in. */
export function useChangePassword() {
  return useMutation({
    mutationFn: (json: { current: string; password: string }) => ask(api.me.password.$post({ json })),
    onSuccess: () => notifications.show({ message: 'Your password is changed. You are signed out everywhere else.' }),
  })
}

/** Invites somebody; the answer has the link to hand over. */
export function useInvite() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (json: { email: string; name: string; role: Role }) => ask(api.users.$post({ json })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['users'] }),
  })
}

/** What can be done with a user. */
export function useUserDeeds() {
  const queries = useQueryClient()
  const settle = {
    onError: (error: Error) => notifications.show({ color: 'red', title: 'That did not work', message: error.message }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['users'] }),
  }
  const change = useMutation({
    mutationFn: ({ id, ...json }: { id: string; role?: Role; enabled?: boolean }) =>
      ask(api.users[':id'].$put({ param: { id }, json })),
    ...settle,
  })
  const reset = useMutation({
    mutationFn: (id: string) => ask(api.users[':id'].reset.$post({ param: { id } })),
    ...settle,
  })
  return { change, reset }
}

/** Makes a key; the answer is the only place where it is. */
export function useMakeKey() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (json: { label: string; scopes: string[] }) => ask(api.keys.$post({ json: json as never })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['keys'] }),
  })
}

/** Ends a key. */
export function useRevokeKey() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => ask(api.keys[':id'].$delete({ param: { id } })),
    onSuccess: () => notifications.show({ message: 'The key does not work any more.' }),
    onError: (error) => notifications.show({ color: 'red', title: 'That did not work', message: error.message }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['keys'] }),
  })
}
