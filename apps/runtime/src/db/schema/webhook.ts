import { boolean, json, pgSequence, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/**
 * Another system that is told what happens. Its messages are outbox rows of kind `webhook`, which triggers on `event` and
 * `consent_entry` write within the statement that tells of it (docs/decisions/0032).
 */
export const webhook = pgTable('webhook', {
  id: uuid('id').primaryKey(),
  url: text('url').notNull(),
  /** For people: what it is for. */
  label: text('label').notNull(),
  /** Names of events, or of families of them: `message.received`, `session.*`. */
  events: json('events').notNull(),
  isEnabled: boolean('is_enabled').notNull().default(true),
  /** Why it was disabled by itself: `gone` after an answer of 410; null where people did it. */
  disabledBy: text('disabled_by'),
  /** What signs its messages, encrypted. */
  secret: text('secret').notNull(),
  /** What signed them before, and still does beside it until `previousUntil`; encrypted. */
  previousSecret: text('previous_secret'),
  previousUntil: instant('previous_until'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

/** Numbers the messages to webhooks; with a minus they are the `rev` of their outbox rows, which no session has. */
export const webhookMessage = pgSequence('webhook_message')
