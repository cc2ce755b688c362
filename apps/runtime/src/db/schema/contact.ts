import { jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** A person, by canonical phone number, on whatever channel. */
export const contact = pgTable('contact', {
  phone: text('phone').primaryKey(),
  name: text('name'),
  /** BCP 47 tag. */
  language: text('language'),
  /** IANA time zone. */
  timezone: text('timezone'),
  /** A field that was cleared is null. */
  fields: jsonb('fields').notNull().default({}),
  /** Group → when the contact joined it; null once it left. An object like `fields`, so that changes merge. */
  groups: jsonb('groups').notNull().default({}),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

/** Who does not want to hear from us: topic '' is everything (STOP), on all channels of the instance. */
export const suppression = pgTable(
  'suppression',
  {
    phone: text('phone').notNull(),
    topic: text('topic').notNull(),
    /** The channel on which it was said, and how: `keyword`, `api`, `import`. */
    channel: text('channel'),
    source: text('source').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.phone, table.topic] })],
)
