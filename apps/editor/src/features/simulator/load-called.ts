import type { QueryClient } from '@tanstack/react-query'
import type { FlowDocument } from '@textloom/core'
import { api } from '../../shared/api/client.ts'
import { ApiError } from '../../shared/api/problem.ts'
import { publishedQuery } from '../../shared/api/published.ts'
import { ask } from '../../shared/api/request.ts'

/** A flow as a call meets it: as it was published last, or drawn where it never was; undefined when it is not there. */
export function loadCalled(queries: QueryClient, flow: string): Promise<FlowDocument | undefined> {
  return queries
    .fetchQuery({
      queryKey: ['called', flow],
      queryFn: async () => {
        const { items } = await ask(api.flows[':id'].revisions.$get({ param: { id: flow }, query: { limit: '1' } }))
        const [last] = items
        return last ? await queries.fetchQuery(publishedQuery(flow, last.revision)) : await draftOf(flow)
      },
      staleTime: 15_000,
    })
    .catch((error: unknown) => {
      if (error instanceof ApiError && error.problem.status === 404) return undefined
      throw error
    })
}

function draftOf(flow: string): Promise<FlowDocument> {
  return ask<FlowDocument>(fetch(`/api/v1/flows/${encodeURIComponent(flow)}`))
}
