import { bigint, customType, integer, smallint, text, timestamp } from 'drizzle-orm/pg-core'

/** `timestamptz`, read and written as a `Date`. */
export const instant = (name: string) => timestamp(name, { withTimezone: true })

/** `bytea`, read and written as octets. */
export const octets = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })

/** The first three columns of everything that belongs to one (channel, phone). */
export const owner = () => ({
  bucket: smallint('bucket').notNull(),
  channel: text('channel').notNull(),
  phone: text('phone').notNull(),
})

/** `rev` counts the stores of a (channel, phone), `n` the effects within one store. */
export const effectNumber = () => ({
  rev: bigint('rev', { mode: 'number' }).notNull(),
  n: integer('n').notNull(),
})
