import { bigint, pgSequence, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** Who owns what for now: `bucket:<n>`, `link:<id>:<slot>`. */
export const lease = pgTable('lease', {
  resource: text('resource').primaryKey(),
  owner: text('owner').notNull(),
  /** Grows with every take-over, across all resources: what an older epoch left behind can be told by comparing. */
  epoch: bigint('epoch', { mode: 'number' }).notNull(),
  expiresAt: instant('expires_at').notNull(),
})

/** One count for all resources, so that epochs stay comparable when phones are dealt to other slots. */
export const leaseEpoch = pgSequence('lease_epoch')
