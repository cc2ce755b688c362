import { queryOptions } from '@tanstack/react-query'
import type { FlowDocument } from '@textloom/core'
import { ask } from './request.ts'

/** The document of a published version, which never changes. */
export function publishedQuery(flow: string, revision: number) {
  return queryOptions({
    queryKey: ['revision', flow, revision],
    queryFn: () => ask<FlowDocument>(fetch(`/api/v1/flows/${encodeURIComponent(flow)}/revisions/${revision}`)),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
