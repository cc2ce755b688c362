import type { Json } from '@textloom/core'
import type { Sql } from '../sql.ts'
import { sessionKeyRow } from './keys.ts'
import type { PendingStartWrite, SessionKey } from './types.ts'

/** A row of `pending_start`. */
export interface PendingStartRow {
  readonly channel: string
  readonly phone: string
  readonly id: string
  readonly flow_id: string
  readonly params: Json
  readonly source: string
  readonly node: string | null
  readonly text: string | null
  readonly message: string | null
  readonly requested_at: Date
  readonly expires_at: Date
}

const text = `
select channel, phone, id, flow_id, params, source, node, text, message, requested_at, expires_at from pending_start
where bucket = $1::smallint and channel = $2::text and phone = $3::text order by requested_at, id`

/** The starts that wait for this phone's conversation to end, the oldest first; expired ones among them. */
export async function loadPendingStarts(sql: Sql, key: SessionKey): Promise<PendingStartWrite[]> {
  const { bucket, channel, phone } = sessionKeyRow(key)
  return (await sql.query<PendingStartRow>(text, [bucket, channel, phone])).map(pendingStartOf)
}

/** The row as the host reads it. */
export function pendingStartOf(row: PendingStartRow): PendingStartWrite {
  return {
    channel: row.channel,
    phone: row.phone,
    id: row.id,
    flowId: row.flow_id,
    params: row.params,
    source: row.source,
    node: row.node,
    text: row.text,
    message: row.message,
    requestedAt: row.requested_at.getTime(),
    expiresAt: row.expires_at.getTime(),
  }
}
