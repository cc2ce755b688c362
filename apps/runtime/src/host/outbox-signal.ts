import type { Sql } from '../db/sql.ts'
import { startLoop } from './loop.ts'

/** Tells the process that owns a link that there is something to send by it. A wake-up only: senders also look. */
export interface OutboxSignal {
  send(link: string): void
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
  heard(link: string): void
  failed(error: Error): void
}): OutboxSignal {
  let unlisten: (() => Promise<void>) | undefined
  const pending = new Set<string>()

  const listening = startLoop(async () => {
    unlisten ??= await sql.listen?.(CHANNEL, heard)
    return RETRY_MS
  }, failed)
  // One at a time: what is asked for while a NOTIFY is under way goes with the next one, once for each link.
  const sending = startLoop(async () => {
    const links = [...pending]
    pending.clear()
    for (const link of links) await sql.query('select pg_notify($1::text, $2::text)', [CHANNEL, link])
    return RETRY_MS
  }, failed)

  return {
    send(link) {
      pending.add(link)
      sending.wake()
    },
    async stop() {
      await Promise.all([listening.stop(), sending.stop()])
      await unlisten?.().catch(failed)
    },
  }
}
