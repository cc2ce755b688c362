import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** A flow as its authors edit it. */
export const flow = pgTable(
  'flow',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    /** The draft in canonical form, byte for byte what GET answers. */
    document: text('document').notNull(),
    etag: text('etag').notNull(),
    /** `config`: declared by TEXTLOOM_CONFIG, read-only in the app. */
    source: text('source').notNull().default('api'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    /** Name of the user, or label of the key, that edited it last. */
    updatedBy: text('updated_by'),
    archivedAt: instant('archived_at'),
  },
  () => [check('flow_source', sql`source in ('config', 'api')`)],
)

/** A published flow: immutable, and what sessions are pinned to. */
export const flowRevision = pgTable(
  'flow_revision',
  {
    id: uuid('id').primaryKey(),
    flowId: text('flow_id')
      .notNull()
      .references(() => flow.id),
    /** 1, 2, 3, … within its flow. */
    number: integer('number').notNull(),
    document: text('document').notNull(),
    note: text('note'),
    publishedAt: instant('published_at').notNull(),
    publishedBy: text('published_by'),
  },
  (table) => [unique('flow_revision_number').on(table.flowId, table.number)],
)

/** Which revision of which flow listens on which channel. */
export const flowChannel = pgTable(
  'flow_channel',
  {
    channel: text('channel').notNull(),
    flowId: text('flow_id')
      .notNull()
      .references(() => flow.id),
    revisionId: uuid('revision_id')
      .notNull()
      .references(() => flowRevision.id),
    boundAt: instant('bound_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.channel, table.flowId] }), index('flow_channel_flow').on(table.flowId)],
)
