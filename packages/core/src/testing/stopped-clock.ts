import type { Clock } from '../ports.ts'

/** A clock that stands still until it is moved. */
export function stoppedClock(startMs = Date.UTC(2026, 0, 1, 12)): Clock & { advance(ms: number): void } {
  let nowMs = startMs
  return {
    now: () => nowMs,
    advance(ms) {
      nowMs += ms
    },
  }
}
