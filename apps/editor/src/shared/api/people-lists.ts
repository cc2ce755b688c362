import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'
import { ask } from './request.ts'

/** The groups of contacts, with the sizes of static ones. */
export const groupListQuery = queryOptions({
  queryKey: ['groups'],
  queryFn: () => ask(api.groups.$get({ query: { limit: '200' } })),
})

/** One of them. */
export type Group = Awaited<ReturnType<NonNullable<typeof groupListQuery.queryFn>>>['items'][number]

/** The fields that contacts have beside their names. */
export const fieldListQuery = queryOptions({
  queryKey: ['fields'],
  queryFn: () => ask(api.fields.$get({ query: { limit: '200' } })),
})

/** One of them. */
export type ContactField = Awaited<ReturnType<NonNullable<typeof fieldListQuery.queryFn>>>['items'][number]
