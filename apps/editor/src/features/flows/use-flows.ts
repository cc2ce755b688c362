import { notifications } from '@mantine/notifications'
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import type { FlowDocument } from '@textloom/core'
import { api } from '../../shared/api/client.ts'
import { ask } from '../../shared/api/request.ts'

/** The flows of this instance whose name or id has `search` in it, with those put away or without, page by page. */
export function useFlows({ archived, search }: { archived: boolean; search: string }) {
  return useInfiniteQuery({
    queryKey: ['flows', 'list', { archived, search }],
    queryFn: ({ pageParam }) =>
      ask(
        api.flows.$get({
          query: {
            limit: '100',
            archived: archived ? 'true' : 'false',
            ...(search !== '' && { search }),
            ...(pageParam !== '' && { cursor: pageParam }),
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })
}

/** A flow as the list shows it. */
export type FlowItem = NonNullable<ReturnType<typeof useFlows>['data']>['pages'][number]['items'][number]

/** What can be done with flows from the list. Each says what it did, or why not. */
export function useFlowDeeds() {
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: ['flows'] })
  const refused = (error: Error) =>
    notifications.show({ color: 'red', title: 'That did not work', message: error.message })
  const settle = { onError: refused, onSettled: refresh }

  const create = useMutation({
    mutationFn: (flow: FlowDocument) => sendDocument('/api/v1/flows', flow),
    ...settle,
  })
  const duplicate = useMutation({
    mutationFn: async ({ id, change }: { id: string; change: (document: FlowDocument) => FlowDocument }) =>
      sendDocument('/api/v1/flows', change(await ask<FlowDocument>(fetch(`/api/v1/flows/${id}`)))),
    ...settle,
  })
  const archive = useMutation({
    mutationFn: ({ id }: FlowItem) => ask(api.flows[':id'].$delete({ param: { id } })),
    onSuccess: (_, { name }) => notifications.show({ message: `“${name}” is put away.` }),
    ...settle,
  })
  const importFile = useMutation({
    mutationFn: async (file: File) => sendDocument('/api/v1/flows/import?existing=copy', await file.text()),
    onSuccess: (_, file) => notifications.show({ message: `${file.name} is in the list.` }),
    ...settle,
  })
  return { create, duplicate, archive, importFile }
}

function sendDocument(path: string, flow: FlowDocument | string) {
  const body = typeof flow === 'string' ? flow : JSON.stringify(flow)
  return ask<{ id: string }>(fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body }))
}
