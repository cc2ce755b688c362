import { sql } from 'drizzle-orm'
import { boolean, check, index, json, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** A text or a flow for many, at their times. */
export const campaign = pgTable(
  'campaign',
  {
    /** UUIDv7: the order of lists. */
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    channel: text('channel').notNull(),
    state: text('state').notNull(),
    /** `campaignSchema`. */
    definition: json('definition').notNull(),
    /** Of the definition: what it is now. */
    etag: text('etag').notNull(),
    /** True for an emergency alert. */
    isAlert: boolean('is_alert').notNull(),
    /** What the last pre-launch check found; null before the first. */
    lastCheck: json('last_check'),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    /** Of an alert: who asked first that it starts, and when. */
    requestedBy: text('requested_by'),
    requestedByName: text('requested_by_name'),
    requestedAt: instant('requested_at'),
    launchedBy: text('launched_by'),
    startedAt: instant('started_at'),
    endedAt: instant('ended_at'),
    /** Why it was paused by itself. */
    trouble: text('trouble'),
  },
  (table) => [
    index('campaign_running').on(table.id).where(sql`state = 'running'`),
    check('campaign_state', sql`state in ('draft', 'requested', 'running', 'paused', 'finished', 'cancelled')`),
  ],
)

/** One round of a campaign through its audience, and how far it was planned. */
export const campaignOccurrence = pgTable(
  'campaign_occurrence',
  {
    campaign: uuid('campaign').notNull(),
    /** `1` for what happens once, the day of a recurring one, `dates` for reminders of dates. */
    key: text('key').notNull(),
    /** When its planning begins, or of dates: when they are looked at again. */
    planAt: instant('plan_at').notNull(),
    /** The phone up to which it is planned; null before the first. */
    cursor: text('cursor'),
    isPlanned: boolean('is_planned').notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.campaign, table.key] })],
)

/** One text to one contact. Its message id in the inbox is `campaign:<campaign>:<phone>:<occurrence>`. */
export const campaignRecipient = pgTable(
  'campaign_recipient',
  {
    campaign: uuid('campaign').notNull(),
    phone: text('phone').notNull(),
    occurrence: text('occurrence').notNull(),
    variant: text('variant').notNull(),
    state: text('state').notNull(),
    /** Why it was skipped or failed. */
    reason: text('reason'),
    dueAt: instant('due_at').notNull(),
    /** What it must not be later than. */
    beforeAt: instant('before_at'),
    /** How often it was taken back before it left; part of its message id from the first time on. */
    attempt: smallint('attempt').notNull().default(0),
    /** The public id of the MT, or of the run that begins with it. */
    messageId: uuid('message_id'),
    runId: uuid('run_id'),
    queuedAt: instant('queued_at'),
    sentAt: instant('sent_at'),
    deliveredAt: instant('delivered_at'),
    repliedAt: instant('replied_at'),
    optedOutAt: instant('opted_out_at'),
    possibleDuplicate: boolean('possible_duplicate').notNull().default(false),
    /** True while more may become known of it. */
    isOpen: boolean('is_open').notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.campaign, table.phone, table.occurrence] }),
    index('campaign_recipient_due').on(table.campaign, table.dueAt, table.phone).where(sql`state = 'planned'`),
    index('campaign_recipient_open').on(table.campaign, table.phone, table.occurrence).where(sql`is_open`),
    index('campaign_recipient_state').on(table.campaign, table.state, table.phone, table.occurrence),
    index('campaign_recipient_phone').on(table.phone, table.campaign),
    check(
      'campaign_recipient_state_known',
      sql`state in ('planned', 'queued', 'sent', 'delivered', 'failed', 'expired', 'unknown', 'skipped', 'cancelled')`,
    ),
  ],
)

/** What counts for every campaign: `prices`, `holidays`, `limits`. */
export const campaignRule = pgTable('campaign_rule', {
  name: text('name').primaryKey(),
  value: json('value').notNull(),
  updatedAt: instant('updated_at').notNull(),
  updatedBy: text('updated_by').notNull(),
})
