import { desc, eq, inArray, sql } from 'drizzle-orm'
import type { DraftSummary } from '../../catalogue/drafts.ts'
import { listeningOf } from '../../catalogue/revisions.ts'
import { runningOf } from '../../catalogue/running.ts'
import type { Db } from '../../db/drizzle.ts'
import { flow, flowRevision } from '../../db/schema/index.ts'
import { timeText } from '../http/fields.ts'

/** Flows as lists show them: where they listen, what was published, and how many talk with them now. */
export async function flowItems(db: Db, drafts: readonly DraftSummary[]) {
  const ids = drafts.map(({ id }) => id)
  const [listening, running, latest] = await Promise.all([
    listeningOf(db, ids),
    runningOf(db, ids),
    latestRevisions(db, ids),
  ])
  return drafts.map(({ id, name, etag, source, createdAt, updatedAt, updatedBy, archivedAt }) => {
    const published = listening.filter(({ flowId }) => flowId === id)
    const last = latest.get(id)
    return {
      id,
      name,
      etag,
      source: source === 'config' ? ('config' as const) : ('api' as const),
      createdAt: timeText(createdAt),
      updatedAt: timeText(updatedAt),
      updatedBy,
      archivedAt: archivedAt && timeText(archivedAt),
      status: statusOf(archivedAt !== null, published.length > 0, last !== undefined),
      revision: last?.revision ?? null,
      hasChanges: last !== undefined && !last.isDraft,
      sessions: running.filter(({ flowId }) => flowId === id).reduce((sum, { sessions }) => sum + sessions, 0),
      published: published.map(({ channel, revision }) => ({ channel, revision })),
    }
  })
}

function statusOf(isArchived: boolean, listens: boolean, wasPublished: boolean) {
  if (isArchived) return 'archived' as const
  if (listens) return 'live' as const
  return wasPublished ? ('off' as const) : ('draft' as const)
}

/** The number published last of each flow, and whether the draft still says the same. */
async function latestRevisions(db: Db, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, { revision: number; isDraft: boolean }>()
  const rows = await db
    .selectDistinctOn([flowRevision.flowId], {
      flowId: flowRevision.flowId,
      revision: flowRevision.number,
      isDraft: sql<boolean>`${flowRevision.document} = ${flow.document}`,
    })
    .from(flowRevision)
    .innerJoin(flow, eq(flow.id, flowRevision.flowId))
    .where(inArray(flowRevision.flowId, [...ids]))
    .orderBy(flowRevision.flowId, desc(flowRevision.number))
  return new Map(rows.map(({ flowId, ...row }) => [flowId, row]))
}
