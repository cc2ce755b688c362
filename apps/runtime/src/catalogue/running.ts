import { and, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from '../db/drizzle.ts'
import { flowRevision, run } from '../db/schema/index.ts'

/** Conversations that run now, by flow and revision. */
export interface Running {
  readonly flowId: string
  /** Null where the revision is not known any more. */
  readonly revision: number | null
  readonly sessions: number
  readonly oldestStartedAt: Date
}

/** What runs now of these flows: counted by the index of running sessions alone. */
export async function runningOf(tx: Db, flowIds: readonly string[]): Promise<Running[]> {
  if (flowIds.length === 0) return []
  return tx
    .select({
      flowId: run.flowId,
      revision: flowRevision.number,
      sessions: sql<number>`count(*)::int`,
      oldestStartedAt: sql<Date>`min(${run.startedAt})`,
    })
    .from(run)
    .leftJoin(flowRevision, sql`${flowRevision.id} = ${run.flowRevision}::uuid`)
    .where(and(inArray(run.flowId, [...flowIds]), isNull(run.endedAt)))
    .groupBy(run.flowId, flowRevision.number)
    .orderBy(run.flowId, flowRevision.number)
}
