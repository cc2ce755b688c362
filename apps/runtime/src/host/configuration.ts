import type { Sql } from '../db/sql.ts'
import { startLoop } from './loop.ts'

/** Follows what people change. */
export interface Configuration {
  /** Something changed here: tells the other processes. Resolves once it is applied. */
  changed(): Promise<void>
  stop(): Promise<void>
}

export interface ConfigurationDeps {
  readonly sql: Sql
  apply(): Promise<void>
  failed(error: Error): void
}

const CHANNEL = 'textloom_configuration'
/** A NOTIFY can be lost with a connection. */
const POLL_MS = 30_000

export function followConfiguration({ sql, apply, failed }: ConfigurationDeps): Configuration {
  let listening: Promise<() => Promise<void>> | undefined
  /** Each apply begins after the last one has ended, so the last one sees everything. */
  let applying = Promise.resolve()

  const applyNext = (): Promise<void> => {
    const next = applying.then(apply)
    applying = next.catch(() => undefined)
    return next
  }
  const loop = startLoop(async () => {
    listening ??= sql
      .listen?.(CHANNEL, () => loop.wake())
      .catch((error: unknown) => {
        listening = undefined
        throw error
      })
    await listening
    await applyNext()
    return POLL_MS
  }, failed)

  return {
    async changed() {
      await applyNext()
      await sql.query('select pg_notify($1::text, $2::text)', [CHANNEL, ''])
    },
    async stop() {
      await loop.stop()
      await listening?.then((unlisten) => unlisten()).catch(failed)
    },
  }
}
