import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, owner } from './columns.ts'

/** A short address that was sent to a contact, and where it leads. */
export const trackedLink = pgTable(
  'tracked_link',
  {
    ...owner(),
    token: text('token').notNull(),
    url: text('url').notNull(),
    /** The run that sent it, and the node and revision within. */
    runId: uuid('run_id'),
    node: text('node').notNull(),
    flowRevision: text('flow_revision').notNull(),
    /** The public id of the MT that carries it. */
    message: uuid('message').notNull(),
    createdAt: instant('created_at').notNull(),
    /** When a person first opened it. */
    openedAt: instant('opened_at'),
  },
  (table) => [primaryKey({ columns: [table.bucket, table.token] }), index('tracked_link_token').on(table.token)],
)
