import type { Sql } from '../sql.ts'
import { type PendingStartRow, pendingStartOf } from './pending-starts.ts'
import type { PendingStartWrite } from './types.ts'

const text = `
select p.channel, p.phone, p.id, p.flow_id, p.params, p.source, p.node, p.text, p.message, p.requested_at, p.expires_at
from pending_start p
left join session s on s.bucket = p.bucket and s.channel = p.channel and s.phone = p.phone
where s.state is null or p.expires_at <= $1::timestamptz
order by p.requested_at, p.id limit $2::int`

/** Waiting starts whose phone is free although nobody began them, and those that lapsed; the oldest first. */
export async function idleStarts(
  sql: Sql,
  { now, limit }: { readonly now: number; readonly limit: number },
): Promise<PendingStartWrite[]> {
  return (await sql.query<PendingStartRow>(text, [new Date(now), limit])).map(pendingStartOf)
}
