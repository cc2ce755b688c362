import { bucketOf } from '../../bucket.ts'
import { sessionKeyColumns, sessionKeyRow } from '../keys.ts'
import { butOnlyIf, iso, isoOrNull, lookedUp } from '../recordset.ts'
import type { SessionWrite } from '../types.ts'
import { insertion, type Section } from './section.ts'

/** Sessions, each applied only where the stored `rev` is exactly one behind. */
export const sessions: Section = {
  name: 'sessions',
  columns: {
    ...sessionKeyColumns,
    rev: 'bigint',
    run_id: 'uuid',
    state: 'json',
    timers: 'json',
    pending: 'json',
    next_due_at: 'timestamptz',
    updated_at: 'timestamptz',
  },
  rows: (batch) =>
    batch.sessions.map((write) => ({
      ...sessionKeyRow(write),
      rev: write.rev,
      run_id: write.runId,
      state: write.state,
      timers: write.timers,
      pending: write.pending,
      next_due_at: isoOrNull(nextDueAt(write)),
      updated_at: iso(write.updatedAt),
    })),
  // `excluded.x`, never `now()`, in DO UPDATE: Citus allows nothing else there.
  write: (source, list) => `insert into session (${list}) select ${list} from ${source}
    on conflict (bucket, channel, phone) do update set rev = excluded.rev, run_id = excluded.run_id,
      state = excluded.state, timers = excluded.timers, pending = excluded.pending,
      next_due_at = excluded.next_due_at, updated_at = excluded.updated_at
    where session.rev = excluded.rev - 1
    returning rev, xmax <> 0 as existed`,
  // A row is born at rev 1 only: who believes in a row that is not there is as wrong as who holds a stale one.
  // `xmax` of an updated row is this transaction, which locked it; of an inserted one it is 0.
  guard: 'existed or rev = 1',
}

/** Conversations that began, with their end where it came in the same batch. */
export const runStarts = insertion(
  'run_starts',
  'run',
  {
    ...sessionKeyColumns,
    id: 'uuid',
    flow_id: 'text',
    flow_revision: 'text',
    source: 'text',
    started_at: 'timestamptz',
    ended_at: 'timestamptz',
    outcome: 'text',
    failure: 'json',
  },
  (batch) => {
    // One row, since the update of `run_ends` could not see what the same statement inserts.
    const ends = new Map(batch.runEnds?.map((end) => [end.id, end]))
    return (batch.runStarts ?? []).map((start) => {
      const end = ends.get(start.id)
      return {
        ...sessionKeyRow(start),
        id: start.id,
        flow_id: start.flowId,
        flow_revision: start.flowRevision,
        source: start.source,
        started_at: iso(start.startedAt),
        ended_at: isoOrNull(end?.endedAt ?? null),
        outcome: end?.outcome ?? null,
        failure: end?.failure ?? null,
      }
    })
  },
)

/** Conversations of earlier batches that ended. */
export const runEnds: Section = {
  name: 'run_ends',
  columns: { bucket: 'smallint', id: 'uuid', ended_at: 'timestamptz', outcome: 'text', failure: 'json' },
  rows: (batch) => {
    const begun = new Set(batch.runStarts?.map((start) => start.id))
    return (batch.runEnds ?? [])
      .filter((end) => !begun.has(end.id))
      .map((end) => ({
        bucket: bucketOf(end.channel, end.phone),
        id: end.id,
        ended_at: iso(end.endedAt),
        outcome: end.outcome,
        failure: end.failure,
      }))
  },
  write: (source) => `update run set ended_at = x.ended_at, outcome = x.outcome, failure = x.failure
    from ${source} where ${lookedUp('run', 'x', ['bucket', 'id'])} and ${butOnlyIf('run.ended_at is null')}`,
}

/** Starts that wait for the running conversation to end. */
export const pendingStarts = insertion(
  'pending_starts',
  'pending_start',
  {
    ...sessionKeyColumns,
    id: 'uuid',
    flow_id: 'text',
    params: 'json',
    source: 'text',
    node: 'text',
    text: 'text',
    message: 'uuid',
    requested_at: 'timestamptz',
    expires_at: 'timestamptz',
  },
  (batch) =>
    (batch.pendingStarts ?? []).map((write) => ({
      ...sessionKeyRow(write),
      id: write.id,
      flow_id: write.flowId,
      params: write.params,
      source: write.source,
      node: write.node,
      text: write.text,
      message: write.message,
      requested_at: iso(write.requestedAt),
      expires_at: iso(write.expiresAt),
    })),
)

const pendingStartKey = { ...sessionKeyColumns, id: 'uuid' }

/** Starts that wait no longer. */
export const pendingStartsDone: Section = {
  name: 'pending_starts_done',
  columns: pendingStartKey,
  rows: (batch) => (batch.pendingStartsDone ?? []).map((key) => ({ ...sessionKeyRow(key), id: key.id })),
  write: (source) =>
    `delete from pending_start p using ${source} where ${lookedUp('p', 'x', Object.keys(pendingStartKey))}`,
}

function nextDueAt({ timers }: SessionWrite): number | null {
  return timers.reduce<number | null>((first, { dueAt }) => (first === null || dueAt < first ? dueAt : first), null)
}
