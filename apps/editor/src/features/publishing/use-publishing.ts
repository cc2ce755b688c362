import { useInfiniteQuery, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Autosave } from '../../document/saving/autosave.ts'
import { channelListQuery } from '../../shared/api/channel-list.ts'
import { api } from '../../shared/api/client.ts'
import { publishedQuery } from '../../shared/api/published.ts'
import { ask } from '../../shared/api/request.ts'

/** Where a flow may listen, and what listens there already, in the order in which they came. */
export function useChannels() {
  return useQuery(channelListQuery)
}

/** A channel as this page reads it. */
export type Channel = NonNullable<ReturnType<typeof useChannels>['data']>['items'][number]

/** What was published of a flow, the newest first, page by page. */
export function useRevisions(flow: string) {
  return useInfiniteQuery({
    queryKey: ['revisions', flow],
    queryFn: ({ pageParam }) =>
      ask(
        api.flows[':id'].revisions.$get({
          param: { id: flow },
          query: { limit: '50', ...(pageParam !== '' && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })
}

/** One published version, as lists show it. */
export type Revision = NonNullable<ReturnType<typeof useRevisions>['data']>['pages'][number]['items'][number]

/** The conversations that are being held by a flow now. */
export function useRunning(flow: string) {
  return useQuery({
    queryKey: ['sessions', 'running', flow],
    queryFn: () => ask(api.sessions.$get({ query: { flow, state: 'active', limit: '200' } })),
  })
}

/** The documents of published versions, in the order they are asked for; undefined until they are there. */
export function useDocuments(wanted: readonly { readonly flow: string; readonly revision: number }[]) {
  return useQueries({
    queries: wanted.map(({ flow, revision }) => publishedQuery(flow, revision)),
    combine: (answers) => answers.map(({ data }) => data),
  })
}

/** Saves what is not saved, then publishes it. */
export function usePublish(flow: string, saving: Autosave) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ channels, note }: { channels: string[]; note: string }) => {
      const saved = await saving.flush()
      if (saved.kind !== 'saved') throw new Error(notSaved[saved.kind])
      const said = note.trim()
      return ask(
        api.flows[':id'].publish.$post({ param: { id: flow }, json: { channels, ...(said !== '' && { note: said }) } }),
      )
    },
    onSettled: () => {
      for (const queryKey of [['revisions', flow], ['channels'], ['flows']])
        void queries.invalidateQueries({ queryKey })
    },
  })
}

const notSaved = {
  unsaved: 'You went on changing the flow while it was being saved. Try once more.',
  saving: 'The flow is still being saved. Try once more in a moment.',
  'signed-out': 'Nobody is signed in any more. Your changes are kept; nothing was published.',
  offline: 'Textloom does not answer, so your changes could not be saved first. Nothing was published.',
  refused: 'Your changes could not be saved, so nothing was published. The badge beside the name says why.',
  conflict: 'Somebody else has saved this flow since. Decide first what stays; nothing was published.',
} as const
