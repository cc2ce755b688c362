import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../shared/api/client.ts'
import { ask } from '../../shared/api/request.ts'
import { sendJson } from '../../shared/api/send-json.ts'
import { type PeopleSearch, peopleOrders } from './model/people-search.ts'

/** The people that an address asks for, page after page. */
export function usePeople(search: PeopleSearch) {
  const { sort = peopleOrders[0].value, ...narrowed } = search
  return useInfiniteQuery({
    queryKey: ['people', search],
    queryFn: ({ pageParam }) =>
      ask(api.contacts.$get({ query: { ...narrowed, sort, limit: '100', ...(pageParam && { cursor: pageParam }) } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
    retry: false,
  })
}

/** A person of the list. */
export type Person = NonNullable<ReturnType<typeof usePeople>['data']>['pages'][number]['items'][number]

/** How many they are. */
export function useCount({ sort: _sort, ...search }: PeopleSearch) {
  return useQuery({
    queryKey: ['people', 'count', search],
    queryFn: () => ask(api.contacts.count.$get({ query: search })),
    placeholderData: (before) => before,
    retry: false,
  })
}

export function usePerson(phone: string) {
  return useQuery({
    queryKey: ['person', phone],
    queryFn: () => ask(api.contacts[':phone'].$get({ param: { phone } })),
  })
}

/** All that happened with a person, the newest first. */
export function useHistory(phone: string) {
  return useInfiniteQuery({
    queryKey: ['person', phone, 'history'],
    queryFn: ({ pageParam }) =>
      ask(
        api.contacts[':phone'].history.$get({
          param: { phone },
          query: { limit: '60', ...(pageParam && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** One thing of it. */
export type HistoryItem = NonNullable<ReturnType<typeof useHistory>['data']>['pages'][number]['items'][number]

/** Texts that may have meant STOP. */
export function useReviews() {
  return useInfiniteQuery({
    queryKey: ['reviews'],
    queryFn: ({ pageParam }) =>
      ask(api.consent.reviews.$get({ query: { state: 'open', limit: '50', ...(pageParam && { cursor: pageParam }) } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** Sends what changes people or groups, and reads anew what is shown of them. */
export function usePeopleDeed<Deed, Result = unknown>(run: (deed: Deed) => Promise<Result>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: run,
    onSuccess: () =>
      Promise.all(
        [['people'], ['person'], ['groups'], ['reviews']].map((queryKey) => queries.invalidateQueries({ queryKey })),
      ),
  })
}

const pathOf = (phone: string, rest = '') => `/api/v1/contacts/${encodeURIComponent(phone)}${rest}`

/** What can be done with a person. */
export const personDeeds = {
  add: (body: object) => sendJson<{ phone: string }>('POST', '/api/v1/contacts', body),
  change: (phone: string, body: object) => sendJson('PATCH', pathOf(phone), body),
  note: (phone: string, text: string) => sendJson('POST', pathOf(phone, '/notes'), { text }),
  consent: (phone: string, body: object) => sendJson('POST', pathOf(phone, '/consent'), body),
  merge: (phone: string, into: string) => sendJson<{ phone: string }>('POST', pathOf(phone, '/merge'), { into }),
  erase: (phone: string) => sendJson('POST', pathOf(phone, '/erase'), {}),
  remove: (phone: string) => sendJson('DELETE', pathOf(phone)),
} as const

/** What can be done with a group. */
export const groupDeeds = {
  add: (body: object) => sendJson('POST', '/api/v1/groups', body),
  change: (id: string, body: object) => sendJson('PUT', `/api/v1/groups/${encodeURIComponent(id)}`, body),
  remove: (id: string) => sendJson('DELETE', `/api/v1/groups/${encodeURIComponent(id)}`),
} as const

/** What a person decides about a text. */
export const reviewDeed = (id: string, deed: 'accept' | 'dismiss') =>
  sendJson('POST', `/api/v1/consent/reviews/${id}/${deed}`, {})
