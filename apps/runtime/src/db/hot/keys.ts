import { bucketOf } from '../bucket.ts'
import type { OutboxKey, SessionKey } from './types.ts'

/** Column names of a session's key, as they stand in every table of the hot path. */
export const sessionKeyColumns = { bucket: 'smallint', channel: 'text', phone: 'text' } as const

/** Column names of an outbox row's key. */
export const outboxKeyColumns = { ...sessionKeyColumns, rev: 'bigint', n: 'int' } as const

/** The key columns of a session. */
export function sessionKeyRow({ channel, phone }: SessionKey) {
  return { bucket: bucketOf(channel, phone), channel, phone }
}

/** The key columns of an outbox row. */
export function outboxKeyRow({ channel, phone, rev, n }: OutboxKey) {
  return { bucket: bucketOf(channel, phone), channel, phone, rev, n }
}

/**
 * Order of rows within a statement: the same everywhere, so that two statements that touch the same rows meet them
 * in the same order and never deadlock.
 */
export function byKey(
  a: { readonly bucket: number; readonly channel: string; readonly phone: string },
  b: { readonly bucket: number; readonly channel: string; readonly phone: string },
): number {
  return a.bucket - b.bucket || compare(a.channel, b.channel) || compare(a.phone, b.phone)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
