import type { Sql } from '../db/sql.ts'
import type { RecipientState } from './recipients.ts'
import { type Tally, tallies } from './results.ts'

/** How far a campaign has come: a funnel, and who fell out of it why. */
export interface Progress {
  /** Everybody it knows of, those who get nothing included. */
  readonly recipients: number
  readonly planned: number
  readonly queued: number
  /** Accepted by a network; whoever was delivered or failed there counts too. */
  readonly sent: number
  readonly delivered: number
  readonly replied: number
  readonly optedOut: number
  readonly skipped: { readonly [reason: string]: number }
  readonly failed: { readonly [reason: string]: number }
  readonly cancelled: number
  readonly possibleDuplicates: number
  readonly variants: readonly VariantProgress[]
}

/** The same of one variant. */
export interface VariantProgress {
  readonly id: string
  readonly recipients: number
  readonly sent: number
  readonly delivered: number
  readonly replied: number
  readonly optedOut: number
}

/** Adds up what was counted. */
function progressOf(found: readonly Tally[]): Progress {
  const sum = (rows: readonly Tally[], count: (row: Tally) => number) => rows.reduce((all, row) => all + count(row), 0)
  const inState = (...states: readonly RecipientState[]) =>
    found.filter(({ state }) => states.some((one) => one === state))
  const counted = ({ count }: Tally) => count
  const funnelOf = (rows: readonly Tally[]) => ({
    recipients: sum(rows, counted),
    sent: sum(rows, ({ sent }) => sent),
    delivered: sum(rows, ({ delivered }) => delivered),
    replied: sum(rows, ({ replied }) => replied),
    optedOut: sum(rows, ({ optedOut }) => optedOut),
  })
  const variants = [...new Set(found.map(({ variant }) => variant))]
  return {
    ...funnelOf(found),
    planned: sum(inState('planned'), counted),
    queued: sum(inState('queued'), counted),
    skipped: byReason(inState('skipped')),
    failed: byReason(inState('failed', 'expired', 'unknown')),
    cancelled: sum(inState('cancelled'), counted),
    possibleDuplicates: sum(found, ({ possibleDuplicates }) => possibleDuplicates),
    variants: variants.map((id) => ({ id, ...funnelOf(found.filter(({ variant }) => variant === id)) })),
  }
}

function byReason(rows: readonly Tally[]): { [reason: string]: number } {
  const counts: { [reason: string]: number } = {}
  for (const { state, reason, count } of rows) {
    const name = reason ?? state
    counts[name] = (counts[name] ?? 0) + count
  }
  return counts
}

/** Counts again at most so often: counting a million takes a second or so. */
const LEAST_MS = 1_000
const TIMES_ITS_COST = 20

/** Progress of campaigns, counted anew no more often than is cheap, or after somebody has done something with one. */
export function countedProgress(sql: Sql): (campaign: string, asked?: { readonly anew: boolean }) => Promise<Progress> {
  const known = new Map<string, { readonly progress: Promise<Progress>; freshUntilMs: number }>()
  return (campaign, { anew } = { anew: false }) => {
    const before = anew ? undefined : known.get(campaign)
    if (before !== undefined && performance.now() < before.freshUntilMs) return before.progress
    const beganMs = performance.now()
    const entry = {
      freshUntilMs: Number.POSITIVE_INFINITY,
      progress: tallies(sql, campaign).then(progressOf),
    }
    entry.progress.then(
      () => {
        const tookMs = performance.now() - beganMs
        // What is quick to count is counted each time it is asked for.
        entry.freshUntilMs = tookMs < 20 ? 0 : performance.now() + Math.max(LEAST_MS, tookMs * TIMES_ITS_COST)
      },
      () => known.delete(campaign),
    )
    if (known.size > 200) known.clear()
    known.set(campaign, entry)
    return entry.progress
  }
}
