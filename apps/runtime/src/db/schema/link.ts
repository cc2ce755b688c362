import { sql } from 'drizzle-orm'
import { boolean, check, json, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** `config` rows come from TEXTLOOM_CONFIG and are read-only in the app. */
const provenance = () => ({
  source: text('source').notNull(),
  isEnabled: boolean('is_enabled').notNull().default(true),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

/** A connection to a network. */
export const link = pgTable(
  'link',
  {
    id: text('id').primaryKey(),
    kind: text('kind').notNull(),
    /** The transport's own settings; secrets in it are encrypted. */
    config: json('config').notNull(),
    /** What the link itself wants to know again, texts by name. */
    memory: json('memory').notNull().default({}),
    ...provenance(),
  },
  () => [check('link_source', sql`source in ('config', 'api')`)],
)

/** An address that contacts text, and the links it is reached by. */
export const channel = pgTable(
  'channel',
  {
    id: text('id').primaryKey(),
    address: text('address').notNull(),
    /** Link ids in fail-over order. */
    links: json('links').notNull(),
    /** The rest of CONTRACT §2's channel fields. */
    config: json('config').notNull(),
    ...provenance(),
  },
  () => [check('channel_source', sql`source in ('config', 'api')`)],
)
