/** The present, as epoch milliseconds. Only hosts hold a clock; the engine is told the time. */
export interface Clock {
  now(): number
}

/** Makes identifiers that sort by the time they were made (UUIDv7 in the runtime, counters in tests). */
export interface Ids {
  next(): string
}

/** A number in [0, 1), like `Math.random`; seeded wherever a run must be repeatable. */
export type Random = () => number
