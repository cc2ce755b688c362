import type { StoredTimer } from '@textloom/core'
import { expiryTimerId } from '@textloom/engine'
import type { Outcome } from '../incoming.ts'
import { move, moved } from './move.ts'
import type { Turn } from './turn.ts'

/** A chain of waits may be over long since; what is left after so many, the next scan finds. */
const MOST_TIMERS_AT_ONCE = 100
const DAY_MS = 86_400_000

/** Timers of the session are due by now. */
export function onDue(turn: Turn): Outcome {
  const { runId } = turn
  return fireTimersDueBy(turn, turn.now) > 0 ? moved(runId) : { status: 'ignored', reason: 'stale' }
}

/** Fires what was due by a moment, earliest first, together with what is set and due on the way. Returns how many. */
export function fireTimersDueBy(turn: Turn, at: number): number {
  for (let fired = 0; fired < MOST_TIMERS_AT_ONCE; fired += 1) {
    const timer = earliest(turn.timers)
    if (timer === undefined || timer.dueAt > at || !fire(turn, timer)) return fired
  }
  return MOST_TIMERS_AT_ONCE
}

function fire(turn: Turn, timer: StoredTimer): boolean {
  if (timer.id === expiryTimerId && turn.tickets.length > 0) return postpone(turn, timer)
  const { id, setAtRev, dueAt } = timer
  const event = { type: 'timer', id, setAtRev, dueAt } as const
  return move(turn, { event, seed: `timer:${id}:${setAtRev}:${dueAt}` }).ignored === undefined
}

/** While people have a conversation it does not run out of time, although the flow hears nothing. */
function postpone(turn: Turn, timer: StoredTimer): boolean {
  turn.isTouched = true
  const later = { ...timer, dueAt: turn.now + DAY_MS, setAtRev: turn.rev }
  turn.timers = turn.timers.map((one) => (one === timer ? later : one))
  return true
}

function earliest(timers: readonly StoredTimer[]): StoredTimer | undefined {
  return timers.reduce<StoredTimer | undefined>(
    (first, timer) => (first === undefined || timer.dueAt < first.dueAt ? timer : first),
    undefined,
  )
}
