import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { effectNumber, instant, owner } from './columns.ts'

/** Everything that came in from any source, once: the primary key is the dedupe. */
export const inbox = pgTable(
  'inbox',
  {
    ...owner(),
    /** Deterministic: `mo:…`, `dlr:…`, `http:…`, `api:…`, `campaign:…`, `agent:…`. */
    messageId: text('message_id').notNull(),
    /** UUIDv7: the public id, and the order of lists. */
    id: uuid('id').notNull(),
    kind: text('kind').notNull(),
    link: text('link'),
    body: json('body'),
    at: instant('at').notNull(),
    /** What became of it: `transition`, `ignored:<reason>`, `dead-letter:<reason>`, `keyword:stop`, … */
    outcome: text('outcome').notNull(),
    runId: uuid('run_id'),
  },
  (table) => [
    primaryKey({ columns: [table.bucket, table.channel, table.messageId] }),
    index('inbox_id').on(table.id).where(sql`kind = 'mo'`),
    index('inbox_phone').on(table.phone, table.id).where(sql`kind = 'mo'`),
  ],
)

/** Everything that is to leave: MTs (`sms`), the HTTP requests of flows (`http`) and their notices (`notify`), and what is told to webhooks (`webhook`). */
export const outbox = pgTable(
  'outbox',
  {
    ...owner(),
    ...effectNumber(),
    /** UUIDv7: the public id of an MT, and the order of lists. */
    id: uuid('id').notNull(),
    kind: text('kind').notNull(),
    /** The link that sends it; null for all but MTs. */
    link: text('link'),
    /** 31 bits: the slot that sends it is `phone_hash % slots`. */
    phoneHash: integer('phone_hash').notNull(),
    /** Who wrote it: `flow`, `api`, `campaign`, `agent`, `keyword`, `notify`. */
    source: text('source').notNull(),
    runId: uuid('run_id'),
    segments: smallint('segments').notNull(),
    /** 0 goes first. */
    priority: smallint('priority').notNull(),
    payload: json('payload').notNull(),
    /** Suppression topic it falls under; '' for none of its own. */
    topic: text('topic').notNull(),
    /** True for the one confirmation of STOP: it leaves although the phone is suppressed. */
    isConsent: boolean('is_consent').notNull(),
    state: text('state').notNull(),
    createdAt: instant('created_at').notNull(),
    dueAt: instant('due_at').notNull(),
    expiresAt: instant('expires_at'),
    attempt: integer('attempt').notNull().default(0),
    /** Lease epoch of the owner that claimed it last. */
    epoch: bigint('epoch', { mode: 'number' }),
    /** The network's id of the first segment; all of them are in `receipt`. */
    providerId: text('provider_id'),
    sentAt: instant('sent_at'),
    possibleDuplicate: boolean('possible_duplicate').notNull().default(false),
    /** `{code, message}` of the last failure. */
    error: json('error'),
    /** Last receipt of each segment: `{"<segment>": {"state", "error"?, "at"}}`. */
    receipts: jsonb('receipts').notNull().default({}),
    /** The webhook that is told; null for all but those. Their `receipts` are the attempts, by the time of each. */
    webhook: uuid('webhook'),
    /** When the network is asked what has become of it, if nobody has said so by then. */
    askAt: instant('ask_at'),
  },
  (table) => [
    primaryKey({ columns: [table.bucket, table.channel, table.phone, table.rev, table.n] }),
    index('outbox_id').on(table.id).where(sql`kind = 'sms'`),
    index('outbox_phone').on(table.phone, table.id).where(sql`kind = 'sms'`),
    index('outbox_trouble').on(table.id).where(sql`kind = 'sms' and state in ('failed', 'expired', 'unknown')`),
    // What hot statements ask these two for names no kind: any other index would do for `kind = 'sms'`, read to its end.
    index('outbox_queue').on(table.link, table.priority, table.dueAt).where(sql`state = 'queued'`),
    index('outbox_open').on(table.phoneHash).where(sql`state in ('queued', 'sending')`),
    index('outbox_ask').on(table.link, table.askAt).where(sql`ask_at is not null`),
    index('outbox_http').on(table.dueAt).where(sql`kind = 'http' and state in ('queued', 'sending')`),
    index('outbox_notify').on(table.dueAt).where(sql`kind = 'notify' and state in ('queued', 'sending')`),
    index('outbox_webhook').on(table.dueAt).where(sql`kind = 'webhook' and state in ('queued', 'sending')`),
    index('outbox_webhook_log').on(table.webhook, table.rev).where(sql`webhook is not null`),
    check(
      'outbox_state',
      sql`state in ('queued', 'sending', 'sent', 'delivered', 'failed', 'expired', 'unknown', 'done', 'cancelled')`,
    ),
  ],
)

/** Parts of long MOs, stored before each is acknowledged; `done_at` once their message was handled. */
export const part = pgTable(
  'part',
  {
    ...owner(),
    /** Concatenation reference, with its width and addresses as the host writes them. */
    reference: text('reference').notNull(),
    sequence: smallint('sequence').notNull(),
    total: smallint('total').notNull(),
    encoding: text('encoding').notNull(),
    octetsHex: text('octets_hex').notNull(),
    link: text('link').notNull(),
    messageId: text('message_id').notNull(),
    /** The address the MO was sent to. */
    recipient: text('recipient').notNull(),
    receivedAt: instant('received_at').notNull(),
    doneAt: instant('done_at'),
  },
  (table) => [
    primaryKey({ columns: [table.bucket, table.channel, table.phone, table.reference, table.sequence] }),
    index('part_waiting').on(table.receivedAt).where(sql`done_at is null`),
  ],
)

/**
 * Which MT a network's message id names. Without an outbox key: receipts that came before their submit response,
 * kept in `unmatched` until it settles.
 */
export const receipt = pgTable(
  'receipt',
  {
    link: text('link').notNull(),
    providerId: text('provider_id').notNull(),
    bucket: smallint('bucket'),
    channel: text('channel'),
    phone: text('phone'),
    rev: bigint('rev', { mode: 'number' }),
    n: integer('n'),
    /** From 0. */
    segment: smallint('segment'),
    unmatched: jsonb('unmatched').notNull().default([]),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.link, table.providerId] }),
    // The first segment's id stands in the row of its MT: only the others are looked for.
    index('receipt_mt').on(table.bucket, table.channel, table.phone, table.rev, table.n).where(sql`segment > 0`),
    index('receipt_unsubmitted').on(table.createdAt).where(sql`unmatched <> '[]'`),
  ],
)
