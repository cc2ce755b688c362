import { type Clock, TransportError } from '@textloom/core'
import { type Limits, loadRule, longestPrefix, mayReach } from '../campaigns/rules.ts'
import type { Sql } from '../db/sql.ts'
import type { HostCode } from './codes.ts'
import type { Log } from './log.ts'
import { startLoop } from './loop.ts'

/** Which numbers texts may go to, and how many segments a day: for all that leaves, whoever wrote it. */
export interface TrafficLimits {
  /**
   * Takes the segments of a text that is about to leave.
   * @returns gives them back, for a text that did not leave after all
   * @throws TransportError `runtime/not-allowed` or `runtime/over-cap`; nothing is taken then
   */
  take(phone: string, segments: number): Promise<() => void>
  /** The rule may have been changed: resolves when it is followed. */
  refresh(): Promise<void>
  stop(): Promise<void>
}

export interface TrafficLimitsDeps {
  readonly sql: Sql
  readonly clock: Clock
  readonly log: Log
  failed(error: Error): void
}

const COUNT_MS = 1_000
const DAY_MS = 86_400_000
/** At these shares of a cap the operator is told. */
const ALERTS = [1, 0.8]

interface Count {
  /** As the table has it. */
  known: number
  /** Taken here and not written down yet. */
  pending: number
  told: number
}

/** Where a day's segments to a prefix are counted, in table `rate_limit`. */
export function capKey(prefix: string, now: number): string {
  return `segment-cap:${prefix}:${new Date(now).toISOString().slice(0, 10)}`
}

/**
 * Follows the rule `limits`: read, and what was taken written down, once a second, so that all processes and the next
 * start know. Processes that send at once may exceed a cap by a second's worth; one that is killed forgets as much.
 * What is refused fails, and does not wait: so everything else goes on.
 */
export function startTrafficLimits({ sql, clock, log, failed }: TrafficLimitsDeps): TrafficLimits {
  let rule: { readonly limits: Limits; mayReach(phone: string): boolean; capOf: CapOf } | undefined
  let counts = new Map<string, Count>()
  const ready = Promise.withResolvers<void>()

  let following: Promise<void> = Promise.resolve()
  /** One after the other: what is counted is told once. */
  function follow(): Promise<void> {
    following = following.catch(() => {}).then(followNow)
    return following
  }

  async function followNow(): Promise<void> {
    const limits = await loadRule(sql, 'limits')
    await count(limits)
    rule = { limits, mayReach: mayReach(limits), capOf: longestPrefix(limits.caps) }
    ready.resolve()
  }

  async function count({ caps }: Limits): Promise<void> {
    const now = clock.now()
    const wanted = new Map(caps.map((cap) => [capKey(cap.prefix, now), cap]))
    const known = [...counts].filter(([, { pending }]) => pending > 0)
    const taken = new Map(known.map(([key, { pending }]) => [key, pending]))
    if (wanted.size === 0 && taken.size === 0) return
    const keys = [...new Set([...wanted.keys(), ...taken.keys()])].toSorted()
    const rows = await sql.query<{ key: string; points: number }>(
      `insert into rate_limit (key, points, expire)
       select x.key, x.points, $2::bigint from json_to_recordset($1::text::json) as x(key text, points int)
       on conflict (key) do update set points = rate_limit.points + excluded.points returning key, points`,
      [JSON.stringify(keys.map((key) => ({ key, points: taken.get(key) ?? 0 }))), now + 2 * DAY_MS],
    )
    const before = counts
    counts = new Map()
    for (const { key, points } of rows) {
      const was = before.get(key) ?? { known: 0, pending: 0, told: 0 }
      const one = { known: points, pending: was.pending - (taken.get(key) ?? 0), told: was.told }
      const cap = wanted.get(key)
      if (cap === undefined && one.pending <= 0) continue
      counts.set(key, one)
      if (cap !== undefined) tell(cap, one)
    }
    // What was taken meanwhile under another name: a new day, another cap.
    for (const [key, one] of before) if (!counts.has(key) && one.pending !== 0 && !taken.has(key)) counts.set(key, one)
  }

  function tell({ prefix, segmentsPerDay }: Limits['caps'][number], one: Count): void {
    const reached = ALERTS.find((share) => one.known >= segmentsPerDay * share) ?? 0
    if (reached <= one.told || segmentsPerDay === 0) return
    one.told = reached
    const sentence =
      reached === 1
        ? `The ${segmentsPerDay} segments that a day may send to ${prefix} have been sent: other texts there fail until midnight UTC.`
        : `${Math.round(reached * 100)} % of the ${segmentsPerDay} segments that a day may send to ${prefix} have been sent.`
    log('warn', sentence, { prefix })
  }

  const loop = startLoop(async () => {
    await follow()
    return COUNT_MS
  }, failed)

  return {
    async take(phone, segments) {
      await ready.promise
      if (rule === undefined) throw new Error('The limits are not known.')
      if (!rule.mayReach(phone)) throw refused('runtime/not-allowed', NOT_ALLOWED)
      const cap = rule.capOf(phone)
      if (cap === undefined) return () => {}
      const key = capKey(cap.prefix, clock.now())
      const one = counts.get(key) ?? { known: 0, pending: 0, told: 0 }
      counts.set(key, one)
      if (one.known + one.pending + segments > cap.segmentsPerDay) throw refused('runtime/over-cap', overCap(cap))
      one.pending += segments
      return () => {
        const now = counts.get(key)
        if (now !== undefined) now.pending -= segments
      }
    },
    refresh: follow,
    async stop() {
      await loop.stop()
      await following.catch(() => {})
      if (rule !== undefined) await count(rule.limits).catch(failed)
    },
  }
}

type CapOf = (phone: string) => Limits['caps'][number] | undefined

const NOT_ALLOWED =
  'The limits allow no texts to numbers that begin so. Add the prefix to the limits (PUT /api/v1/campaigns/limits).'

function overCap({ prefix, segmentsPerDay }: Limits['caps'][number]): string {
  return `The ${segmentsPerDay} segments that a day may send to ${prefix} have been sent. Raise the cap in the limits (PUT /api/v1/campaigns/limits), or send again tomorrow.`
}

function refused(code: HostCode, message: string): TransportError {
  return new TransportError(code, message, { retry: 'never' })
}
