import { sql } from 'drizzle-orm'
import { index, json, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { effectNumber, instant, owner } from './columns.ts'

/**
 * One row per (channel, phone) that was ever heard of; never deleted, so that `rev` never starts again.
 * `state` is null while no flow runs.
 */
export const session = pgTable(
  'session',
  {
    ...owner(),
    rev: effectNumber().rev,
    runId: uuid('run_id'),
    /** The engine's `StoredSession`. */
    state: json('state'),
    /** The engine's `StoredTimer[]`; the earliest is `next_due_at`. */
    timers: json('timers').notNull(),
    /** Open HTTP requests: `{id, rev, n}[]`, the last two of their outbox keys. */
    pending: json('pending').notNull(),
    nextDueAt: instant('next_due_at'),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.bucket, table.channel, table.phone] }),
    index('session_due').on(table.nextDueAt, table.bucket).where(sql`next_due_at is not null`),
  ],
)

/** One row per conversation with a flow: begun, running or ended. */
export const run = pgTable(
  'run',
  {
    ...owner(),
    id: uuid('id').notNull(),
    flowId: text('flow_id').notNull(),
    /** The revision the run is pinned to. */
    flowRevision: text('flow_revision').notNull(),
    /** What began it: `mo`, `api`, `campaign`, … */
    source: text('source').notNull(),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
    outcome: text('outcome'),
    /** `{code, message, node?}` when the outcome is `failed`. */
    failure: json('failure'),
  },
  (table) => [
    primaryKey({ columns: [table.bucket, table.id] }),
    index('run_id').on(table.id),
    index('run_phone').on(table.phone, table.id),
    index('run_active').on(table.flowId, table.id).where(sql`ended_at is null`),
  ],
)

/** A start that waits until the phone's running conversation is over (`queue`). */
export const pendingStart = pgTable(
  'pending_start',
  {
    ...owner(),
    id: uuid('id').notNull(),
    flowId: text('flow_id').notNull(),
    params: json('params').notNull(),
    source: text('source').notNull(),
    /** The start node that wants to begin; null for whichever suits the source. */
    node: text('node'),
    /** The text that is to begin it, and the public id of its MO; null where no text did. */
    text: text('text'),
    message: uuid('message'),
    requestedAt: instant('requested_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.bucket, table.channel, table.phone, table.id] })],
)
