import type { Sql } from '../sql.ts'
import { outboxKeyColumns } from './keys.ts'
import { iso, names } from './recordset.ts'

const key = names(outboxKeyColumns)

const text = `
with lapsed as (
  update outbox set state = 'expired'
  where state = 'queued' and expires_at <= $1::timestamptz
  returning ${key}, id, link, attempt
)
insert into event (${key}, at, kind, data)
select ${key}, $1::timestamptz, 'mt.failed', json_build_object('message', id, 'link', coalesce(link, ''),
  'attempt', attempt, 'state', 'expired', 'code', 'expired')
from lapsed
returning 1`

/**
 * Gives up the MTs whose time is over while they wait for a link that sends nothing; senders do so for their own.
 * Returns how many.
 */
export async function expireWaiting(sql: Sql, now: number): Promise<number> {
  return (await sql.query(text, [iso(now)])).length
}
