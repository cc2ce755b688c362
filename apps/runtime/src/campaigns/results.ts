import type { Sql } from '../db/sql.ts'

/** Where a look through open recipients goes on. */
export interface Place {
  readonly phone: string
  readonly occurrence: string
}

/** Replies within so many hours count as replies to a text. */
const REPLY_HOURS = 72

/*
 * $1 campaign · $2 $3 after · $4 limit · $5 now
 *
 * Ids are UUIDv7, so what has a greater id than an MT or a run came after it. A flow's text is the first that its run
 * wrote. What was taken back by a pause is still `queued` here: it is planned again by the pause itself.
 */
const refresh = `
with page as materialized (
  select r.phone, r.occurrence, r.message_id, r.run_id, r.state, r.queued_at, c.channel,
    coalesce(c.definition -> 'content' ->> 'topic', '') as topic
  from campaign_recipient r join campaign c on c.id = r.campaign
  where r.campaign = $1::uuid and r.is_open and (r.phone, r.occurrence) > ($2::text, $3::text)
  order by r.phone, r.occurrence limit $4::int
),
seen as (
  select p.phone, p.occurrence, p.queued_at, p.state as before, o.state as mt, o.sent_at, o.error ->> 'code' as code,
    o.possible_duplicate, o.delivered_at, run.outcome, run.failure ->> 'code' as failure,
    (select m.at from inbox m where m.kind = 'mo' and m.phone = p.phone and m.id > coalesce(p.message_id, p.run_id)
       and m.channel = p.channel and m.outcome <> 'keyword:stop'
       and m.at < p.queued_at + make_interval(hours => ${REPLY_HOURS}) order by m.id limit 1) as replied_at,
    (select min(s.at) from suppression s where s.phone = p.phone and s.topic in ('', p.topic) and s.at >= p.queued_at)
      as opted_out_at
  from page p
  left join lateral (
    select state, sent_at, error, possible_duplicate,
      (select max((x.value ->> 'at')::timestamptz) from jsonb_each(receipts) x where x.value ->> 'state' = 'delivered') as delivered_at
    from outbox where kind = 'sms' and id = p.message_id
    union all
    (select state, sent_at, error, possible_duplicate,
      (select max((x.value ->> 'at')::timestamptz) from jsonb_each(receipts) x where x.value ->> 'state' = 'delivered')
    from outbox where kind = 'sms' and p.message_id is null and phone = p.phone and id > p.run_id and run_id = p.run_id
    order by id limit 1)
  ) o on true
  left join lateral (select outcome, failure from run where p.run_id is not null and run.id = p.run_id limit 1) run on true
),
news as (
  select phone, occurrence, replied_at, opted_out_at, possible_duplicate,
    case when mt in ('sent', 'delivered', 'failed', 'expired', 'unknown') then sent_at end as sent_at,
    case when mt = 'delivered' then coalesce(delivered_at, sent_at) end as delivered_at,
    case
      when mt = 'failed' and code = 'suppressed' then 'skipped'
      when mt in ('sent', 'delivered', 'failed', 'expired', 'unknown') then mt
      when mt = 'cancelled' and code <> 'runtime/taken-back' then 'cancelled'
      when mt is null and outcome = 'failed' then 'failed'
      else before end as state,
    case
      when mt = 'failed' and code = 'suppressed' then 'opted-out'
      when mt = 'failed' then coalesce(code, 'network')
      when mt is null and outcome = 'failed' then coalesce(failure, 'flow') end as reason,
    queued_at
  from seen
),
written as (
  update campaign_recipient r set state = n.state, reason = n.reason, sent_at = coalesce(n.sent_at, r.sent_at),
    delivered_at = coalesce(n.delivered_at, r.delivered_at), replied_at = coalesce(n.replied_at, r.replied_at),
    opted_out_at = coalesce(n.opted_out_at, r.opted_out_at),
    possible_duplicate = r.possible_duplicate or coalesce(n.possible_duplicate, false),
    is_open = n.state in ('queued', 'sent', 'delivered', 'unknown') and $5::timestamptz < n.queued_at
      + make_interval(hours => ${REPLY_HOURS}) and not (n.state = 'delivered' and (n.replied_at is not null or n.opted_out_at is not null))
  from news n
  where r.campaign = $1::uuid and r.phone = n.phone and r.occurrence = n.occurrence and r.is_open
    and (r.state, r.sent_at is null, r.delivered_at is null, r.replied_at is null, r.opted_out_at is null)
      is distinct from (n.state, n.sent_at is null, n.delivered_at is null, n.replied_at is null, n.opted_out_at is null)
    or r.campaign = $1::uuid and r.phone = n.phone and r.occurrence = n.occurrence and r.is_open
      and $5::timestamptz >= n.queued_at + make_interval(hours => ${REPLY_HOURS})
  returning 1
)
select (select count(*)::int from page) as looked, (select count(*)::int from written) as changed,
  (select phone from page order by phone desc, occurrence desc limit 1) as phone,
  (select occurrence from page order by phone desc, occurrence desc limit 1) as occurrence`

/** What one look found. */
export interface Refreshed {
  readonly changed: number
  /** Where the next look goes on; null after the last. */
  readonly next: Place | null
}

/** Looks what became of a page of a campaign's texts, and writes it down with them. */
export async function refreshResults(
  sql: Sql,
  campaign: string,
  { after, limit, now }: { readonly after: Place | null; readonly limit: number; readonly now: number },
): Promise<Refreshed> {
  const [row] = await sql.query<{ looked: number; changed: number; phone: string | null; occurrence: string | null }>(
    refresh,
    [campaign, after?.phone ?? '', after?.occurrence ?? '', limit, new Date(now)],
  )
  const { looked = 0, changed = 0, phone = null, occurrence = null } = row ?? {}
  return { changed, next: looked < limit || phone === null || occurrence === null ? null : { phone, occurrence } }
}

/** How many texts there are of each kind, by variant. */
export interface Tally {
  readonly variant: string
  readonly state: string
  readonly reason: string | null
  readonly count: number
  readonly sent: number
  readonly delivered: number
  readonly replied: number
  readonly optedOut: number
  readonly possibleDuplicates: number
}

/** Counts a campaign's texts. */
export function tallies(sql: Sql, campaign: string): Promise<Tally[]> {
  return sql.query<Tally>(
    `select variant, state, reason, count(*)::int as count, count(sent_at)::int as sent,
       count(delivered_at)::int as delivered, count(replied_at)::int as replied, count(opted_out_at)::int as "optedOut",
       (count(*) filter (where possible_duplicate))::int as "possibleDuplicates"
     from campaign_recipient where campaign = $1::uuid group by variant, state, reason order by variant, state, reason`,
    [campaign],
  )
}
