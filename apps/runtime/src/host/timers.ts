import type { Clock } from '@textloom/core'
import { dueSessions } from '../db/hot/timers.ts'
import type { Sql } from '../db/sql.ts'
import { type Loop, startLoop } from './loop.ts'
import type { Submit } from './submit.ts'

export interface TimersDeps {
  readonly sql: Sql
  readonly clock: Clock
  readonly submit: Submit
  /** The buckets whose timers this process looks after; null for all of them. */
  buckets(): readonly number[] | null
  /** Called after each scan that the database answered. */
  scanned(): void
  failed(error: Error): void
}

const SCAN_MS = 250
const MOST_AT_ONCE = 1_000

/**
 * Finds sessions with timers that are due, by index, the longest overdue first, and hands them to their lanes. A timer
 * fires late after a stop, and never twice: its session's `rev` sees to that.
 */
export function startTimers({ sql, clock, submit, buckets, scanned, failed }: TimersDeps): Loop {
  return startLoop(async () => {
    const ours = buckets()
    if (ours?.length === 0) return SCAN_MS
    const due = await dueSessions(sql, { buckets: ours, now: clock.now(), limit: MOST_AT_ONCE })
    scanned()
    await Promise.all(due.map(({ channel, phone }) => submit({ kind: 'due', channel, phone })))
    return due.length === MOST_AT_ONCE ? 0 : SCAN_MS
  }, failed)
}
