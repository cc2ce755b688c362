import { BUCKET_COUNT } from './bucket.ts'
import { dropEventPartitions } from './event-partitions.ts'
import { iso } from './hot/recordset.ts'
import type { Sql } from './sql.ts'

/** A step of forgetting: one statement, so that others come to their turn between two of them. */
export type RetentionStep = (sql: Sql, before: number) => Promise<unknown>

const bySettled = `
delete from outbox where bucket = $1::int and created_at < $2::timestamptz and state not in ('queued', 'sending')`
const byInbox = 'delete from inbox where bucket = $1::int and at < $2::timestamptz'

/** A waiting reader of events must not make every writer wait behind the lock that dropping a day takes. */
const LOCK_WITHIN = `set local lock_timeout = '2s'`

/**
 * Forgets what is older than `before`, step by step: texts that came in, texts and requests whose fate is settled, the
 * receipts that named them, dead letters that somebody dealt with, and whole days of events. What waits, is on its way,
 * or waits for a person stays; so do sessions, conversations, tickets and contacts.
 */
export const retentionSteps: readonly RetentionStep[] = [
  (sql, before) =>
    sql.transaction(async (tx) => {
      await tx.script(LOCK_WITHIN)
      return dropEventPartitions(tx, before)
    }),
  (sql, before) => sql.query('delete from event_default where at < $1::timestamptz', [iso(before)]),
  (sql, before) => sql.query('delete from receipt where created_at < $1::timestamptz', [iso(before)]),
  (sql, before) => sql.query('delete from dead_letter where resolved_at < $1::timestamptz', [iso(before)]),
  ...Array.from({ length: BUCKET_COUNT }, (_, bucket): RetentionStep[] =>
    [bySettled, byInbox].map((text) => (sql, before) => sql.query(text, [bucket, iso(before)])),
  ).flat(),
]
