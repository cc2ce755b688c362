import type { Sql } from '../db/sql.ts'
import type { RoutingTable } from './routing-table.ts'
import type { SessionCache } from './session-cache.ts'

/** Keeps sessions at hand in step with what is changed of contacts outside them, in every process. */
export interface ContactNews {
  /** Contacts were changed, by whoever: sessions read them anew. Everybody's for `all`. */
  changed(phones: readonly string[] | 'all'): Promise<void>
  /** A session of this process learnt something that counts in the others too. */
  tell(phones: readonly string[]): void
  stop(): Promise<void>
}

export interface ContactNewsDeps {
  readonly sql: Sql
  readonly cache: SessionCache
  readonly routing: RoutingTable
  /** A random name of this process. */
  readonly self: string
  failed(error: Error): void
}

const CHANNEL = 'textloom_contacts'
/** A payload of NOTIFY has less than 8000 octets. */
const MOST_PHONES = 300

export function contactNews({ sql, cache, routing, self, failed }: ContactNewsDeps): ContactNews {
  const forget = (phones: readonly string[] | 'all') => cache.forget(phones, routing.current.channels.keys())
  const listening = sql
    .listen?.(CHANNEL, (payload) => {
      const { from, phones } = JSON.parse(payload) as { from: string; phones: readonly string[] | 'all' }
      if (from !== self) forget(phones)
    })
    .catch((error: Error) => failed(error))

  async function send(phones: readonly string[] | 'all'): Promise<void> {
    if (sql.listen === undefined) return
    const told = phones !== 'all' && phones.length > MOST_PHONES ? 'all' : phones
    await sql.query('select pg_notify($1::text, $2::text)', [CHANNEL, JSON.stringify({ from: self, phones: told })])
  }

  return {
    async changed(phones) {
      forget(phones)
      await send(phones)
    },
    tell(phones) {
      send(phones).catch(failed)
    },
    async stop() {
      const unlisten = await listening
      await unlisten?.().catch(failed)
    },
  }
}
