import { index, json, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { effectNumber, instant, owner } from './columns.ts'

/**
 * What happened, append only: everything analytics will ever need. Partitioned by day (the migration says so by
 * hand, drizzle cannot); `event_default` catches days nobody prepared.
 */
export const event = pgTable(
  'event',
  {
    ...owner(),
    at: instant('at').notNull(),
    ...effectNumber(),
    kind: text('kind').notNull(),
    data: json('data').notNull(),
  },
  (table) => [index('event_owner').on(table.bucket, table.channel, table.phone, table.rev, table.n)],
)

/** What could not be handled, with its reason, until somebody resolves it. */
export const deadLetter = pgTable(
  'dead_letter',
  {
    ...owner(),
    id: uuid('id').notNull(),
    /** The inbox id of what could not be handled; null when it never came that far. */
    messageId: text('message_id'),
    reason: text('reason').notNull(),
    detail: text('detail'),
    /** The event as it was submitted, for another try. */
    event: json('event'),
    at: instant('at').notNull(),
    resolvedAt: instant('resolved_at'),
    /** `retried` or `dismissed`. */
    resolution: text('resolution'),
  },
  (table) => [primaryKey({ columns: [table.bucket, table.id] }), index('dead_letter_id').on(table.id)],
)
