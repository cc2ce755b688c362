import { type Clock, type Ids, parseDuration } from '@textloom/core'
import { segmentCount } from '@textloom/sms'
import type { Sql } from '../db/sql.ts'
import { storable, storableJson } from '../host/border.ts'
import type { ChannelRoute } from '../host/channel-route.ts'
import { type HostEvent, outcomeText } from '../host/incoming.ts'
import type { RoutingTable } from '../host/routing-table.ts'
import { recordedOutcome } from '../host/services/recorded-outcome.ts'
import type { Submit } from '../host/submit.ts'
import { ALERT_PRIORITY, PRIORITY } from '../host/turn/mt.ts'
import { topicOf } from './audience.ts'
import { remindersOf } from './calendar/due.ts'
import { isQuiet, nextAllowed } from './calendar/quiet-hours.ts'
import type { CampaignRow } from './campaigns.ts'
import { type Caps, openCaps } from './caps.ts'
import type { Rules } from './plan.ts'
import { type DueRow, dueRows, type Moved, recordMoved, type SkipReason } from './recipients.ts'
import { textFor } from './text-for.ts'
import { timingOf } from './timing.ts'

export interface SendDeps {
  readonly sql: Sql
  readonly clock: Clock
  readonly ids: Ids
  readonly routing: Pick<RoutingTable, 'current'>
  readonly submit: Submit
}

const MOST_SEGMENTS = 255
/** A contact who is busy is tried again so much later. */
const BUSY_AGAIN_MS = 5 * 60_000
/** What may wait in the outbox: seconds of the channel's speed, so that a pause is felt at once. */
const AHEAD_SECONDS = 5
const AHEAD_UNLIMITED = 2_000
const AHEAD_OF_ALERTS = 20_000

/**
 * Hands texts that are due to the one door, at most `most`. Each goes in under a name of its own, so that doing it again
 * after a crash sends nothing twice.
 * @returns how many were looked at
 * @throws StoreUnavailable when some could not be stored; those stay planned
 */
export async function sendDue(
  row: CampaignRow,
  deps: SendDeps,
  { rules, most }: { readonly rules: Rules; readonly most: number },
): Promise<number> {
  const { sql, clock, routing } = deps
  const route = routing.current.channels.get(row.definition.channel)
  // A channel that was taken away may come back.
  if (route === undefined) return 0
  const room = Math.min(most, await roomIn(sql, row, route))
  if (room <= 0) return 0
  const due = await dueRows(sql, row.id, clock.now(), room)
  if (due.length === 0) return 0
  const caps = await openCaps(sql, rules.limits, clock.now())
  const one = oneOf(row, route, deps, { rules, caps })
  const done = await Promise.allSettled(due.map(one))
  await caps.keep()
  const moved = done.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  await recordMoved(sql, row.id, moved, clock.now())
  const failed = done.find((result) => result.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  return due.length
}

/** The name of a text in the inbox. What was taken back and goes out again has another. */
function recipientKey(
  campaign: string,
  { phone, occurrence, attempt }: Pick<DueRow, 'phone' | 'occurrence' | 'attempt'>,
): string {
  return `campaign:${campaign}:${phone}:${occurrence}${attempt === 0 ? '' : `~${attempt}`}`
}

async function roomIn(
  sql: Sql,
  { definition }: CampaignRow,
  { links, messagesPerSecond }: ChannelRoute,
): Promise<number> {
  const isAlert = definition.alert !== undefined
  const ahead = isAlert
    ? AHEAD_OF_ALERTS
    : messagesPerSecond === undefined
      ? AHEAD_UNLIMITED
      : Math.max(20, Math.ceil(messagesPerSecond * AHEAD_SECONDS))
  const [row] = await sql.query<{ waiting: number }>(
    `select count(*)::int as waiting from (
       select 1 from outbox where state = 'queued' and link in (select json_array_elements_text($1::text::json))
         and priority = $2::smallint limit $3::int) x`,
    [JSON.stringify(links), priorityOf(isAlert), ahead],
  )
  return ahead - (row?.waiting ?? 0)
}

function priorityOf(isAlert: boolean): number {
  return isAlert ? ALERT_PRIORITY : PRIORITY.campaign
}

function oneOf(
  row: CampaignRow,
  route: ChannelRoute,
  deps: SendDeps,
  { rules, caps }: { readonly rules: Rules; readonly caps: Caps },
): (due: DueRow) => Promise<Moved> {
  const { clock, ids, submit, sql } = deps
  const { id, definition } = row
  const { content, channel, alert, whenBusy, schedule } = definition
  const timing = timingOf(id, definition, { route, holidays: rules.holidays })
  const expiryMs = parseDuration(definition.expiry)
  const topic = topicOf(definition)

  return async (due) => {
    const { phone, occurrence, attempt } = due
    const now = clock.now()
    const nothing = { phone, occurrence, attempt, reason: null, dueAt: null, messageId: null, runId: null }
    const skipped = (reason: SkipReason): Moved => ({ ...nothing, state: 'skipped', reason })
    const again = (dueAt: number, attempts = attempt): Moved => ({
      ...nothing,
      state: 'planned',
      dueAt,
      attempt: attempts,
    })

    const lastAt = Math.min(due.dueAt.getTime() + expiryMs, due.beforeAt?.getTime() ?? Number.POSITIVE_INFINITY)
    if (now >= lastAt) return skipped('too-late')
    const zones = timing.zonesOf(due)
    if (schedule.kind === 'relative') {
      const keys = remindersOf(due.fields[schedule.field], schedule.offsets, zones.clock).map(({ key }) => key)
      if (!keys.includes(occurrence)) return skipped('moved')
    }
    const quiet = timing.rulesFor(zones)
    if (isQuiet(now, zones.all, quiet)) {
      const next = nextAllowed(now, zones.all, quiet)
      return next === undefined || next >= lastAt ? skipped('quiet-hours') : again(next)
    }
    if (alert !== undefined && occurrence !== '1' && (await hasAnswered(sql, id, channel, phone))) {
      return skipped('answered')
    }

    const overCap = (): Moved => (caps.nextDayAt >= lastAt ? skipped('over-cap') : again(caps.nextDayAt))

    const messageId = recipientKey(id, due)
    const entering = { channel, phone, messageId, by: 'campaign' as const, requestedAt: now }
    if (content.kind === 'flow') {
      const flow = content.variants.find((one) => one.id === due.variant) ?? content.variants[0]
      if (flow === undefined) return skipped('flow')
      // What a flow says later, the replies decide: its first text counts.
      if (!caps.take(phone, 1)) return overCap()
      const params = storableJson(content.params) as typeof content.params
      const runId = ids.next()
      const event = {
        kind: 'start',
        ...entering,
        runId,
        flowId: flow.flow,
        params,
        onBusy: whenBusy,
        expiresAt: lastAt,
      } as const
      const { outcome, known } = await settled(event)
      if (outcome === 'started' || outcome === 'waiting') return { ...nothing, state: 'queued', runId: known ?? runId }
      if (outcome === 'ignored:no-flow') return skipped('flow')
      return skipped(outcome === 'ignored:opted-out' ? 'opted-out' : 'busy')
    }

    const variant = content.variants.find((one) => one.id === due.variant) ?? content.variants[0]
    const written = variant === undefined ? { problem: '' } : textFor(variant, due, { route, now })
    if ('problem' in written || segmentCount(written.text) > MOST_SEGMENTS) return skipped('text')
    if (!caps.take(phone, segmentCount(written.text))) return overCap()
    const mt = ids.next()
    const event = {
      kind: 'send',
      ...entering,
      id: mt,
      text: storable(written.text),
      priority: priorityOf(alert !== undefined),
      sendAt: now,
      expiresAt: Math.min(lastAt, now + route.validityMs),
      ...(topic !== '' && { topic }),
      ...(alert === undefined && { onBusy: whenBusy }),
    } as const
    const { outcome, known } = await settled(event)
    if (outcome === 'queued') return { ...nothing, state: 'queued', messageId: known ?? mt }
    if (outcome === 'ignored:opted-out') return skipped('opted-out')
    if (outcome !== 'ignored:busy' || whenBusy !== 'queue') return skipped('busy')
    const next = now + BUSY_AGAIN_MS
    return next >= lastAt ? skipped('busy') : again(next, attempt + 1)
  }

  /** What became of it, now or when it was first handed in. */
  async function settled(
    event: HostEvent & { readonly messageId: string },
  ): Promise<{ outcome: string; known: string | null }> {
    const outcome = await submit(event)
    if (outcome.status !== 'duplicate') return { outcome: outcomeText(outcome), known: null }
    const recorded = await recordedOutcome(sql, event)
    return { outcome: recorded?.outcome ?? 'ignored:busy', known: recorded?.id ?? null }
  }
}

async function hasAnswered(sql: Sql, campaign: string, channel: string, phone: string): Promise<boolean> {
  const [row] = await sql.query<{ answered: boolean }>(
    `select exists (
       select 1 from campaign_recipient r join inbox m on m.kind = 'mo' and m.phone = r.phone and m.id > r.message_id
         and m.channel = $3::text
       where r.campaign = $1::uuid and r.phone = $2::text and r.message_id is not null) as answered`,
    [campaign, phone, channel],
  )
  return row?.answered ?? false
}
