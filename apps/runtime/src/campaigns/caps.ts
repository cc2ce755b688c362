import type { Sql } from '../db/sql.ts'
import { capKey } from '../host/traffic-limits.ts'
import { type Limits, longestPrefix } from './rules.ts'

/** What campaigns may still send today, by the beginning of the number. */
export interface Caps {
  /** Takes segments for a number; false where its prefix has none left, and nothing is taken. */
  take(phone: string, segments: number): boolean
  /** Writes down what was taken. */
  keep(): Promise<void>
  /** When a new day begins, UTC. */
  readonly nextDayAt: number
}

const DAY_MS = 86_400_000

/**
 * Opens today's counts of the prefixes that have a cap: what campaigns have handed in, in table `rate_limit`, and gone two
 * days later. Where all that has left is more, that counts: so what has no room any more waits, and does not fail.
 */
export async function openCaps(sql: Sql, { caps }: Limits, now: number): Promise<Caps> {
  const day = new Date(now).toISOString().slice(0, 10)
  const dayAt = Date.parse(`${day}T00:00:00Z`)
  const keyOf = (prefix: string) => `campaign-cap:${prefix}:${day}`
  const rows =
    caps.length === 0
      ? []
      : await sql.query<{ key: string; points: number }>(
          'select key, points from rate_limit where key in (select json_array_elements_text($1::text::json))',
          [JSON.stringify(caps.flatMap(({ prefix }) => [keyOf(prefix), capKey(prefix, now)]))],
        )
  const used = new Map(rows.map(({ key, points }) => [key, points]))
  const taken = new Map<string, number>()
  const capOf = longestPrefix(caps)
  return {
    nextDayAt: dayAt + DAY_MS,
    take(phone, segments) {
      const cap = capOf(phone)
      if (cap === undefined) return true
      const key = keyOf(cap.prefix)
      const counted = Math.max(used.get(key) ?? 0, used.get(capKey(cap.prefix, now)) ?? 0)
      const before = counted + (taken.get(key) ?? 0)
      if (before + segments > cap.segmentsPerDay) return false
      taken.set(key, (taken.get(key) ?? 0) + segments)
      return true
    },
    async keep() {
      if (taken.size === 0) return
      const rows = [...taken].map(([key, points]) => ({ key, points }))
      await sql.query(
        `insert into rate_limit (key, points, expire)
         select x.key, x.points, $2::bigint from json_to_recordset($1::text::json) as x(key text, points int)
         on conflict (key) do update set points = rate_limit.points + excluded.points`,
        [JSON.stringify(rows), dayAt + 2 * DAY_MS],
      )
    },
  }
}
