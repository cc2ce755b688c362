import type { Json, MtState } from '@textloom/core'
import type { OutboxSource } from '../hot/types.ts'
import type { Sql } from '../sql.ts'

/** A text that came in, as lists show it. */
export interface MoRow {
  readonly direction: 'mo'
  /** UUIDv7. */
  readonly id: string
  readonly channel: string
  readonly phone: string
  readonly link: string | null
  /** When it was received, epoch milliseconds. */
  readonly at: number
  /** As `InboxWrite.body`. */
  readonly body: Json
  readonly outcome: string
  readonly runId: string | null
}

/** A text that left or is to leave, as lists show it. */
export interface MtRow {
  readonly direction: 'mt'
  /** UUIDv7. */
  readonly id: string
  readonly channel: string
  readonly phone: string
  readonly link: string | null
  /** When it was written, epoch milliseconds. */
  readonly at: number
  /** As `OutboxWrite.payload`. */
  readonly body: Json
  readonly status: MtState
  readonly source: OutboxSource
  readonly runId: string | null
  readonly segments: number
  readonly attempt: number
  readonly dueAt: number
  readonly sentAt: number | null
  readonly expiresAt: number | null
  readonly possibleDuplicate: boolean
  readonly error: { readonly code: string; readonly message?: string } | null
  /** Last receipt of each segment, by its number from 0. */
  readonly receipts: {
    readonly [segment: string]: { readonly state: string; readonly error?: string; readonly at: string }
  }
}

export type MessageRow = MoRow | MtRow

export interface MessageFilter {
  readonly phone?: string
  /** Those on one channel; `phone` is given too. */
  readonly channel?: string
  /** Nothing from this on, epoch milliseconds. */
  readonly until?: number
  /** Those of one conversation; `phone` is given too, since it leads to them. */
  readonly runId?: string
  readonly direction?: 'mo' | 'mt'
  /** Of MTs; leaves out every MO. */
  readonly status?: MtState
  /** Nothing before this, epoch milliseconds. */
  readonly since?: number
  readonly limit: number
  /** `nextCursor` of the page before. */
  readonly cursor?: string
}

/** One page, the newest first. */
export interface MessagePage {
  readonly items: readonly MessageRow[]
  /** For the next page; null after the last one. */
  readonly nextCursor: string | null
}

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`

const mo = `select id, 'mo' as direction, json_build_object('direction', 'mo', 'id', id, 'channel', channel,
  'phone', phone, 'link', link, 'at', ${ms('at')}, 'body', body, 'outcome', outcome, 'runId', run_id) as message
  from inbox where kind = 'mo'`

// A cancelled MT never left: what the API calls failed.
const mt = `select id, 'mt' as direction, json_build_object('direction', 'mt', 'id', id, 'channel', channel,
  'phone', phone, 'link', link, 'at', ${ms('created_at')}, 'body', payload,
  'status', case state when 'cancelled' then 'failed' else state end, 'source', source, 'runId', run_id,
  'segments', segments, 'attempt', attempt, 'dueAt', ${ms('due_at')}, 'sentAt', ${ms('sent_at')},
  'expiresAt', ${ms('expires_at')}, 'possibleDuplicate', possible_duplicate, 'error', error,
  'receipts', receipts) as message
  from outbox where kind = 'sms'`

/**
 * MOs and MTs together, the newest first. Ids are UUIDv7, so their order is the order of time and a page begins
 * where the one before ended, whatever arrived in between.
 */
export async function listMessages(sql: Sql, filter: MessageFilter): Promise<MessagePage> {
  const { phone, channel, runId, status, since, until, cursor, limit } = filter
  const direction = status === undefined ? filter.direction : 'mt'
  if (status !== undefined && filter.direction === 'mo') return { items: [], nextCursor: null }
  const narrowed = [
    ['phone', 'text', phone],
    ['run_id', 'uuid', runId],
    ['channel', 'text', channel],
  ].filter(([, , value]) => value !== undefined) as [string, string, string][]
  const range = [
    'id < $1::uuid',
    'id >= $2::uuid',
    ...narrowed.map(([column, type], index) => `${column} = $${index + 4}::${type}`),
  ].join(' and ')
  // Statuses are a closed set, so they may stand in the text, where partial indexes can be matched with them.
  const withStatus =
    status === undefined ? '' : ` and state ${status === 'failed' ? "in ('failed', 'cancelled')" : `= '${status}'`}`
  const parts = [
    ...(direction === 'mt' ? [] : [`(${mo} and ${range} order by id desc limit $3::int)`]),
    ...(direction === 'mo' ? [] : [`(${mt} and ${range}${withStatus} order by id desc limit $3::int)`]),
  ]
  const rows = await sql.query<{ id: string; message: MessageRow }>(
    `select id, message from (${parts.join(' union all ')}) as messages order by id desc limit $3::int`,
    // One more than asked for says whether there is another page.
    [
      cursor ?? (until === undefined ? LAST_ID : firstIdAt(until)),
      since === undefined ? FIRST_ID : firstIdAt(since),
      limit + 1,
      ...narrowed.map(([, , value]) => value),
    ],
  )
  const items = rows.slice(0, limit).map(({ message }) => message)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** One message by its id. */
export async function findMessage(sql: Sql, id: string): Promise<MessageRow | undefined> {
  const rows = await sql.query<{ message: MessageRow }>(
    `select message from (${mo} and id = $1::uuid union all ${mt} and id = $1::uuid) as messages`,
    [id],
  )
  return rows[0]?.message
}

const FIRST_ID = '00000000-0000-0000-0000-000000000000'
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** The least UUIDv7 of a millisecond: its first 48 bits are the time (RFC 9562 §5.7). */
function firstIdAt(at: number): string {
  const time = Math.max(0, Math.trunc(at)).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`
}
