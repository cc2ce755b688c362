import type { Clock } from '@textloom/core'
import type { Sql } from '../db/sql.ts'
import type { RoutingTable } from '../host/routing-table.ts'
import { type CampaignMember, campaignPage } from './audience.ts'
import { type Occurrence, ONLY, occurrenceOn, remindersOf } from './calendar/due.ts'
import { dateIn, instantAt, minutesOf, plusDays } from './calendar/local-time.ts'
import { daysOfRule } from './calendar/recurrence.ts'
import type { CampaignRow } from './campaigns.ts'
import { dropMoved, insertPlanned, type PlannedRow } from './recipients.ts'
import { type Limits, mayReach, type Rule } from './rules.ts'
import { variantFor } from './share.ts'
import { type Timing, timingOf } from './timing.ts'

export interface PlanDeps {
  readonly sql: Sql
  readonly clock: Clock
  readonly routing: Pick<RoutingTable, 'current'>
}

/** The rules that count for every campaign, as they are now. */
export interface Rules {
  readonly holidays: Rule<'holidays'>
  readonly limits: Limits
}

/** Who goes through how many contacts at once. */
const PAGE = 1_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Days begin in the east: UTC+14. */
const EAST = 'Etc/GMT-14'
/** Reminders of dates are planned so long before they are due, and looked at again so often. */
const DATES_AHEAD_MS = 2 * DAY_MS
const DATES_AGAIN_MS = 60_000

interface Round {
  readonly key: string
  readonly cursor: string | null
}

/**
 * Plans what there is to plan now, page by page and never more than one page in memory, for about `budgetMs`. Each page
 * and how far it leads are stored together, so that a process that dies goes on where it was.
 * @returns true when there is more to plan at once
 */
export async function planCampaign(
  row: CampaignRow,
  deps: PlanDeps,
  { rules, budgetMs }: { readonly rules: Rules; readonly budgetMs: number },
): Promise<boolean> {
  const { sql, clock } = deps
  await openRounds(row, deps)
  const until = performance.now() + budgetMs
  for (;;) {
    const [round] = await sql.query<Round>(
      `select key, cursor from campaign_occurrence
       where campaign = $1::uuid and not is_planned and plan_at <= $2::timestamptz order by plan_at, key limit 1`,
      [row.id, new Date(clock.now())],
    )
    if (round === undefined) return false
    await planPage(row, round, deps, rules)
    if (performance.now() >= until) return true
  }
}

/** Whether nothing will be planned any more. */
export async function isPlanned(row: CampaignRow, { sql, clock }: Pick<PlanDeps, 'sql' | 'clock'>): Promise<boolean> {
  const { schedule } = row.definition
  if (schedule.kind === 'relative') return false
  const [open] = await sql.query(
    'select 1 from campaign_occurrence where campaign = $1::uuid and not is_planned limit 1',
    [row.id],
  )
  if (open !== undefined) return false
  if (schedule.kind !== 'recurring') return true
  const after = plusDays(dateIn(clock.now(), EAST), 1)
  return daysOfRule(schedule.rule, schedule.from, { after, until: plusDays(after, 3_660), most: 1 }).length === 0
}

/** Writes down the rounds that there are to plan by now. */
async function openRounds(row: CampaignRow, { sql, clock }: PlanDeps): Promise<void> {
  const rounds = roundsOf(row, clock.now())
  await sql.query(
    `insert into campaign_occurrence (campaign, key, plan_at)
     select $1::uuid, x.key, x.plan_at from json_to_recordset($2::text::json) as x(key text, plan_at timestamptz)
     on conflict do nothing`,
    [row.id, JSON.stringify(rounds.map(({ key, planAt }) => ({ key, plan_at: new Date(planAt) })))],
  )
}

function roundsOf({ definition, startedAt }: CampaignRow, now: number): { key: string; planAt: number }[] {
  const { schedule, timezone } = definition
  const began = startedAt?.getTime() ?? now
  if (schedule.kind === 'relative') return [{ key: 'dates', planAt: began }]
  if (schedule.kind !== 'recurring') return [{ key: ONLY, planAt: began }]
  const { rule, from, time, clock } = schedule
  // A day is planned an hour before its time comes to whoever has it first.
  const planAt = (day: string) => instantAt(day, minutesOf(time), clock === 'contact' ? EAST : timezone) - HOUR_MS
  const after = plusDays(dateIn(Math.max(began, now - 2 * DAY_MS), 'UTC'), -1)
  const days = daysOfRule(rule, from, { after, until: plusDays(dateIn(now, EAST), 1) })
  return days.filter((day) => planAt(day) <= now).map((day) => ({ key: day, planAt: planAt(day) }))
}

async function planPage(row: CampaignRow, { key, cursor }: Round, deps: PlanDeps, rules: Rules): Promise<void> {
  const { sql, clock, routing } = deps
  const { id, definition } = row
  const route = routing.current.channels.get(definition.channel)
  const timing = timingOf(id, definition, { route, holidays: rules.holidays })
  const now = clock.now()
  const { members, next } = await campaignPage(sql, definition, {
    after: cursor ?? '',
    limit: PAGE,
    now,
    country: route?.country,
  })
  const isDates = definition.schedule.kind === 'relative'
  const mayGo = mayReach(rules.limits)
  const planned = members.map((member) => {
    const wanted = occurrencesFor(row, member, { timing, key, now })
    const rows = wanted.flatMap((one) => rowOf(row, member, one, { timing, mayGo, now }))
    return { rows, phone: member.phone, keys: wanted.map((one) => one.key) }
  })
  const isLast = next === null
  await sql.transaction(async (tx) => {
    await insertPlanned(
      tx,
      id,
      planned.flatMap(({ rows }) => rows),
    )
    if (isDates) {
      await dropMoved(tx, id, planned)
    }
    await tx.query(
      `update campaign_occurrence set cursor = $3::text, is_planned = $4::bool,
         plan_at = case when $5::bool then $6::timestamptz else plan_at end
       where campaign = $1::uuid and key = $2::text`,
      [id, key, next, isLast && !isDates, isLast && isDates, new Date(now + DATES_AGAIN_MS)],
    )
  })
}

function occurrencesFor(
  { definition, startedAt }: CampaignRow,
  member: CampaignMember,
  { timing, key, now }: { readonly timing: Timing; readonly key: string; readonly now: number },
): Occurrence[] {
  const { schedule, timezone } = definition
  const { clock } = timing.zonesOf(member)
  const began = startedAt?.getTime() ?? now
  if (schedule.kind === 'relative') {
    return remindersOf(member.fields[schedule.field], schedule.offsets, clock).filter(({ at }) => at >= began)
  }
  const one = occurrenceOn(schedule, { clock, campaignZone: timezone, startedAt: began, day: key })
  // A day's text whose time had gone by when the campaign began is not made up for.
  return schedule.kind === 'recurring' && one.at < began ? [] : [one]
}

function rowOf(
  { id, definition }: CampaignRow,
  { phone, timezone, refusal }: CampaignMember,
  occurrence: Occurrence,
  { timing, mayGo, now }: { readonly timing: Timing; readonly mayGo: (phone: string) => boolean; readonly now: number },
): PlannedRow[] {
  const isDates = definition.schedule.kind === 'relative'
  if (isDates && occurrence.at > now + DATES_AHEAD_MS) return []
  const zones = timing.zonesOf({ phone, timezone })
  const settled = timing.settle(occurrence, phone, zones, now)
  // Dates that are over are looked at again and again.
  if (isDates && 'skip' in settled && settled.skip === 'too-late') return []
  const skip = refusal ?? (mayGo(phone) ? ('skip' in settled ? settled.skip : null) : 'not-allowed')
  return [
    {
      phone,
      occurrence: occurrence.key,
      variant: variantFor(definition.content.variants, id, phone).id,
      dueAt: 'at' in settled ? settled.at : occurrence.at,
      beforeAt: occurrence.before ?? null,
      skip,
    },
  ]
}
