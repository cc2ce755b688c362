import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, json, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** Somebody who may sign in. Never deleted: what they did stays theirs. */
export const appUser = pgTable(
  'app_user',
  {
    id: uuid('id').primaryKey(),
    /** In lower case: one mailbox is one account. */
    email: text('email').notNull().unique('app_user_email'),
    name: text('name').notNull(),
    role: text('role').notNull(),
    /** Argon2id in PHC format; null until the invitation is accepted, and after a reset. */
    passwordHash: text('password_hash'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    lastSignInAt: instant('last_sign_in_at'),
    disabledAt: instant('disabled_at'),
  },
  () => [check('app_user_role', sql`role in ('administrator', 'operator', 'editor', 'supervisor', 'agent', 'viewer')`)],
)

/** A browser that is signed in. Signing out deletes the row. */
export const browserSession = pgTable(
  'browser_session',
  {
    /** SHA-256 of the cookie, hex. */
    tokenHash: text('token_hash').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => appUser.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('browser_session_user').on(table.userId), index('browser_session_expiry').on(table.expiresAt)],
)

/** A link that works once: to make the first administrator (no user), or to choose a password. */
export const setUpToken = pgTable(
  'set_up_token',
  {
    /** SHA-256 of the token, hex. */
    tokenHash: text('token_hash').primaryKey(),
    userId: uuid('user_id').references(() => appUser.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('set_up_token_user').on(table.userId)],
)

/** Who did what, when and from where. Nothing in the product deletes or changes a row. */
export const audit = pgTable('audit', {
  /** 1, 2, 3, … without gaps. */
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  at: instant('at').notNull(),
  /** `user:<id>`, `key:<id>`, `env`, `cli` or `nobody`. */
  actor: text('actor').notNull(),
  /** Their name as it was then. */
  actorName: text('actor_name').notNull(),
  /** `user.signed-in`, `key.revoked`, … */
  action: text('action').notNull(),
  /** What it was done to: `user:<id>`, `flow:<id>`, …; null where that is clear. */
  subject: text('subject'),
  data: json('data').notNull(),
  /** Network address; null for what happened on the machine itself. */
  address: text('address'),
  /** HMAC over this row and the seal before it, keyed by TEXTLOOM_SECRET: what is changed or missing shows. */
  seal: text('seal').notNull(),
})

/** The end of the audit trail: one row, locked while the trail grows. */
export const auditHead = pgTable(
  'audit_head',
  {
    isOnly: boolean('is_only').primaryKey().default(true),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    seal: text('seal').notNull(),
  },
  () => [check('audit_head_only', sql`is_only`)],
)
