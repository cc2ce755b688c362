import { notifications } from '@mantine/notifications'
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../shared/api/client.ts'
import { ask } from '../../shared/api/request.ts'
import { sendJson } from '../../shared/api/send-json.ts'
import type { ChannelBody } from './model/channel-draft.ts'
import { linkKinds, type Schema } from './model/link-fields.ts'

/** How often the state of links is looked at when no event tells of it. */
const lookMs = 5_000

/** The addresses that people text. */
export function useChannels() {
  return useQuery({
    queryKey: ['channels'],
    queryFn: () => ask(api.channels.$get({ query: { limit: '200' } })),
    refetchInterval: 15_000,
  })
}

/** A channel as the list shows it. */
export type Channel = NonNullable<ReturnType<typeof useChannels>['data']>['items'][number]

/** The connections to networks, for whoever may see them. */
export function useLinks(isAllowed: boolean) {
  return useQuery({
    enabled: isAllowed,
    queryKey: ['links'],
    queryFn: () => ask(api.links.$get({ query: { limit: '200' } })),
    refetchInterval: lookMs,
  })
}

/** A link as the list shows it: beside what is named here the settings of its kind. */
export type Link = NonNullable<ReturnType<typeof useLinks>['data']>['items'][number]

/** How each of these links is doing, by id. */
export function useLinkStatuses(ids: readonly string[]) {
  return useQueries({
    queries: ids.map((id) => ({
      queryKey: ['links', 'status', id],
      queryFn: () => ask(api.links[':id'].status.$get({ param: { id } })),
      refetchInterval: lookMs,
    })),
    combine: (answers) => new Map(answers.flatMap(({ data }) => (data ? [[data.id, data] as const] : []))),
  })
}

/** How one link is doing. */
export type LinkStatus = NonNullable<ReturnType<ReturnType<typeof useLinkStatuses>['get']>>

/** The kinds of links there can be, each with the schema of its settings. */
export function useLinkKinds() {
  return useQuery({
    queryKey: ['link-kinds'],
    queryFn: async () => linkKinds(await ask<Schema>(fetch('/schemas/config.json'))),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Stores a channel, new or changed. */
export function useSaveChannel(isNew: boolean) {
  return useSaving((channel: ChannelBody) =>
    isNew
      ? sendJson<Channel>('POST', '/api/v1/channels', channel)
      : sendJson<Channel>('PUT', `/api/v1/channels/${channel.id}`, channel),
  )
}

/** A link as it is sent. */
export type LinkBody = { readonly id: string; readonly kind: string; readonly [setting: string]: unknown }

/** Stores a link, new or changed. */
export function useSaveLink(isNew: boolean) {
  return useSaving((link: LinkBody) =>
    isNew ? sendJson<Link>('POST', '/api/v1/links', link) : sendJson<Link>('PUT', `/api/v1/links/${link.id}`, link),
  )
}

/** Takes a channel or a link out; says why where it cannot be. */
export function useRemove() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ what, id }: { what: 'channel' | 'link'; id: string }) =>
      what === 'channel'
        ? ask(api.channels[':id'].$delete({ param: { id } }))
        : ask(api.links[':id'].$delete({ param: { id } })),
    onSuccess: (_, { id }) => notifications.show({ message: `${id} is removed.` }),
    onError: (error) => notifications.show({ color: 'red', title: 'That did not work', message: error.message }),
    onSettled: () => refreshed(queries),
  })
}

/** Sends one text by a channel. */
export function useSendTest(channel: string) {
  return useMutation({
    mutationFn: ({ to, text }: { to: string; text: string }) =>
      ask(api.messages.$post({ json: { channel, to, text } })),
  })
}

/** What becomes of a message that was sent: looked at until it has arrived or cannot. */
export function useMessage(id: string | undefined) {
  return useQuery({
    queryKey: ['message', id],
    queryFn: () => ask(api.messages[':id'].$get({ param: { id: id ?? '' } })),
    enabled: id !== undefined,
    refetchInterval: ({ state }) =>
      ['delivered', 'failed', 'expired'].includes(state.data?.status ?? '') ? false : 1_000,
  })
}

function useSaving<Body, Saved>(save: (body: Body) => Promise<Saved>) {
  const queries = useQueryClient()
  return useMutation({ mutationFn: save, onSettled: () => refreshed(queries) })
}

function refreshed(queries: ReturnType<typeof useQueryClient>): void {
  for (const queryKey of [['channels'], ['links']]) void queries.invalidateQueries({ queryKey })
}
