/** Lets so many segments through a second, evenly. Time is whatever the caller says it is, in milliseconds. */
export interface Rate {
  /** Segments that may leave at once; at most a tenth of a second's worth, for networks count short intervals. */
  available(nowMs: number): number
  /** Takes what leaves now. Beyond what is available is owed: a long message goes whole, and the next one waits. */
  take(segments: number, nowMs: number): void
  /** Milliseconds until one may leave. */
  waitMs(nowMs: number): number
}

/** A rate that is `perSecond`, whatever that is by now; undefined for no limit. */
export function rateOf(perSecond: (nowMs: number) => number | undefined): Rate {
  let tokens = 1
  let countedAtMs: number | undefined

  function count(nowMs: number): number {
    const rate = perSecond(nowMs)
    if (rate === undefined) return Number.POSITIVE_INFINITY
    const most = Math.max(1, rate / 10)
    tokens = Math.min(most, tokens + ((nowMs - (countedAtMs ?? nowMs)) / 1_000) * rate)
    countedAtMs = nowMs
    return tokens
  }

  return {
    available: (nowMs) => Math.max(0, Math.floor(count(nowMs) + ROUNDING)),
    take(segments, nowMs) {
      if (count(nowMs) !== Number.POSITIVE_INFINITY) tokens -= segments
    },
    waitMs(nowMs) {
      const missing = 1 - count(nowMs)
      return missing <= ROUNDING ? 0 : Math.ceil((missing / (perSecond(nowMs) ?? 1)) * 1_000)
    },
  }
}

/** Sums of fractions fall a hair short of whole numbers. */
const ROUNDING = 1e-6
