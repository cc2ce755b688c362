import { sql } from 'drizzle-orm'
import { type AnyPgColumn, check, index, json, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, owner } from './columns.ts'

/** Where conversations wait for people. Queues form a tree: what one does not say, its parent says. */
export const queue = pgTable(
  'queue',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    parentId: text('parent_id').references((): AnyPgColumn => queue.id),
    /** `queueConfigSchema`: topics, hours, holidays, time zone, longest wait, who answers. */
    config: json('config').notNull(),
    source: text('source').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  () => [check('queue_source', sql`source in ('config', 'api')`)],
)

/** A conversation that a flow brought to people. Written only by the stores of its phone, as its session is. */
export const ticket = pgTable(
  'ticket',
  {
    ...owner(),
    id: uuid('id').notNull(),
    runId: uuid('run_id').notNull(),
    /** The node that opened it. */
    node: text('node').notNull(),
    queue: text('queue').notNull(),
    topic: text('topic'),
    priority: text('priority').notNull(),
    note: text('note').notNull(),
    state: text('state').notNull(),
    /** Who has it: the principal's id (`user:<uuid>`, `key:<uuid>`, `env`) and name; null while nobody does. */
    assignee: text('assignee'),
    assigneeName: text('assignee_name'),
    openedAt: instant('opened_at').notNull(),
    claimedAt: instant('claimed_at'),
    /** When somebody of the organisation first and last wrote, and the contact last did. */
    firstReplyAt: instant('first_reply_at'),
    lastReplyAt: instant('last_reply_at'),
    lastHeardAt: instant('last_heard_at'),
    closedAt: instant('closed_at'),
    closedBy: text('closed_by'),
    /** `resolved`, `unavailable`, `outside-hours`, `timed-out` or `withdrawn`. */
    outcome: text('outcome'),
  },
  (table) => [
    primaryKey({ columns: [table.bucket, table.id] }),
    index('ticket_id').on(table.id),
    index('ticket_open').on(table.queue, table.id).where(sql`state = 'open'`),
    index('ticket_phone').on(table.phone, table.id),
    check('ticket_state', sql`state in ('open', 'closed')`),
  ],
)

/** What people wrote to each other about a ticket; contacts never see it. */
export const ticketNote = pgTable(
  'ticket_note',
  {
    ...owner(),
    id: uuid('id').notNull(),
    ticket: uuid('ticket').notNull(),
    text: text('text').notNull(),
    author: text('author').notNull(),
    authorName: text('author_name').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.bucket, table.id] }),
    index('ticket_note_ticket').on(table.ticket, table.id),
  ],
)
