import type { Clock } from '@textloom/core'
import { databaseNow } from '../db/hot/clock.ts'
import type { Sql } from '../db/sql.ts'
import { type Loop, startLoop } from './loop.ts'

/** A clock that is set by the database and runs by the machine's monotonic counter. */
export interface DatabaseClock extends Clock {
  /** Sets the clock by a database time that was read between two readings of `monotonicMs`. */
  sync(databaseNow: number, askedAtMs: number, answeredAtMs: number): void
}

/** A database that is behind by more than this was set back: we keep counting rather than stand still for so long. */
const LARGEST_PAUSE_MS = 60_000

/**
 * The host's clock: database time plus monotonic elapsed time. It never goes back: where the database turns out to be
 * a little behind, the clock stands until it is overtaken; where it was set back, it keeps its own time.
 */
export function databaseClock(monotonicMs: () => number = () => performance.now()): DatabaseClock {
  let base = Date.now()
  let baseAtMs = monotonicMs()
  let latest = base
  let isSet = false

  const running = () => base + monotonicMs() - baseAtMs
  return {
    now() {
      latest = Math.max(latest, Math.floor(running()))
      return latest
    },
    sync(databaseNow, askedAtMs, answeredAtMs) {
      // The answer was true somewhere between question and answer: half-way is the best guess.
      const databaseAtMs = (askedAtMs + answeredAtMs) / 2
      const behindMs = running() - (databaseNow + monotonicMs() - databaseAtMs)
      if (isSet && behindMs > LARGEST_PAUSE_MS) return
      base = databaseNow
      baseAtMs = databaseAtMs
      // Before the first answer nothing has been stored by this clock, so the machine's own time may be given up.
      if (!isSet) latest = Math.floor(running())
      isSet = true
    },
  }
}

/** Sets the clock once, before anything is stored by it. */
export async function setByDatabase(clock: DatabaseClock, sql: Sql): Promise<void> {
  const askedAtMs = performance.now()
  clock.sync(await databaseNow(sql), askedAtMs, performance.now())
}

const SYNC_MS = 10_000

/** Sets the clock again and again: machines sleep, and their counters drift. */
export function followDatabase(clock: DatabaseClock, sql: Sql, failed: (error: Error) => void): Loop {
  return startLoop(async () => {
    await setByDatabase(clock, sql)
    return SYNC_MS
  }, failed)
}
