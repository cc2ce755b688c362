import { bigint, integer, json, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { appUser } from './user.ts'

/** A key of the HTTP API: its secret is shown once and never stored. */
export const apiKey = pgTable('api_key', {
  id: uuid('id').primaryKey(),
  label: text('label').notNull(),
  /** The first characters, so that people can tell keys apart. */
  prefix: text('prefix').notNull(),
  /** SHA-256 of the whole key, hex. */
  hash: text('hash').notNull().unique('api_key_hash'),
  scopes: json('scopes').notNull(),
  /** The person who made it: a key can do no more than they can, and nothing once they are disabled. */
  createdBy: uuid('created_by').references(() => appUser.id),
  createdAt: instant('created_at').notNull(),
  lastUsedAt: instant('last_used_at'),
  revokedAt: instant('revoked_at'),
})

/** The first answer to a request that carried `Idempotency-Key`, replayed for 24 hours. */
export const idempotencyKey = pgTable(
  'idempotency_key',
  {
    /** Who asked: the id of an API key or user. */
    principal: text('principal').notNull(),
    key: text('key').notNull(),
    /** SHA-256 of method, path and body, hex: another request under the same key is refused. */
    requestHash: text('request_hash').notNull(),
    /** Null while the first request is still being answered. */
    status: integer('status'),
    body: json('body'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.principal, table.key] })],
)

/** How often something was tried within its window. The columns are those of rate-limiter-flexible. */
export const rateLimit = pgTable('rate_limit', {
  /** What is limited, and the SHA-256 of whom: addresses are not kept. */
  key: text('key').primaryKey(),
  points: integer('points').notNull().default(0),
  /** Epoch milliseconds. */
  expire: bigint('expire', { mode: 'number' }),
})
