import type { Sql } from '../db/sql.ts'
import { startLoop } from './loop.ts'

/** What leaves by no link, as signals name it: ids of links have no parentheses. */
export const BY_NO_LINK = { http: '(http)', notify: '(notify)' } as const

/**
 * Tells the process that owns a link that there is something to send by it, or those that own buckets that there is
 * something to request or to notify. A wake-up only: they also look by themselves.
 */
export interface OutboxSignal {
  /** The id of a link, or one of `BY_NO_LINK`. */
  send(to: string): void
  stop(): Promise<void>
}

const CHANNEL = 'textloom_outbox'
/** Also how long a lost listener goes unnoticed: the driver listens again by itself, PGlite's thread does too. */
const RETRY_MS = 60_000

export function outboxSignal({
  sql,
  heard,
  failed,
}: {
  readonly sql: Sql
  heard(to: string): void
  failed(error: Error): void
}): OutboxSignal {
  let unlisten: (() => Promise<void>) | undefined
  const pending = new Set<string>()

  const listening = startLoop(async () => {
    unlisten ??= await sql.listen?.(CHANNEL, heard)
    return RETRY_MS
  }, failed)
  // One at a time: what is asked for while a NOTIFY is under way goes with the next one, once for each.
  const sending = startLoop(async () => {
    const those = [...pending]
    pending.clear()
    for (const to of those) await sql.query('select pg_notify($1::text, $2::text)', [CHANNEL, to])
    return RETRY_MS
  }, failed)

  return {
    send(to) {
      pending.add(to)
      sending.wake()
    },
    async stop() {
      await Promise.all([listening.stop(), sending.stop()])
      await unlisten?.().catch(failed)
    },
  }
}
