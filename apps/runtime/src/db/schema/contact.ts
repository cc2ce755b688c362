import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** A person, by canonical phone number, on whatever channel. */
export const contact = pgTable(
  'contact',
  {
    phone: text('phone').primaryKey(),
    name: text('name'),
    /** BCP 47 tag. */
    language: text('language'),
    /** IANA time zone; while null, that of the phone's country where it has but one. */
    timezone: text('timezone'),
    /** A field that was cleared is null. Fields that are defined have an index each (`people/field-indexes.ts`). */
    fields: jsonb('fields').notNull().default({}),
    /** When they last wrote, on any channel; to the hour, so that not every MO writes it. */
    lastHeardAt: instant('last_heard_at'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    index('contact_created').on(table.createdAt, table.phone),
    index('contact_heard').on(table.lastHeardAt, table.phone).where(sql`last_heard_at is not null`),
    index('contact_language').on(sql`lower(${table.language})`, table.phone),
    // Words of names by their beginnings, and phones by their first and their last digits.
    index('contact_words').using('gin', sql`to_tsvector('simple', coalesce(${table.name}, ''))`),
    index('contact_phone_start').on(table.phone.op('text_pattern_ops')),
    index('contact_phone_end').on(sql`reverse(${table.phone}) text_pattern_ops`),
  ],
)

/** What is kept of contacts beside their name, language and time zone. */
export const contactField = pgTable(
  'contact_field',
  {
    /** As templates write it after `contact.fields.`. */
    key: text('key').primaryKey(),
    title: text('title').notNull(),
    type: text('type').notNull(),
    /** What a `choice` may be; empty for the others. */
    choices: jsonb('choices').notNull().default([]),
    /** The order of forms and columns. */
    position: integer('position').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  () => [check('contact_field_type', sql`type in ('text', 'number', 'date', 'yes-no', 'choice')`)],
)

/** Contacts that belong together: listed one by one, or whoever a query finds. */
export const contactGroup = pgTable(
  'contact_group',
  {
    /** As flows and queries name it. */
    id: text('id').primaryKey(),
    title: text('title').notNull(),
    kind: text('kind').notNull(),
    /** Of kind `query`: who belongs to it (docs/reference/contact-queries.md). */
    query: text('query'),
    /** Who made it: `api`, or `flow` where one put somebody into a group that was not there. */
    source: text('source').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  () => [
    check('contact_group_kind', sql`kind in ('static', 'query')`),
    check('contact_group_query', sql`(kind = 'query') = (query is not null)`),
  ],
)

/** Who is in which static group. */
export const groupMember = pgTable(
  'group_member',
  {
    groupId: text('group_id').notNull(),
    phone: text('phone').notNull(),
    joinedAt: instant('joined_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.groupId, table.phone] }),
    index('group_member_phone').on(table.phone, table.groupId),
  ],
)

/** Who changed what of a contact, and when. Append only. */
export const contactChange = pgTable(
  'contact_change',
  {
    /** UUIDv7. */
    id: uuid('id').primaryKey(),
    phone: text('phone').notNull(),
    /** `api`, `import`, `flow`, `merge`. */
    source: text('source').notNull(),
    /** `user:<uuid>`, `key:<uuid>`, `env`, `flow:<id>`, and their name as it was then. */
    actor: text('actor').notNull(),
    actorName: text('actor_name').notNull(),
    /** `{what, from, to}[]`; `what` is `name`, `language`, `timezone`, `field:<key>`, `group:<id>`, `contact`. */
    changes: jsonb('changes').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [index('contact_change_phone').on(table.phone, table.id)],
)

/** What people wrote down about a contact, who never sees it. */
export const contactNote = pgTable(
  'contact_note',
  {
    /** UUIDv7. */
    id: uuid('id').primaryKey(),
    phone: text('phone').notNull(),
    text: text('text').notNull(),
    author: text('author').notNull(),
    authorName: text('author_name').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [index('contact_note_phone').on(table.phone, table.id)],
)
