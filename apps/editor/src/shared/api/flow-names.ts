import { useQuery } from '@tanstack/react-query'
import { api } from './client.ts'
import { ask } from './request.ts'

/** The names of all flows, by their ids; undefined until they are there. */
export function useFlowNames(): ReadonlyMap<string, string> | undefined {
  return useQuery({ queryKey: ['flows', 'names'], queryFn: loadNames, staleTime: 15_000 }).data
}

async function loadNames(): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  let cursor: string | null = ''
  while (cursor !== null) {
    const query = { limit: '200', archived: 'true', ...(cursor !== '' && { cursor }) } as const
    const page: { items: readonly { id: string; name: string }[]; nextCursor: string | null } = await ask(
      api.flows.$get({ query }),
    )
    for (const { id, name } of page.items) names.set(id, name)
    cursor = page.nextCursor
  }
  return names
}
