import { createHash } from 'node:crypto'
import type { NodeRegistry } from '@textloom/core'
import { flowCosts } from '@textloom/engine'
import { isGsm7, segmentCount } from '@textloom/sms'
import type { ChannelRoute } from '../host/channel-route.ts'
import { publishedDocument } from '../host/machines.ts'
import { type CampaignMember, type CampaignPage, campaignPage } from './audience.ts'
import { type Occurrence, occurrenceOn, remindersOf } from './calendar/due.ts'
import { dateIn } from './calendar/local-time.ts'
import { daysOfRule } from './calendar/recurrence.ts'
import type { Campaign } from './campaign-schema.ts'
import type { CampaignRow } from './campaigns.ts'
import type { CheckResult } from './check-result.ts'
import type { PlanDeps } from './plan.ts'
import { loadRule, longestPrefix, mayReach } from './rules.ts'
import { variantFor } from './share.ts'
import { textFor } from './text-for.ts'
import { timingOf } from './timing.ts'

export interface CheckDeps extends PlanDeps {
  readonly nodes: NodeRegistry
  /** `dailyQuota` of a channel. */
  quotaOf(channel: string): Promise<number | undefined>
}

const PAGE = 1_000
/** Texts that are written out one by one; beyond, the rest counts as these do. */
const MOST_WRITTEN = 100_000

/** Goes through everybody a campaign is for, and tells what would go out. Nothing is stored. */
export async function checkCampaign(row: CampaignRow, deps: CheckDeps): Promise<CheckResult> {
  const { sql, clock, routing } = deps
  const { id, definition, etag } = row
  const { content, channel } = definition
  const [prices, holidays, limits] = await Promise.all([
    loadRule(sql, 'prices'),
    loadRule(sql, 'holidays'),
    loadRule(sql, 'limits'),
  ])
  const route = routing.current.channels.get(channel)
  const timing = timingOf(id, definition, { route, holidays })
  const mayGo = mayReach(limits)
  const priceOf = longestPrefix(prices.prices)
  const now = clock.now()
  const flows = await flowsOf(definition, deps)
  const digest = digester(etag)
  const found = counters()

  let written = 0
  for (let after: string | null = ''; after !== null; ) {
    const page: CampaignPage = await campaignPage(sql, definition, { after, limit: PAGE, now, country: route?.country })
    for (const member of page.members) look(member)
    after = page.next
  }

  function look(member: CampaignMember): void {
    const { phone } = member
    const exclusion = member.refusal ?? (mayGo(phone) ? undefined : 'not-allowed')
    digest.add(phone, exclusion)
    const leftOut = exclusion ?? leaving(member)
    if (leftOut !== undefined) count(found.excluded, leftOut)
  }

  /** Counts what a contact gets; why they get nothing, where that is so. */
  function leaving(member: CampaignMember): string | undefined {
    const { phone } = member
    const zones = timing.zonesOf(member)
    const wanted = nextOccurrences(definition, member, { clock: zones.clock, now })
    if (wanted.length === 0) return 'no-date'
    const settled = wanted.map((one) => timing.settle(one, phone, zones, now))
    const texts = settled.flatMap((one) => ('at' in one ? [one] : []))
    if (texts.length === 0) {
      const [first] = settled
      return first !== undefined && 'skip' in first ? first.skip : 'too-late'
    }
    const variant = variantFor(content.variants, id, phone)
    const cost = costOf(variant.id, member)
    if (cost === undefined) return 'text'
    found.recipients += 1
    found.texts += texts.length
    count(found.variants, variant.id)
    for (const { at, isMoved } of texts) {
      found.firstAt = Math.min(found.firstAt, at)
      found.lastAt = Math.max(found.lastAt, at)
      if (isMoved) found.moved += 1
    }
    if (zones.all.length > 1) found.unknownZone += 1
    const segments = cost * texts.length
    found.segments += segments
    const priced = priceOf(phone)
    const prefix = priced?.prefix ?? callingCode(phone)
    const before = found.prefixes.get(prefix) ?? { recipients: 0, segments: 0, priced }
    found.prefixes.set(prefix, { ...before, recipients: before.recipients + 1, segments: before.segments + segments })
    return undefined
  }

  /** Segments of one text to a contact; undefined where there is none. */
  function costOf(variantId: string, member: CampaignMember): number | undefined {
    if (content.kind === 'flow') {
      const flow = flows.get(variantId)
      const least = flow === undefined ? undefined : (flow.get(member.language ?? '') ?? [...flow.values()][0])
      const language = flow?.has(member.language ?? '') ? (member.language ?? '') : ([...(flow?.keys() ?? [])][0] ?? '')
      noteText(language, { segments: least ?? 0, isUnicode: false, sample: null })
      return least ?? 0
    }
    const variant = content.variants.find((one) => one.id === variantId)
    if (variant === undefined || route === undefined) return undefined
    if (written >= MOST_WRITTEN) {
      found.isEstimate = true
      return Math.max(1, Math.round(found.segments / Math.max(1, found.texts)))
    }
    written += 1
    const text = textFor(variant, member, { route, now })
    if ('problem' in text) {
      found.textProblem ??= text.problem
      return undefined
    }
    for (const field of text.blanks) count(found.blanks, field)
    if (text.isFallback) count(found.missing, member.language ?? '')
    const segments = segmentCount(text.text)
    noteText(text.language, { segments, isUnicode: !isGsm7(text.text), sample: text.text })
    return segments
  }

  function noteText(
    language: string,
    { segments, isUnicode, sample }: { segments: number; isUnicode: boolean; sample: string | null },
  ): void {
    const before = found.languages.get(language) ?? {
      language,
      recipients: 0,
      least: Number.POSITIVE_INFINITY,
      most: 0,
      segments: 0,
      unicode: 0,
      sample,
    }
    found.languages.set(language, {
      ...before,
      recipients: before.recipients + 1,
      least: Math.min(before.least, segments),
      most: Math.max(before.most, segments),
      segments: before.segments + segments,
      unicode: before.unicode + (isUnicode ? 1 : 0),
    })
  }

  const quota = await deps.quotaOf(channel)
  return {
    digest: digest.value(),
    at: new Date(now).toISOString(),
    problems: problemsOf(definition, { route, flows, found }),
    recipients: found.recipients,
    excluded: Object.fromEntries(found.excluded),
    texts: found.texts,
    firstAt: found.recipients === 0 ? null : new Date(found.firstAt).toISOString(),
    lastAt: found.recipients === 0 ? null : new Date(lastOf(definition, found, route)).toISOString(),
    variants: content.variants.map((variant) => ({ id: variant.id, recipients: found.variants.get(variant.id) ?? 0 })),
    languages: [...found.languages.values()].sort((a, b) => b.recipients - a.recipients),
    segments: found.segments,
    isLeast: content.kind === 'flow',
    isEstimate: found.isEstimate,
    cost: costs(found, prices.currency),
    finish: {
      channel,
      perSecond: route?.messagesPerSecond ?? null,
      dailyQuota: quota ?? null,
      seconds: secondsOf(definition, found, route),
      days: quota === undefined ? 1 : Math.max(1, Math.ceil(found.segments / quota)),
    },
    blanks: listed(found.blanks, 'field'),
    missingLanguages: listed(found.missing, 'language'),
    quiet: { moved: found.moved, unknownZone: found.unknownZone },
  }
}

/** What the next round has for a contact. */
function nextOccurrences(
  { schedule, timezone }: Campaign,
  member: CampaignMember,
  { clock, now }: { readonly clock: string; readonly now: number },
): Occurrence[] {
  if (schedule.kind === 'relative') {
    return remindersOf(member.fields[schedule.field], schedule.offsets, clock).filter(({ at }) => at >= now)
  }
  const fixed = { clock, campaignZone: timezone, startedAt: now }
  if (schedule.kind !== 'recurring') return [occurrenceOn(schedule, fixed)]
  const after = dateIn(now, schedule.clock === 'contact' ? clock : timezone)
  const days = nextDays(schedule.rule, schedule.from, after)
  const coming = days.map((day) => occurrenceOn(schedule, { ...fixed, day })).find(({ at }) => at >= now)
  return coming === undefined ? [] : [coming]
}

/** The next two days of a rule; the same for everybody of one zone. */
const remembered = new Map<string, string[]>()
function nextDays(rule: string, from: string, after: string): string[] {
  const key = `${rule} ${from} ${after}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  const until = `${Number(after.slice(0, 4)) + 10}${after.slice(4).replace('02-29', '02-28')}`
  const days = daysOfRule(rule, from, { after, until, most: 2 })
  if (remembered.size > 100) remembered.clear()
  remembered.set(key, days)
  return days
}

function counters() {
  return {
    recipients: 0,
    texts: 0,
    segments: 0,
    moved: 0,
    unknownZone: 0,
    firstAt: Number.POSITIVE_INFINITY,
    lastAt: Number.NEGATIVE_INFINITY,
    isEstimate: false,
    textProblem: undefined as string | undefined,
    excluded: new Map<string, number>(),
    variants: new Map<string, number>(),
    blanks: new Map<string, number>(),
    missing: new Map<string, number>(),
    languages: new Map<string, CheckResult['languages'][number]>(),
    prefixes: new Map<
      string,
      {
        recipients: number
        segments: number
        priced: { readonly price: number; readonly name?: string | undefined } | undefined
      }
    >(),
  }
}

type Counters = ReturnType<typeof counters>

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

function listed<Name extends string>(
  counts: ReadonlyMap<string, number>,
  name: Name,
): ({ [key in Name]: string } & { recipients: number })[] {
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([value, recipients]) => ({ [name]: value, recipients }) as { [key in Name]: string } & { recipients: number })
}

function costs({ prefixes }: Counters, currency: string): CheckResult['cost'] {
  const byPrefix = [...prefixes]
    .map(([prefix, { recipients, segments, priced }]) => ({
      prefix,
      name: priced?.name ?? null,
      recipients,
      segments,
      price: priced?.price ?? null,
      cost: priced === undefined ? null : rounded(segments * priced.price),
    }))
    .sort((a, b) => b.segments - a.segments)
  const unpriced = byPrefix.reduce((sum, { price, recipients }) => sum + (price === null ? recipients : 0), 0)
  return { currency, total: rounded(byPrefix.reduce((sum, { cost }) => sum + (cost ?? 0), 0)), byPrefix, unpriced }
}

/** To a hundredth of a cent. */
function rounded(amount: number): number {
  return Math.round(amount * 10_000) / 10_000
}

/** `+36` of what has no price: two digits tell a region well enough. */
function callingCode(phone: string): string {
  return phone.startsWith('+') ? phone.slice(0, 3) : phone
}

function secondsOf(
  { perMinute }: Campaign,
  { segments, texts }: Counters,
  route: ChannelRoute | undefined,
): number | null {
  const byChannel = route?.messagesPerSecond === undefined ? 0 : segments / route.messagesPerSecond
  const byCampaign = perMinute === undefined ? 0 : (texts / perMinute) * 60
  const seconds = Math.max(byChannel, byCampaign)
  return seconds === 0 ? null : Math.ceil(seconds)
}

function lastOf(definition: Campaign, found: Counters, route: ChannelRoute | undefined): number {
  return Math.max(found.lastAt, found.firstAt + (secondsOf(definition, found, route) ?? 0) * 1_000)
}

function problemsOf(
  { channel, content, audience }: Campaign,
  {
    route,
    flows,
    found,
  }: {
    readonly route: ChannelRoute | undefined
    readonly flows: ReadonlyMap<string, unknown>
    readonly found: Counters
  },
): CheckResult['problems'] {
  const problems: CheckResult['problems'] = []
  if (route === undefined) {
    problems.push({ code: 'check/no-channel', message: `There is no channel "${channel}" that is switched on.` })
  }
  if (content.kind === 'flow') {
    for (const { id, flow } of content.variants) {
      if (flows.has(id)) continue
      problems.push({
        code: 'check/flow-not-published',
        message: `Flow "${flow}" is not published on any channel. Publish it first.`,
      })
    }
  }
  const isNobody = !audience.groups?.length && !audience.query && !audience.phones?.length
  if (isNobody)
    problems.push({ code: 'check/no-audience', message: 'Say who it is for: groups, a search, or phone numbers.' })
  else if (found.recipients === 0 && found.textProblem === undefined) {
    problems.push({ code: 'check/no-recipients', message: 'Nobody would get it: see who is left out, and why.' })
  }
  if (found.textProblem !== undefined)
    problems.push({ code: 'check/text', message: `The text cannot be written: ${found.textProblem}` })
  return problems
}

/** What each flow costs at the least, by language; variants whose flow is not published are left out. */
async function flowsOf({ content, channel }: Campaign, { sql, routing, nodes }: CheckDeps) {
  const flows = new Map<string, ReadonlyMap<string, number>>()
  if (content.kind !== 'flow') return flows
  for (const { id, flow } of content.variants) {
    const listening = routing.current.listening(channel, flow)
    const document = listening && (await publishedDocument(sql, listening.revision, nodes))
    if (document !== undefined)
      flows.set(id, new Map(flowCosts(document, nodes).map(({ language, least }) => [language, least])))
  }
  return flows
}

/** The same members, the same exclusions and the same campaign: the same digest. */
function digester(etag: string) {
  const hash = createHash('sha256').update(etag)
  return {
    add: (phone: string, exclusion: string | undefined) => void hash.update(`\n${phone} ${exclusion ?? ''}`),
    value: () => hash.digest('base64url').slice(0, 27),
  }
}
