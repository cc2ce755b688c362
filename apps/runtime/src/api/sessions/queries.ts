import type { StoredSession, StoredSnapshot, StoredTimer } from '@textloom/core'
import { and, desc, eq, gte, inArray, isNotNull, isNull, lt, sql as raw } from 'drizzle-orm'
import { bucketOf } from '../../db/bucket.ts'
import type { Db } from '../../db/drizzle.ts'
import { flowRevision, pendingStart, run, session } from '../../db/schema/index.ts'
import type { EventData } from '../../host/event-kinds.ts'
import { firstIdAt } from '../../host/ids.ts'
import type { Happening } from '../history.ts'
import { timeText } from '../http/fields.ts'
import { nodeIn } from './resting-place.ts'
import type { SessionItem } from './schemas.ts'

export interface SessionFilter {
  readonly phone?: string | undefined
  readonly state?: string | undefined
  readonly flow?: string | undefined
  readonly channel?: string | undefined
  /** Begun at or after, epoch milliseconds. */
  readonly since?: number | undefined
  readonly before?: string | undefined
  readonly limit: number
}

/** Sessions that began, the newest first. */
export async function listSessions(tx: Db, filter: SessionFilter): Promise<SessionItem[]> {
  const { phone, state, flow, channel, since, before, limit } = filter
  const rows = await selectRuns(tx)
    .where(
      and(
        phone === undefined ? undefined : eq(run.phone, phone),
        flow === undefined ? undefined : eq(run.flowId, flow),
        channel === undefined ? undefined : eq(run.channel, channel),
        since === undefined ? undefined : gte(run.id, firstIdAt(since)),
        before === undefined ? undefined : lt(run.id, before),
        stateIs(state),
      ),
    )
    .orderBy(desc(run.id))
    .limit(limit)
  return rows.map(sessionItem)
}

/** A session by its id, be it one that still waits for another to end. */
export async function findSession(tx: Db, id: string): Promise<SessionItem | undefined> {
  const found = await selectRuns(tx).where(eq(run.id, id))
  if (found[0] !== undefined) return sessionItem(found[0])
  const [waiting] = await tx.select().from(pendingStart).where(eq(pendingStart.id, id))
  if (waiting === undefined) return undefined
  const { flowId: flow, channel, phone, source } = waiting
  return {
    id,
    flow,
    revision: null,
    channel,
    phone,
    source,
    state: 'queued',
    node: null,
    nodeFlow: null,
    nodeRevision: null,
    outcome: null,
    failure: null,
    startedAt: null,
    endedAt: null,
  }
}

/** What a running session is stored as; undefined once another runs with this phone, or none. */
export async function findStored(
  tx: Db,
  { id, channel, phone }: Pick<SessionItem, 'id' | 'channel' | 'phone'>,
): Promise<
  { state: StoredSession; timers: readonly StoredTimer[]; pending: readonly { readonly id: string }[] } | undefined
> {
  const [row] = await tx
    .select({ state: session.state, timers: session.timers, pending: session.pending })
    .from(session)
    .where(
      and(
        eq(session.bucket, bucketOf(channel, phone)),
        eq(session.channel, channel),
        eq(session.phone, phone),
        eq(session.runId, id),
      ),
    )
  if (row === undefined || row.state === null) return undefined
  return {
    state: row.state as StoredSession,
    timers: row.timers as StoredTimer[],
    pending: row.pending as { id: string }[],
  }
}

/** The flow that runs now: its state, and which one it is where another one called it. */
interface Top {
  readonly value: StoredSnapshot['value']
  readonly called: { readonly flow: string; readonly revision: number } | null
}

function selectRuns(tx: Db) {
  const { id, flowId, channel, phone, source, startedAt, endedAt, outcome, failure } = run
  // Looked up for each row that is shown, and for no other.
  const top = raw<Top | null>`case when ${endedAt} is null then (
    select json_build_object('value', ${session.state} -> 'frames' -> -1 -> 'snapshot' -> 'value', 'called', (
      select json_build_object('flow', f.flow_id, 'revision', f.number) from flow_revision f where json_array_length(${session.state} -> 'frames') > 1
        and f.id = (${session.state} -> 'frames' -> -1 ->> 'revision')::uuid))
    from ${session}
    where ${session.bucket} = ${run.bucket} and ${session.channel} = ${channel} and ${session.phone} = ${phone}
      and ${session.runId} = ${id}) end`
  return tx
    .select({
      id,
      flowId,
      channel,
      phone,
      source,
      startedAt,
      endedAt,
      outcome,
      failure,
      top,
      revision: flowRevision.number,
    })
    .from(run)
    .leftJoin(flowRevision, raw`${flowRevision.id} = ${run.flowRevision}::uuid`)
    .$dynamic()
}

/** The flows of a running session, from the one it began with to the one that rests. */
export async function stackOf(
  tx: Db,
  { frames }: StoredSession,
): Promise<{ flow: string; revision: number | null; node: string }[]> {
  const revisions = await tx
    .select({ id: flowRevision.id, flow: flowRevision.flowId, number: flowRevision.number })
    .from(flowRevision)
    .where(
      inArray(
        flowRevision.id,
        frames.map(({ revision }) => revision),
      ),
    )
  return frames.map(({ revision, snapshot }) => {
    const found = revisions.find(({ id }) => id === revision)
    return { flow: found?.flow ?? '', revision: found?.number ?? null, node: nodeIn(snapshot.value) ?? '' }
  })
}

/** The flows that a session called so far, the last revision of each, in the order of their first calls. */
export async function calledFlows(
  tx: Db,
  history: readonly Happening[],
): Promise<{ flow: string; revision: number }[]> {
  const entered = history
    .filter(({ kind }) => kind === 'flow.entered')
    .map(({ data }) => (data as EventData['flow.entered']).revision)
    // One that could not be entered has none.
    .filter((revision) => revision !== '')
  if (entered.length === 0) return []
  const found = await tx
    .select({ id: flowRevision.id, flow: flowRevision.flowId, revision: flowRevision.number })
    .from(flowRevision)
    .where(inArray(flowRevision.id, entered))
  const called = entered.flatMap((entry) => found.find(({ id }) => id === entry) ?? [])
  return [...new Map(called.map(({ flow, revision }) => [flow, { flow, revision }])).values()]
}

function stateIs(state: string | undefined) {
  if (state === undefined) return undefined
  if (state === 'active') return isNull(run.endedAt)
  return state === 'ended' ? isNotNull(run.endedAt) : eq(run.outcome, state)
}

function sessionItem(row: Awaited<ReturnType<typeof selectRuns>>[number]): SessionItem {
  const { id, flowId: flow, revision, channel, phone, source, startedAt, endedAt } = row
  return {
    id,
    flow,
    revision,
    channel,
    phone,
    source,
    state: endedAt === null ? 'active' : 'ended',
    node: nodeIn(row.top?.value) ?? null,
    nodeFlow: row.top?.called?.flow ?? null,
    nodeRevision: row.top?.called?.revision ?? null,
    outcome: row.outcome as SessionItem['outcome'],
    failure: row.failure as SessionItem['failure'],
    startedAt: timeText(startedAt),
    endedAt: endedAt && timeText(endedAt),
  }
}
