import { notifications } from '@mantine/notifications'
import { keepPreviousData, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../shared/api/client.ts'
import { may, meQuery } from '../../shared/api/me.ts'
import { publishedQuery } from '../../shared/api/published.ts'
import { ask } from '../../shared/api/request.ts'
import { cursorOf, type SessionSearch } from './model/session-search.ts'
import { type StepNaming, stepNaming } from './model/step-names.ts'

const AFRESH_MS = 30_000

/** The page of sessions that an address asks for, the newest first. */
export function useSessions(search: SessionSearch) {
  const { until: _until, before: _before, ...filter } = search
  const cursor = cursorOf(search)
  return useQuery({
    queryKey: ['sessions', filter, cursor],
    queryFn: () => ask(api.sessions.$get({ query: { ...filter, limit: '50', ...(cursor && { cursor }) } })),
    placeholderData: keepPreviousData,
  })
}

/** A session of the list. */
export type SessionItem = NonNullable<ReturnType<typeof useSessions>['data']>['items'][number]

/** One session, inside and out. */
export function useSession(id: string) {
  return useQuery({
    queryKey: ['session', id],
    queryFn: () => ask(api.sessions[':id'].$get({ param: { id } })),
    // What is said of times grows old by itself.
    refetchInterval: ({ state }) => (state.data?.state === 'ended' ? false : AFRESH_MS),
  })
}

/** All of one session. */
export type SessionDetail = NonNullable<ReturnType<typeof useSession>['data']>

/** The texts of one session, the oldest first. */
export function useSessionTexts(session: SessionDetail) {
  const { id, phone, startedAt } = session
  return useQuery({
    queryKey: ['messages', { phone }, 'session', id],
    queryFn: () => {
      // The text that begins a session is a moment older than the session.
      const since = startedAt === null ? {} : { since: new Date(Date.parse(startedAt) - CLOCK_SLACK_MS).toISOString() }
      return ask(api.messages.$get({ query: { phone, limit: '200', ...since } }))
    },
    select: ({ items }) => items.filter((message) => message.session === id).toReversed(),
  })
}

const CLOCK_SLACK_MS = 60_000

/** The steps where sessions rest, by the flow and version they follow: `help-menu 3`. */
export function useStepNamings(sessions: readonly SessionItem[]): ReadonlyMap<string, StepNaming> {
  const resting = sessions.flatMap((session) => {
    const { flow, revision } = restingFlow(session)
    return session.node === null || revision === null ? [] : [{ key: versionKey(session), flow, revision }]
  })
  const versions = [...new Map(resting.map((one) => [one.key, one])).values()]
  return useQueries({
    queries: versions.map(({ flow, revision }) => publishedQuery(flow, revision)),
    combine: (answers) =>
      new Map(versions.flatMap(({ key }, index) => [[key, stepNaming(answers[index]?.data)] as const])),
  })
}

/** Names a version of a flow in the answer of `useStepNamings`. */
export function versionKey(session: SessionItem): string {
  const { flow, revision } = restingFlow(session)
  return `${flow} ${revision ?? ''}`
}

/** The flow whose node a session rests at: the one that it began with, or one that was called. */
function restingFlow({ flow, revision, nodeFlow, nodeRevision }: SessionItem): {
  flow: string
  revision: number | null
} {
  return nodeFlow === null ? { flow, revision } : { flow: nodeFlow, revision: nodeRevision }
}

/** The three figures, if this person may see them. */
export function useFigures() {
  const { data: me } = useQuery(meQuery)
  const isAllowed = may(me, 'figures:read')
  const { data } = useQuery({
    queryKey: ['figures'],
    queryFn: () => ask(api.figures.$get({ query: { window: 'P1D' } })),
    enabled: isAllowed,
    refetchInterval: AFRESH_MS,
  })
  return { isAllowed, counted: data }
}

/** Ends a session from outside. */
export function useEnding(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => ask(api.sessions[':id'].end.$post({ param: { id } })),
    onError: ({ message }) => notifications.show({ color: 'red', title: 'It goes on', message }),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ['session', id] })
      void queries.invalidateQueries({ queryKey: ['sessions'] })
    },
  })
}
