/**
 * How fast a link goes after its network asked it to slow down (SMPP ESME_RTHROTTLED, ESME_RMSGQFUL). The network never
 * says what it permits, so: below the rate at which it refused, with small steps up to try; and where it refuses
 * whatever comes, one segment a second until it takes them again, then quickly back to near the rate known.
 */
export interface Pace {
  /** Segments a second; undefined while the network never complained. */
  perSecond(nowMs: number): number | undefined
  accepted(segments: number, nowMs: number): void
  throttled(nowMs: number): void
}

const SLOWEST = 1
/** Of a network that has taken nothing yet: it may permit any rate, and is tried with more and more. */
const UNKNOWN = Number.POSITIVE_INFINITY
/** No network takes more: growth ends here, and stays a number. */
const FASTEST = 100_000
/** A step down after a refusal, and where the quick way up ends. */
const BELOW_REFUSAL = 0.92
const NEAR_CEILING = 0.95
/** Growth in a second: from far below, and near what was refused. */
const QUICK = 1.5
const CAREFUL = 1.01
/** Refusals within so short a time are one refusal: they were under way together. */
const SAME_REFUSAL_MS = 1_000
/** Refused again within this time after slowing down: the network is not counting, it is full. */
const AGAIN_MS = 3_000

/** A pace that begins without limit. */
export function freePace(): Pace {
  let limit: { rate: number; ceiling: number; at: number; refusedAt: number } | undefined
  const taken = { since: 0, count: 0, before: 0 }

  function grown(nowMs: number): number | undefined {
    if (limit === undefined) return undefined
    const { rate, ceiling, at } = limit
    const seconds = Math.max(0, nowMs - at) / 1_000
    const knee = ceiling * NEAR_CEILING
    const secondsToKnee = rate >= knee ? 0 : Math.log(knee / rate) / Math.log(QUICK)
    if (seconds <= secondsToKnee) return Math.min(FASTEST, rate * QUICK ** seconds)
    return Math.min(FASTEST, Math.max(rate, knee) * CAREFUL ** (seconds - secondsToKnee))
  }

  function takenLately(nowMs: number): number {
    return nowMs - taken.since < 2_000 ? Math.max(taken.count, taken.before) : 0
  }

  return {
    perSecond: grown,
    accepted(segments, nowMs) {
      if (nowMs - taken.since >= 1_000) {
        taken.before = nowMs - taken.since < 2_000 ? taken.count : 0
        taken.since = nowMs
        taken.count = 0
      }
      taken.count += segments
    },
    throttled(nowMs) {
      if (limit !== undefined && nowMs - limit.refusedAt < SAME_REFUSAL_MS) return
      const current = grown(nowMs)
      const isAgain = limit !== undefined && nowMs - limit.refusedAt < AGAIN_MS
      // The first time, what the network took in the last second is all that is known of its permission.
      const isKnown = limit !== undefined && limit.ceiling !== UNKNOWN
      const refusedAtRate = isKnown && current !== undefined ? current : takenLately(nowMs)
      limit = {
        rate: Math.max(SLOWEST, isAgain ? (current ?? SLOWEST) / 4 : refusedAtRate * BELOW_REFUSAL),
        ceiling: isAgain && isKnown && limit !== undefined ? limit.ceiling : refusedAtRate || UNKNOWN,
        at: nowMs,
        refusedAt: nowMs,
      }
    },
  }
}
