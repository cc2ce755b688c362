import type { Sql } from '../sql.ts'
import type { OtherKind } from './http-outbox.ts'
import { outboxKeyColumns, outboxKeyRow } from './keys.ts'
import { lookedUp, recordset } from './recordset.ts'
import type { OutboxKey } from './types.ts'

const ofOutbox = Object.keys(outboxKeyColumns)
const known = recordset(1, 'x', outboxKeyColumns)

// They were claimed but never handed to anybody, so nothing can be doubled and the attempt did not happen.
const sms = `
update outbox o set state = 'queued', attempt = o.attempt - 1
where o.state = 'sending' and o.link = $2::text and o.epoch = $3::bigint
  and not exists (select 1 from ${known} where ${lookedUp('x', 'o', ofOutbox)})
returning 1`

const others = (kind: OtherKind) => `
update outbox o set state = 'queued', attempt = o.attempt - 1
from lease l
where o.kind = '${kind}' and o.state = 'sending' and l.resource = 'bucket:' || o.bucket and l.owner = $2::text
  and o.epoch = l.epoch
  and not exists (select 1 from ${known} where ${lookedUp('x', 'o', ofOutbox)})
returning 1`

/**
 * Queues MTs again that a claim took whose answer was lost: `inFlight` are all that this owner knows of. Returns how
 * many.
 */
export async function unclaimMts(
  sql: Sql,
  { link, epoch, inFlight }: { readonly link: string; readonly epoch: number; readonly inFlight: readonly OutboxKey[] },
): Promise<number> {
  return (await sql.query(sms, [JSON.stringify(inFlight.map(outboxKeyRow)), link, epoch])).length
}

/** As `unclaimMts`, for the HTTP requests of this owner's buckets. */
export async function unclaimHttp(
  sql: Sql,
  { owner, inFlight }: { readonly owner: string; readonly inFlight: readonly OutboxKey[] },
  kind: OtherKind = 'http',
): Promise<number> {
  return (await sql.query(others(kind), [JSON.stringify(inFlight.map(outboxKeyRow)), owner])).length
}
