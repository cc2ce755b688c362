import { sql } from 'drizzle-orm'
import { check, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** Who does not want to hear from us: topic '' is everything (STOP), on all channels of the instance. */
export const suppression = pgTable(
  'suppression',
  {
    phone: text('phone').notNull(),
    topic: text('topic').notNull(),
    /** The channel on which it was said, and how: `keyword`, `flow`, `api`, `import`, `erased`. */
    channel: text('channel'),
    source: text('source').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.phone, table.topic] })],
)

/** What each contact last said about each topic; '' is everything. The sum of `consent_entry`. */
export const consent = pgTable(
  'consent',
  {
    topic: text('topic').notNull(),
    phone: text('phone').notNull(),
    /** `pending`: asked to confirm, and has not. */
    state: text('state').notNull(),
    channel: text('channel'),
    source: text('source').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.topic, table.phone] }),
    index('consent_phone').on(table.phone, table.topic),
    check('consent_state', sql`state in ('in', 'out', 'pending')`),
  ],
)

/** The ledger: who agreed to what or refused it, on which channel, in which words, when and by whom. Append only. */
export const consentEntry = pgTable(
  'consent_entry',
  {
    /** UUIDv7: the order of the ledger. */
    id: uuid('id').primaryKey(),
    phone: text('phone').notNull(),
    topic: text('topic').notNull(),
    /** `none`: what an import said was taken back, and nothing had been said before. */
    state: text('state').notNull(),
    channel: text('channel'),
    /** What the contact said, or was shown; null where nobody wrote it down. */
    words: text('words'),
    /** `keyword`, `flow`, `agent`, `api`, `import`, `form`, `review`, `erased`. */
    source: text('source').notNull(),
    /** `contact`, `flow:<id>`, `user:<uuid>`, `key:<uuid>`, `env`, and their name as it was then. */
    actor: text('actor').notNull(),
    actorName: text('actor_name').notNull(),
    /** The public id of the MO that said it. */
    message: uuid('message'),
    at: instant('at').notNull(),
  },
  (table) => [
    index('consent_entry_phone').on(table.phone, table.id),
    check('consent_entry_state', sql`state in ('in', 'out', 'pending', 'none')`),
  ],
)

/** Texts that may have meant STOP and were none of its words, until a person decides. */
export const consentReview = pgTable(
  'consent_review',
  {
    /** UUIDv7. */
    id: uuid('id').primaryKey(),
    channel: text('channel').notNull(),
    phone: text('phone').notNull(),
    /** The public id of the MO, and what it said. */
    message: uuid('message').notNull(),
    text: text('text').notNull(),
    at: instant('at').notNull(),
    state: text('state').notNull(),
    decidedAt: instant('decided_at'),
    decidedBy: text('decided_by'),
    decidedByName: text('decided_by_name'),
  },
  (table) => [
    index('consent_review_open').on(table.id).where(sql`state = 'open'`),
    index('consent_review_phone').on(table.phone, table.id),
    check('consent_review_state', sql`state in ('open', 'accepted', 'dismissed')`),
  ],
)

/** Opt-outs of people who were erased: their phones only as a keyed hash, until one of them is here again. */
export const erasedOptOut = pgTable(
  'erased_opt_out',
  {
    /** HMAC-SHA-256 of the phone under a key derived from TEXTLOOM_SECRET, base64url. */
    hash: text('hash').notNull(),
    topic: text('topic').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.hash, table.topic] })],
)
