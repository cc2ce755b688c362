import type { Sql } from '../db/sql.ts'
import type { Member } from './audience.ts'

export const recipientStates = [
  'planned',
  'queued',
  'sent',
  'delivered',
  'failed',
  'expired',
  'unknown',
  'skipped',
  'cancelled',
] as const

export type RecipientState = (typeof recipientStates)[number]

/** Why somebody gets nothing. */
export type SkipReason =
  | 'opted-out'
  | 'no-consent'
  | 'not-allowed'
  | 'over-cap'
  | 'bad-number'
  | 'quiet-hours'
  | 'too-late'
  | 'busy'
  | 'text'
  | 'moved'
  | 'answered'
  | 'flow'

/** A text as it is planned, or skipped at once. */
export interface PlannedRow {
  readonly phone: string
  readonly occurrence: string
  readonly variant: string
  readonly dueAt: number
  readonly beforeAt: number | null
  readonly skip: SkipReason | null
}

const plannedColumns = 'phone text, occurrence text, variant text, due_at timestamptz, before_at timestamptz, skip text'

/*
 * A reminder that was dropped because its date had moved is wanted again when the date moves back: nothing was sent
 * under its id.
 */
const plan = `
insert into campaign_recipient (campaign, phone, occurrence, variant, state, reason, due_at, before_at)
select $1::uuid, x.phone, x.occurrence, x.variant, case when x.skip is null then 'planned' else 'skipped' end, x.skip,
  x.due_at, x.before_at
from json_to_recordset($2::text::json) as x(${plannedColumns})
on conflict (campaign, phone, occurrence) do update
  set state = excluded.state, reason = excluded.reason, due_at = excluded.due_at, before_at = excluded.before_at
  where campaign_recipient.state = 'skipped' and campaign_recipient.reason = 'moved' and excluded.state = 'planned'`

/** Adds rows that are not there yet. */
export async function insertPlanned(tx: Sql, campaign: string, rows: readonly PlannedRow[]): Promise<void> {
  if (rows.length === 0) return
  const list = rows.map(({ phone, occurrence, variant, dueAt, beforeAt, skip }) => ({
    phone,
    occurrence,
    variant,
    due_at: new Date(dueAt),
    before_at: beforeAt === null ? null : new Date(beforeAt),
    skip,
  }))
  await tx.query(plan, [campaign, JSON.stringify(list)])
}

/** A text that is due, with what is known of the contact now. */
export interface DueRow extends Member {
  readonly occurrence: string
  readonly variant: string
  readonly attempt: number
  readonly dueAt: Date
  readonly beforeAt: Date | null
}

const due = `
select r.phone, r.occurrence, r.variant, r.attempt, r.due_at as "dueAt", r.before_at as "beforeAt",
  c.name, c.language, c.timezone, coalesce(c.fields, '{}') as fields,
  (select coalesce(json_agg(m.group_id order by m.group_id), '[]') from group_member m where m.phone = r.phone) as groups
from campaign_recipient r left join contact c on c.phone = r.phone
where r.campaign = $1::uuid and r.state = 'planned' and r.due_at <= $2::timestamptz
order by r.due_at, r.phone limit $3::int`

/** Texts that are due, those that wait longest first. */
export function dueRows(sql: Sql, campaign: string, now: number, limit: number): Promise<DueRow[]> {
  return sql.query<DueRow>(due, [campaign, new Date(now), limit])
}

/** When the next text is due; undefined when none is planned. */
export async function nextDue(sql: Sql, campaign: string): Promise<number | undefined> {
  const [row] = await sql.query<{ due_at: Date }>(
    `select due_at from campaign_recipient where campaign = $1::uuid and state = 'planned' order by due_at, phone limit 1`,
    [campaign],
  )
  return row?.due_at.getTime()
}

/** What became of a text that was due. */
export interface Moved {
  readonly phone: string
  readonly occurrence: string
  /** `planned`: again, at `dueAt`. */
  readonly state: 'queued' | 'skipped' | 'failed' | 'planned'
  readonly reason: SkipReason | null
  readonly dueAt: number | null
  readonly attempt: number
  readonly messageId: string | null
  readonly runId: string | null
}

const movedColumns =
  'phone text, occurrence text, state text, reason text, due_at timestamptz, attempt int, message_id uuid, run_id uuid'

const move = `
update campaign_recipient r set state = x.state, reason = x.reason, due_at = coalesce(x.due_at, r.due_at),
  attempt = x.attempt, message_id = coalesce(x.message_id, r.message_id), run_id = coalesce(x.run_id, r.run_id),
  queued_at = case when x.state = 'queued' then $3::timestamptz else r.queued_at end, is_open = x.state = 'queued'
from json_to_recordset($2::text::json) as x(${movedColumns})
where r.campaign = $1::uuid and r.phone = x.phone and r.occurrence = x.occurrence and r.state = 'planned'`

/** Records what became of texts that were due. */
export async function recordMoved(sql: Sql, campaign: string, moved: readonly Moved[], now: number): Promise<void> {
  if (moved.length === 0) return
  const rows = moved.map(({ phone, occurrence, state, reason, dueAt, attempt, messageId, runId }) => ({
    phone,
    occurrence,
    state,
    reason,
    due_at: dueAt === null ? null : new Date(dueAt),
    attempt,
    message_id: messageId,
    run_id: runId,
  }))
  await sql.query(move, [campaign, JSON.stringify(rows), new Date(now)])
}

/** Reminders of dates that a contact has no more: nothing is sent of them. */
export async function dropMoved(
  sql: Sql,
  campaign: string,
  kept: readonly { readonly phone: string; readonly keys: readonly string[] }[],
): Promise<void> {
  if (kept.length === 0) return
  await sql.query(
    `update campaign_recipient r set state = 'skipped', reason = 'moved'
     from json_to_recordset($2::text::json) as x(phone text, keys json)
     where r.campaign = $1::uuid and r.phone = x.phone and r.state = 'planned'
       and r.occurrence not in (select json_array_elements_text(x.keys))`,
    [campaign, JSON.stringify(kept.map(({ phone, keys }) => ({ phone, keys })))],
  )
}

/** Whatever has not left by now never does. */
export async function cancelPlanned(tx: Sql, campaign: string): Promise<void> {
  await tx.query(`update campaign_recipient set state = 'cancelled' where campaign = $1::uuid and state = 'planned'`, [
    campaign,
  ])
}

// A claim and this meet at the row: whoever is first has it. What was tried already may have left.
const takeBack = `
with mine as materialized (
  select r.phone, r.occurrence, r.message_id from campaign_recipient r
  where r.campaign = $1::uuid and r.is_open and r.state = 'queued' and r.message_id is not null
)
update outbox o set state = 'cancelled',
  error = '{"code":"runtime/taken-back","message":"The campaign was paused or cancelled before it left."}'
from mine where o.id = mine.message_id and o.kind = 'sms' and o.state = 'queued' and o.attempt = 0`

const replan = `
update campaign_recipient r set state = 'planned', attempt = r.attempt + 1, message_id = null, queued_at = null,
  is_open = false
from outbox o
where r.campaign = $1::uuid and r.is_open and r.state = 'queued' and o.id = r.message_id and o.kind = 'sms'
  and o.state = 'cancelled' and o.error ->> 'code' = 'runtime/taken-back'`

/** Takes back what is in the outbox and has not left: it is planned again, under another id. */
export async function takeBackQueued(sql: Sql, campaign: string): Promise<void> {
  await sql.query(takeBack, [campaign])
  await sql.query(replan, [campaign])
}

/** A text of a campaign, for lists and files. */
export interface RecipientRow {
  readonly phone: string
  readonly name: string | null
  readonly occurrence: string
  readonly variant: string
  readonly state: RecipientState
  readonly reason: string | null
  readonly dueAt: Date
  readonly messageId: string | null
  readonly runId: string | null
  readonly queuedAt: Date | null
  readonly sentAt: Date | null
  readonly deliveredAt: Date | null
  readonly repliedAt: Date | null
  readonly optedOutAt: Date | null
  readonly possibleDuplicate: boolean
}

/** Who a list is narrowed to: one state, who answered, or who said nothing. */
export type RecipientFilter = RecipientState | 'replied' | 'opted-out' | 'silent'

const listed = `
select r.phone, c.name, r.occurrence, r.variant, r.state, r.reason, r.due_at as "dueAt", r.message_id as "messageId",
  r.run_id as "runId", r.queued_at as "queuedAt", r.sent_at as "sentAt", r.delivered_at as "deliveredAt",
  r.replied_at as "repliedAt", r.opted_out_at as "optedOutAt", r.possible_duplicate as "possibleDuplicate"
from campaign_recipient r left join contact c on c.phone = r.phone
where r.campaign = $1::uuid and (r.phone, r.occurrence) > ($2::text, $3::text)`

const filters: { readonly [filter in 'replied' | 'opted-out' | 'silent']: string } = {
  replied: 'r.replied_at is not null',
  'opted-out': 'r.opted_out_at is not null',
  silent: `r.queued_at is not null and r.opted_out_at is null and not exists (
    select 1 from campaign_recipient a where a.campaign = r.campaign and a.phone = r.phone and
      (a.replied_at is not null or a.occurrence > r.occurrence and a.queued_at is not null))`,
}

/** Texts of a campaign in the order of phones, from the one after `after`. */
export async function listRecipients(
  sql: Sql,
  campaign: string,
  {
    after,
    filter,
    limit,
  }: {
    readonly after?: { readonly phone: string; readonly occurrence: string } | undefined
    readonly filter?: RecipientFilter | undefined
    readonly limit: number
  },
): Promise<RecipientRow[]> {
  const isState = recipientStates.some((state) => state === filter)
  const where =
    filter === undefined ? '' : isState ? 'and r.state = $5::text' : `and ${filters[filter as keyof typeof filters]}`
  const params = [campaign, after?.phone ?? '', after?.occurrence ?? '', limit]
  return sql.query<RecipientRow>(
    `${listed} ${where} order by r.phone, r.occurrence limit $4::int`,
    isState && filter !== undefined ? [...params, filter] : params,
  )
}
