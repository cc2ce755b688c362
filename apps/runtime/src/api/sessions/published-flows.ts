import { type FlowDocument, type NodeRegistry, parseFlow } from '@textloom/core'
import { LRUCache } from 'lru-cache'
import type { Sql } from '../../db/sql.ts'

/** Documents of published revisions, which never change; those used last are kept. */
export interface PublishedFlows {
  /** Undefined where there is no such revision. */
  find(revisionId: string): Promise<FlowDocument | undefined>
}

const MOST = 50

export function publishedFlows(sql: Sql, nodes: NodeRegistry): PublishedFlows {
  const cache = new LRUCache<string, FlowDocument>({ max: MOST })
  return {
    async find(revisionId) {
      const cached = cache.get(revisionId)
      if (cached !== undefined) return cached
      const rows = await sql.query<{ document: string }>('select document from flow_revision where id = $1::uuid', [
        revisionId,
      ])
      const parsed = rows[0] && parseFlow(rows[0].document, nodes)
      if (!parsed?.ok) return undefined
      cache.set(revisionId, parsed.flow)
      return parsed.flow
    },
  }
}
