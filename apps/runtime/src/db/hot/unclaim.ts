import type { Sql } from '../sql.ts'
import type { OtherKind } from './http-outbox.ts'
import { outboxKeyColumns, outboxKeyRow } from './keys.ts'
import { slotResource } from './leases.ts'
import { lookedUp, recordset } from './recordset.ts'
import type { OutboxKey } from './types.ts'

const ofOutbox = Object.keys(outboxKeyColumns)
const known = recordset(1, 'x', outboxKeyColumns)

// They were claimed but never handed to anybody, so nothing can be doubled and the attempt did not happen.
const sms = `
update outbox o set state = 'queued', attempt = o.attempt - 1
where o.state = 'sending' and o.link = $2::text and o.epoch = $3::bigint
  and exists (select 1 from lease where resource = $4::text and owner = $5::text and epoch = $3::bigint for share)
  and not exists (select 1 from ${known} where ${lookedUp('x', 'o', ofOutbox)})
returning 1`

const others = (kind: OtherKind) => `
update outbox o set state = 'queued', attempt = o.attempt - 1
from lease l
where o.kind = '${kind}' and o.state = 'sending' and l.resource = 'bucket:' || o.bucket and l.owner = $2::text
  and o.epoch = l.epoch
  and not exists (select 1 from ${known} where ${lookedUp('x', 'o', ofOutbox)})
returning 1`

/** MTs that the owner of a link may have claimed without being told. */
export interface UnclaimMts {
  readonly link: string
  readonly slot: number
  readonly owner: string
  readonly epoch: number
  /** All that this owner knows of. */
  readonly inFlight: readonly OutboxKey[]
}

/** Queues MTs again that a claim took whose answer was lost, while the lease is held. Returns how many. */
export async function unclaimMts(sql: Sql, { link, slot, owner, epoch, inFlight }: UnclaimMts): Promise<number> {
  const known = JSON.stringify(inFlight.map(outboxKeyRow))
  return (await sql.query(sms, [known, link, epoch, slotResource(link, slot), owner])).length
}

/** As `unclaimMts`, for the HTTP requests of this owner's buckets. */
export async function unclaimHttp(
  sql: Sql,
  { owner, inFlight }: { readonly owner: string; readonly inFlight: readonly OutboxKey[] },
  kind: OtherKind = 'http',
): Promise<number> {
  return (await sql.query(others(kind), [JSON.stringify(inFlight.map(outboxKeyRow)), owner])).length
}
