import { notifications } from '@mantine/notifications'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../shared/api/client.ts'
import { ask } from '../../shared/api/request.ts'
import { sendJson } from '../../shared/api/send-json.ts'
import { isWorking } from './model/import-words.ts'

/** Imports, the newest first. */
export function useImports() {
  return useInfiniteQuery({
    queryKey: ['imports'],
    queryFn: ({ pageParam }) =>
      ask(api.imports.$get({ query: { limit: '50', ...(pageParam !== '' && { cursor: pageParam }) } })),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })
}

export type ImportSummary = NonNullable<ReturnType<typeof useImports>['data']>['pages'][number]['items'][number]

/** While something is done with it, it is looked at again even where no event comes by. */
const LOOK_AGAIN_MS = 1_500

/** One import, as it goes on. */
export function useImport(id: string) {
  return useQuery({
    queryKey: ['import', id],
    queryFn: () => ask(api.imports[':id'].$get({ param: { id } })),
    refetchInterval: ({ state }) => (state.data !== undefined && isWorking(state.data.state) ? LOOK_AGAIN_MS : false),
  })
}

export type Import = NonNullable<ReturnType<typeof useImport>['data']>
export type ImportRules = NonNullable<Import['rules']>
export type ImportReading = Import['reading']

/** What somebody chose anew for a file. */
export interface ImportChange {
  readonly reading?: Partial<{ encoding: string; delimiter: string; sheet: string; hasHeader: boolean }>
  readonly mapping?: readonly (string | null)[]
  readonly rules?: ImportRules
}

/** Uploads a file as it is. */
export function useUpload() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (file: File) =>
      ask<Import>(
        fetch(`/api/v1/imports?name=${encodeURIComponent(file.name)}`, {
          method: 'POST',
          headers: { 'content-type': 'application/octet-stream' },
          body: file,
        }),
      ),
    onSuccess: (made) => {
      queries.setQueryData(['import', made.id], made)
      void queries.invalidateQueries({ queryKey: ['imports'] })
    },
  })
}

/** What can be done with an import. */
export type ImportDeed = 'check' | 'run' | 'cancel' | 'undo'

/** Changes an import, does something with it, or forgets it. */
export function useImportDeeds(id: string) {
  const queries = useQueryClient()
  const onSuccess = (now: Import) => {
    queries.setQueryData(['import', id], now)
    void queries.invalidateQueries({ queryKey: ['imports'] })
  }
  const onError = ({ message }: Error) => {
    notifications.show({ color: 'red', title: 'That did not work', message })
    void queries.invalidateQueries({ queryKey: ['import', id] })
  }
  const change = useMutation({
    mutationFn: (wanted: ImportChange) => sendJson<Import>('PUT', `/api/v1/imports/${id}`, wanted),
    onSuccess,
    onError,
  })
  const act = useMutation({
    mutationFn: (deed: ImportDeed) => ask<Import>(fetch(`/api/v1/imports/${id}/${deed}`, { method: 'POST' })),
    onSuccess,
    onError,
  })
  const forget = useMutation({
    mutationFn: () => ask(api.imports[':id'].$delete({ param: { id } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['imports'] }),
    onError,
  })
  return { change, act, forget }
}
