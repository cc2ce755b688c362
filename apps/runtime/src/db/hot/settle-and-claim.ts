import type { Json, MtState } from '@textloom/core'
import type { Sql } from '../sql.ts'
import { outboxKeyColumns, outboxKeyRow } from './keys.ts'
import { slotResource } from './leases.ts'
import type { EarlyReceipts } from './receipts.ts'
import { butOnlyIf, iso, isoOrNull, lookedUp, names, recordset, sameKey } from './recordset.ts'
import type { OutboxKey, OutboxSource } from './types.ts'

/** How an MT that was `sending` ended, for now or for good. */
export interface MtSettle extends OutboxKey {
  /** `queued`: try again at `dueAt`, and hold back what follows for that phone. */
  readonly state: Extract<MtState, 'sent' | 'failed' | 'expired' | 'queued' | 'unknown'>
  /** For `queued`: when to try again. */
  readonly dueAt: number | null
  /** For `sent`: the network's id per segment; an empty string where it gave none. */
  readonly providerIds: readonly string[]
  readonly sentAt: number | null
  /** For `sent`: when the network is asked what has become of it; absent for never. */
  readonly askAt?: number
  readonly error: { readonly code: string; readonly message: string } | null
  /** True when nobody can know whether this attempt arrived. */
  readonly possibleDuplicate: boolean
  /** How long the network took to answer; for figures, and stored nowhere. */
  readonly answeredMs?: number
  /** The event row to write with it; absent for none. */
  readonly event?: { readonly kind: string; readonly data: Json }
}

/** An MT handed to its link by this pass. */
export interface ClaimedMt extends OutboxKey {
  readonly id: string
  readonly source: OutboxSource
  readonly runId: string | null
  readonly segments: number
  readonly payload: Json
  readonly createdAt: number
  readonly expiresAt: number | null
  /** 1 for the first. */
  readonly attempt: number
  readonly possibleDuplicate: boolean
}

/** An MT that will not be sent: it expired, or its phone said STOP. */
export interface DroppedMt extends OutboxKey {
  readonly id: string
  readonly runId: string | null
  readonly reason: 'expired' | 'suppressed'
}

export interface SettleAndClaim {
  readonly link: string
  /** This owner's slot of the link, from 0, and how many there are. */
  readonly slot: number
  readonly slots: number
  readonly owner: string
  readonly epoch: number
  readonly settled: readonly MtSettle[]
  /** At most one send window. */
  readonly limit: number
  /**
   * How many segments may leave by now, by the link's own rate; absent for no limit. An MT goes whole: it is claimed
   * when those before it leave anything of the budget.
   */
  readonly budget?: number
  /** The same for channels with a rate of their own; a channel that is not here has no limit. */
  readonly budgets?: { readonly [channel: string]: number }
  readonly now: number
}

export interface Pass {
  /** False when the lease is another's by now: nothing was settled, nothing claimed. */
  readonly isOwner: boolean
  /** In the order in which they should leave. */
  readonly claimed: readonly ClaimedMt[]
  readonly dropped: readonly DroppedMt[]
  readonly earlyReceipts: readonly EarlyReceipts[]
}

const key = names(outboxKeyColumns)
const ofOutbox = Object.keys(outboxKeyColumns)
const settleColumns = {
  ...outboxKeyColumns,
  state: 'text',
  due_at: 'timestamptz',
  provider_ids: 'json',
  sent_at: 'timestamptz',
  ask_at: 'timestamptz',
  error: 'json',
  possible_duplicate: 'boolean',
  event_kind: 'text',
  event_data: 'json',
}
/** The order in which what is claimed should leave. */
const leaving = 'f.priority, f.due_at, f.rev, f.n'
const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`

/*
 * $1 settled · $2 link · $3 slot · $4 slots · $5 resource · $6 owner · $7 epoch · $8 now · $9 limit · $10 budgets of
 * channels · $11 budget of the link
 *
 * All CTEs see the same snapshot, in which what this pass settles is still `sending`: `settles` says what to overlook.
 * `mine` locks the lease, so that a take-over waits for this statement; it is asked only by rows to be written, so
 * that an idle pass writes nothing. `offset 0` keeps the planner from turning the look at a phone's other MTs into a
 * join, for which it would read all of them anew for each candidate while it takes the table for empty.
 */
const text = `
with mine as materialized (
  select epoch from lease where resource = $5::text and owner = $6::text and epoch = $7::bigint for share
),
settles as materialized (select * from ${recordset(1, 'x', settleColumns)}),
settled as (
  update outbox o set state = x.state, due_at = coalesce(x.due_at, o.due_at), error = x.error,
    provider_id = coalesce(x.provider_ids ->> 0, o.provider_id), sent_at = coalesce(x.sent_at, o.sent_at), ask_at = x.ask_at,
    possible_duplicate = o.possible_duplicate or x.possible_duplicate
  from settles x
  where ${lookedUp('o', 'x', ofOutbox)}
    and ${butOnlyIf(`o.state = 'sending' and o.epoch in (select epoch from mine where x.n >= 0)`)}
  returning ${ofOutbox.map((column) => `o.${column}`).join(', ')}, o.link, x.provider_ids,
    x.event_kind, x.event_data
),
recorded as (
  insert into event (${key}, at, kind, data)
  select ${key}, $8::timestamptz, event_kind, event_data from settled where event_kind is not null
),
named as (
  insert into receipt (link, provider_id, ${key}, segment, created_at)
  select distinct on (s.link, p.id) s.link, p.id, ${key}, p.segment - 1, $8::timestamptz
  from settled s cross join json_array_elements_text(s.provider_ids) with ordinality as p(id, segment)
  where p.id <> '' order by s.link, p.id, p.segment
  on conflict (link, provider_id) do update set ${[...ofOutbox, 'segment', 'created_at']
    .map((column) => `${column} = excluded.${column}`)
    .join(', ')}
  returning link, provider_id, ${key}, segment, unmatched
),
front as materialized (
  select ${key}, o.priority, o.due_at, o.segments, case
    when o.expires_at <= $8::timestamptz then 'expired'
    when not o.is_consent and exists (
      select 1 from suppression s where s.phone = o.phone and s.topic in ('', o.topic)) then 'suppressed'
    else 'claimed' end as fate
  from outbox o
  where o.state = 'queued' and o.link = $2::text and o.due_at <= $8::timestamptz
    and o.phone_hash % $4::int = $3::int
    and coalesce(($10::text::json ->> o.channel)::int, 1) > 0
    and not exists (
      select 1 from outbox e
      where e.phone_hash = o.phone_hash and e.state in ('queued', 'sending')
        and case
          when e.kind <> 'sms' or (e.bucket, e.channel, e.phone) <> (o.bucket, o.channel, o.phone) then false
          when e.state = 'sending' then not exists (
            select 1 from settles x where ${sameKey('x', 'e', ofOutbox)} and x.state <> 'queued')
          else (e.rev, e.n) < (o.rev, o.n) and (e.due_at <= $8::timestamptz or e.attempt > 0) end
      offset 0)
  order by o.priority, o.due_at limit $9::int
),
taken as (
  update outbox o set epoch = $7::bigint,
    state = case f.fate when 'claimed' then 'sending' when 'expired' then 'expired' else 'failed' end,
    attempt = o.attempt + (f.fate = 'claimed')::int,
    error = case f.fate when 'suppressed' then '{"code": "suppressed", "message": "The contact opted out."}'::json else o.error end
  from (
    select f.*,
      sum(f.segments) over (order by ${leaving} rows unbounded preceding) - f.segments as before,
      sum(f.segments) over (
        partition by f.channel order by ${leaving} rows unbounded preceding) - f.segments as before_on_channel
    from front f) f
  where ${lookedUp('o', 'f', ofOutbox)} and ${butOnlyIf(`o.state = 'queued'`)}
    and exists (select 1 from mine where f.n >= 0)
    and f.before < coalesce($11::int, f.before + 1)
    and f.before_on_channel < coalesce(($10::text::json ->> f.channel)::int, f.before_on_channel + 1)
  returning o.*, f.fate
),
recorded_drops as (
  insert into event (${key}, at, kind, data)
  select ${key}, $8::timestamptz, 'mt.failed', json_build_object('message', t.id, 'link', t.link, 'attempt', t.attempt,
    'state', t.state, 'code', t.fate) from taken t where t.fate <> 'claimed'
)
select
  exists (select 1 from lease where resource = $5::text and owner = $6::text and epoch = $7::bigint) as is_owner,
  (select json_agg(json_build_object(
      'channel', t.channel, 'phone', t.phone, 'rev', t.rev, 'n', t.n, 'id', t.id, 'source', t.source,
      'runId', t.run_id, 'segments', t.segments, 'payload', t.payload, 'createdAt', ${ms('t.created_at')},
      'expiresAt', ${ms('t.expires_at')}, 'attempt', t.attempt, 'possibleDuplicate', t.possible_duplicate)
    order by t.priority, t.due_at, t.rev, t.n)
    from taken t where t.fate = 'claimed') as claimed,
  (select json_agg(json_build_object(
      'channel', t.channel, 'phone', t.phone, 'rev', t.rev, 'n', t.n, 'id', t.id, 'runId', t.run_id, 'reason', t.fate))
    from taken t where t.fate <> 'claimed') as dropped,
  (select json_agg(json_build_object(
      'link', r.link, 'providerId', r.provider_id, 'channel', r.channel, 'phone', r.phone, 'rev', r.rev, 'n', r.n,
      'segment', r.segment, 'message', o.id, 'run', o.run_id, 'receipts', r.unmatched))
    from named r left join outbox o on ${lookedUp('o', 'r', ofOutbox)}
    where r.unmatched <> '[]') as early_receipts`

interface PassRow {
  readonly is_owner: boolean
  readonly claimed: readonly ClaimedMt[] | null
  readonly dropped: readonly DroppedMt[] | null
  readonly early_receipts: readonly EarlyReceipts[] | null
}

/**
 * One pass of a link's slot: records how the MTs in flight ended and claims the next ones in (priority, due) order.
 * A phone on a channel has at most one MT in flight, and its MTs leave in the order (rev, n); one that waits for
 * another try holds back those after it. Nothing happens unless the lease is still held under `epoch`.
 */
export async function settleAndClaim(sql: Sql, pass: SettleAndClaim): Promise<Pass> {
  const settled = pass.settled.map((settle) => ({
    ...outboxKeyRow(settle),
    state: settle.state,
    due_at: isoOrNull(settle.dueAt),
    provider_ids: settle.providerIds,
    sent_at: isoOrNull(settle.sentAt),
    ask_at: isoOrNull(settle.askAt ?? null),
    error: settle.error,
    possible_duplicate: settle.possibleDuplicate,
    event_kind: settle.event?.kind ?? null,
    event_data: settle.event?.data ?? null,
  }))
  const [row] = await sql.query<PassRow>(text, [
    JSON.stringify(settled),
    pass.link,
    pass.slot,
    pass.slots,
    slotResource(pass.link, pass.slot),
    pass.owner,
    pass.epoch,
    iso(pass.now),
    pass.limit,
    JSON.stringify(pass.budgets ?? {}),
    pass.budget ?? null,
  ])
  return {
    isOwner: row?.is_owner ?? false,
    claimed: row?.claimed ?? [],
    dropped: row?.dropped ?? [],
    earlyReceipts: row?.early_receipts ?? [],
  }
}
