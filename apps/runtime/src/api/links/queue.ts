import type { Sql } from '../../db/sql.ts'

/** What waits to leave by a link. */
export interface Queue {
  /** Up to `MOST`: that many or more. */
  readonly queued: number
  /** Since when the one has waited that should leave next; null for none, or none that is due. */
  readonly oldestDueAt: Date | null
}

/** A queue of a million is not worth counting to its end every few seconds. */
export const MOST = 100_000

export async function queueOf(sql: Sql, link: string, now: number): Promise<Queue> {
  const [row] = await sql.query<{ queued: number; oldest: Date | null }>(
    `select count(*)::int as queued, min(due_at) filter (where due_at <= $2::timestamptz) as oldest
     from (select due_at from outbox where kind = 'sms' and state = 'queued' and link = $1::text limit ${MOST}) as waiting`,
    [link, new Date(now)],
  )
  return { queued: row?.queued ?? 0, oldestDueAt: row?.oldest ?? null }
}
