import type { Clock } from '@textloom/core'
import { type RetentionStep, retentionSteps } from '../db/retention.ts'
import type { Sql } from '../db/sql.ts'
import type { Log } from './log.ts'
import { startLoop } from './loop.ts'
import type { Holding, Ownership } from './ownership.ts'
import { type Pauses, realPauses } from './pauses.ts'

export interface RetentionDeps {
  readonly sql: Sql
  readonly clock: Clock
  /** How many days messages and events are kept; undefined for good. */
  readonly days: number | undefined
  readonly ownership: Pick<Ownership, 'want'>
  readonly log: Log
  failed(error: Error): void
  readonly steps?: readonly RetentionStep[]
  readonly pauses?: Pauses
}

const DAY_MS = 86_400_000
/** How soon a new day is noticed, or that the duty is ours. */
const LOOK_MS = 60_000
/** Others come first: between two statements there is time for them. */
const STEP_PAUSE_MS = 50
/** Of several processes that look after one database, the one that holds this forgets. */
const DUTY = 'maintenance'

/** Forgets once a day what is older than so many whole days, by UTC; of several processes one does. */
export function startRetention(deps: RetentionDeps): { stop(): Promise<void> } {
  const { sql, clock, days, ownership, log, failed, steps = retentionSteps, pauses = realPauses } = deps
  if (days === undefined) return { stop: () => Promise.resolve() }
  let holding: Holding | undefined
  let forgottenBefore = 0
  let next = 0
  ownership.want(DUTY, {
    taken(taken) {
      holding = taken
    },
    lost() {
      holding = undefined
    },
  })

  const loop = startLoop(
    async () => {
      const before = Math.floor(clock.now() / DAY_MS - days) * DAY_MS
      if (before <= forgottenBefore || !(holding?.isSafe() ?? false)) return LOOK_MS
      await steps[next]?.(sql, before)
      next += 1
      if (next < steps.length) return STEP_PAUSE_MS
      next = 0
      forgottenBefore = before
      log('info', `Messages and events from before ${new Date(before).toISOString().slice(0, 10)} are deleted.`)
      return LOOK_MS
    },
    failed,
    pauses,
  )
  return loop
}
