import type { Sql } from '../sql.ts'
import type { SessionKey } from './types.ts'

/** A session with a timer that is due. */
export interface DueSession extends SessionKey {
  /** When its earliest timer was or is due, epoch milliseconds. */
  readonly nextDueAt: number
}

// `buckets` null = all: one process that owns everything need not name them.
const inBuckets = (placeholder: number) => `($${placeholder}::text is null
  or bucket in (select b::smallint from json_array_elements_text($${placeholder}::text::json) as b))`

const due = `
select channel, phone, next_due_at from session
where next_due_at <= $1::timestamptz and ${inBuckets(2)}
order by next_due_at limit $3::int`

/** Sessions with a timer due at `now`, the longest overdue first. */
export async function dueSessions(
  sql: Sql,
  request: { readonly buckets: readonly number[] | null; readonly now: number; readonly limit: number },
): Promise<DueSession[]> {
  const { buckets, now, limit } = request
  const rows = await sql.query<{ channel: string; phone: string; next_due_at: Date }>(due, [
    new Date(now),
    buckets && JSON.stringify(buckets),
    limit,
  ])
  return rows.map((row) => ({ channel: row.channel, phone: row.phone, nextDueAt: row.next_due_at.getTime() }))
}

const next = `
select next_due_at from session
where next_due_at is not null and ${inBuckets(1)}
order by next_due_at limit 1`

/** When the next timer is due, epoch milliseconds; null when none is set. */
export async function nextDueAt(sql: Sql, buckets: readonly number[] | null): Promise<number | null> {
  const rows = await sql.query<{ next_due_at: Date }>(next, [buckets && JSON.stringify(buckets)])
  return rows[0]?.next_due_at.getTime() ?? null
}
