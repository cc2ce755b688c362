import type { Clock } from '@textloom/core'
import type { DueSession } from '../db/hot/timers.ts'
import { type Loop, startLoop } from './loop.ts'
import type { Pauses } from './pauses.ts'
import type { Submit } from './submit.ts'

export interface TimersDeps {
  /** Sessions with a timer due at `now`, the longest overdue first. */
  due(request: {
    readonly buckets: readonly number[] | null
    readonly now: number
    readonly limit: number
  }): Promise<readonly DueSession[]>
  readonly clock: Clock
  readonly submit: Submit
  /** The buckets whose timers this process looks after; null for all of them. */
  buckets(): readonly number[] | null
  /** Called after each scan that the database answered. */
  scanned(): void
  failed(error: Error): void
  readonly pauses?: Pauses
}

const SCAN_MS = 250
const MOST_AT_ONCE = 1_000

/**
 * Finds sessions with timers that are due, by index, the longest overdue first, and hands them to their lanes. A timer
 * fires late after a stop, and never twice: its session's `rev` sees to that.
 */
export function startTimers({ due, clock, submit, buckets, scanned, failed, pauses }: TimersDeps): Loop {
  return startLoop(
    async () => {
      const ours = buckets()
      if (ours?.length === 0) return SCAN_MS
      const found = await due({ buckets: ours, now: clock.now(), limit: MOST_AT_ONCE })
      scanned()
      await Promise.all(found.map(({ channel, phone }) => submit({ kind: 'due', channel, phone })))
      return found.length === MOST_AT_ONCE ? 0 : SCAN_MS
    },
    failed,
    pauses,
  )
}
