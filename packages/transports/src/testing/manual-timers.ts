import type { Timers } from '../timers.ts'

/** Timers that stand still until they are moved. */
export interface ManualTimers extends Timers {
  /** Moves the clock and rings what is due on the way, in order; lets promises settle between. */
  advance(ms: number): Promise<void>
}

/** Makes timers that begin at `startMs`. */
export function manualTimers(startMs = 0): ManualTimers {
  let nowMs = startMs
  let count = 0
  const waiting = new Map<number, { readonly at: number; readonly run: () => void }>()
  const nextDue = (until: number) =>
    [...waiting].filter(([, { at }]) => at <= until).toSorted(([, a], [, b]) => a.at - b.at)[0]
  return {
    now: () => nowMs,
    after(delayMs, run) {
      const id = ++count
      waiting.set(id, { at: nowMs + delayMs, run })
      return () => waiting.delete(id)
    },
    async advance(ms) {
      const end = nowMs + ms
      for (let due = nextDue(end); due !== undefined; due = nextDue(end)) {
        const [id, { at, run }] = due
        waiting.delete(id)
        nowMs = at
        run()
        await settle()
      }
      nowMs = end
      await settle()
    },
  }
}

/** Lets everything that only waits for other promises happen. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
