/** How long to wait between attempts to connect. */
export interface Backoff {
  readonly firstMs: number
  readonly maxMs: number
}

/** What a link waits after a connection that failed, and after a bind that the SMSC refused. */
export interface BackoffPolicy {
  readonly lost: Backoff
  /** Refused binds wait longer: a wrong password does not mend itself, and "already bound" only after the SMSC's idle timer. */
  readonly refused: Backoff
}

export const defaultBackoff: BackoffPolicy = {
  // Half of it at least: so that one bind never follows another within a second.
  lost: { firstMs: 2_000, maxMs: 30_000 },
  refused: { firstMs: 10_000, maxMs: 300_000 },
}

/**
 * The wait before attempt `attempt` (1 for the first after a failure): doubled each time up to the limit, of which the
 * upper half is left to chance, so that a thousand links do not come back in the same second.
 */
export function backoffMs({ firstMs, maxMs }: Backoff, attempt: number, random: () => number): number {
  const full = Math.min(maxMs, firstMs * 2 ** Math.min(attempt - 1, 30))
  return Math.round(full / 2 + (full / 2) * random())
}
