import { bucketOf } from '../db/bucket.ts'
import type { Sql } from '../db/sql.ts'
import { timeText } from './http/fields.ts'

/** Something that happened, as timelines show it. */
export interface Happening {
  readonly at: string
  readonly kind: string
  readonly data: unknown
}

interface EventRow {
  readonly at: Date
  readonly kind: string
  readonly data: unknown
}

const MOST = 1_000

/** What happened to one message, in order. `since`: when it was made, so that older partitions are left alone. */
export async function historyOfMessage(
  sql: Sql,
  { channel, phone, id, since }: { channel: string; phone: string; id: string; since: number },
): Promise<Happening[]> {
  const rows = await sql.query<EventRow>(
    `select at, kind, data from event
     where bucket = $1::smallint and channel = $2::text and phone = $3::text and at >= $4::timestamptz
       and (data ->> 'message' = $5::text or data ->> 'inReplyTo' = $5::text)
     order by at, rev, n limit ${MOST}`,
    [bucketOf(channel, phone), channel, phone, new Date(since - CLOCK_SLACK_MS), id],
  )
  return rows.map(shown)
}

/** What happened in one session, in order; of very long ones the end. */
export async function historyOfSession(
  sql: Sql,
  { channel, phone, id, since }: { channel: string; phone: string; id: string; since: number },
): Promise<Happening[]> {
  const rows = await sql.query<EventRow>(
    `select at, kind, data from event
     where bucket = $1::smallint and channel = $2::text and phone = $3::text and at >= $4::timestamptz
       and data ->> 'run' = $5::text
     order by at desc, rev desc, n desc limit ${MOST}`,
    [bucketOf(channel, phone), channel, phone, new Date(since - CLOCK_SLACK_MS), id],
  )
  return rows.reverse().map(shown)
}

/** Rows of one batch may have times of before and after each other by the clocks of two processes. */
const CLOCK_SLACK_MS = 60_000

function shown({ at, kind, data }: EventRow): Happening {
  return { at: timeText(at), kind, data }
}
