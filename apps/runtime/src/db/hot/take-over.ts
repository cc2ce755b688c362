import type { Sql } from '../sql.ts'
import type { OtherKind } from './http-outbox.ts'
import { slotResource } from './leases.ts'
import { iso } from './recordset.ts'
import type { OutboxKey } from './types.ts'

export interface TakeOverSlot {
  readonly link: string
  readonly slot: number
  readonly slots: number
  readonly owner: string
  readonly epoch: number
  /** What to do with MTs that may or may not have left: send them again, or hold them as `unknown`. */
  readonly policy: 'resend' | 'hold'
  readonly now: number
}

/** An MT whose fate an earlier owner did not record. */
export interface TakenOverMt extends OutboxKey {
  readonly id: string
  readonly runId: string | null
}

const slot = `
update outbox o set state = case when $6::boolean then 'queued' else 'unknown' end, possible_duplicate = true,
  due_at = case when $6::boolean then $7::timestamptz else o.due_at end
where o.state = 'sending' and o.link = $1::text and o.phone_hash % $3::int = $2::int
  and o.epoch < $4::bigint
  and exists (select 1 from lease where resource = $8::text and owner = $5::text and epoch = $4::bigint for share)
returning o.channel, o.phone, o.rev, o.n, o.id, o.run_id as "runId"`

/**
 * Deals with what earlier owners of a slot left `sending`; to be called once after its lease was taken, before the
 * first pass. All of it is marked `possibleDuplicate`.
 */
export function takeOverSlot(sql: Sql, request: TakeOverSlot): Promise<TakenOverMt[]> {
  const { link, slots, epoch, owner, policy, now } = request
  return sql.query<TakenOverMt>(slot, [
    link,
    request.slot,
    slots,
    epoch,
    owner,
    policy === 'resend',
    iso(now),
    slotResource(link, request.slot),
  ])
}

const others = (kind: OtherKind) => `
update outbox o set state = 'queued', possible_duplicate = true, due_at = $2::timestamptz
from lease l
where o.kind = '${kind}' and o.state = 'sending' and l.resource = 'bucket:' || o.bucket and l.owner = $1::text
  and o.epoch < l.epoch
returning 1`

/**
 * Queues the HTTP requests again that earlier owners of this owner's buckets left unanswered; their
 * `Idempotency-Key` is the same. Returns how many.
 */
export async function takeOverHttp(
  sql: Sql,
  request: { readonly owner: string; readonly now: number },
  kind: OtherKind = 'http',
): Promise<number> {
  return (await sql.query(others(kind), [request.owner, iso(request.now)])).length
}
