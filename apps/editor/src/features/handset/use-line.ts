import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../shared/api/client.ts'
import { publishedQuery } from '../../shared/api/published.ts'
import { ask } from '../../shared/api/request.ts'
import { keywordsOf } from './model/handset-lines.ts'

/** The channels that handsets of the app can text: those that a loopback link reaches. */
export function useHandsetChannels(isAllowed: boolean) {
  const links = useQuery({
    enabled: isAllowed,
    queryKey: ['links', 'all'],
    queryFn: () => ask(api.links.$get({ query: { limit: '200' } })),
  })
  const channels = useQuery({
    enabled: isAllowed,
    queryKey: ['channels'],
    queryFn: () => ask(api.channels.$get({ query: { limit: '200' } })),
  })
  const loopback = new Set(links.data?.items.filter(({ kind }) => kind === 'loopback').map(({ id }) => id))
  const reached = channels.data?.items.filter(
    ({ enabled, link }) => enabled && [link].flat().some((id) => loopback.has(id)),
  )
  return {
    channels: links.data && reached,
    // What was read stays while it cannot be read again.
    error: links.data && channels.data ? null : (links.error ?? channels.error),
    retry: () => void Promise.all([links.refetch(), channels.refetch()]),
  }
}

/** A channel as this page reads it. */
export type HandsetChannel = NonNullable<ReturnType<typeof useHandsetChannels>['channels']>[number]

/** What may be texted to a channel to begin one of its flows. */
export function useKeywords(channel: HandsetChannel | undefined): readonly string[] {
  return useQueries({
    queries: (channel?.flows ?? []).slice(0, 6).map(({ flow, revision }) => publishedQuery(flow, revision)),
    combine: (answers) => [...new Set(answers.flatMap(({ data }) => (data ? keywordsOf(data) : [])))],
  })
}

/** The newest texts from and to a phone; live by the runtime's events. */
export function useTexts(phone: string) {
  return useQuery({
    queryKey: ['messages', { phone }],
    queryFn: () => ask(api.messages.$get({ query: { phone, limit: '100' } })),
  })
}

/** Texts the channel, as the phone would. */
export function useTexting(channel: string, phone: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (text: string) =>
      ask(api.channels[':id'].handset.$post({ param: { id: channel }, json: { from: phone, text } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['messages', { phone }] }),
  })
}
