import { type Json, readDate } from '@textloom/core'
import type { CampaignSchedule } from '../campaign-schema.ts'
import { dateIn, instantAt, minutesOf, plusDays } from './local-time.ts'
import { isQuiet, lastAllowed, nextAllowed, type QuietRules } from './quiet-hours.ts'

/** One text to one contact: which, and when it should leave. Instants are epoch milliseconds. */
export interface Occurrence {
  /** Names it for ever, within the campaign and the contact. */
  readonly key: string
  readonly at: number
  /** What it must not be later than: the date it reminds of. */
  readonly before?: number
}

/** The only occurrence of what happens once. */
export const ONLY = '1'

/**
 * When a contact is to be reached on one day of a schedule; `day` is that of a recurring one. `startedAt` is when the
 * campaign began.
 */
export function occurrenceOn(
  schedule: Exclude<CampaignSchedule, { kind: 'relative' }>,
  {
    clock,
    campaignZone,
    startedAt,
    day,
  }: {
    readonly clock: string
    readonly campaignZone: string
    readonly startedAt: number
    readonly day?: string | undefined
  },
): Occurrence {
  if (schedule.kind === 'now') return { key: ONLY, at: startedAt }
  const zone = schedule.clock === 'contact' ? clock : campaignZone
  const date = schedule.kind === 'once' ? schedule.date : (day ?? schedule.from)
  return { key: schedule.kind === 'once' ? ONLY : date, at: instantAt(date, minutesOf(schedule.time), zone) }
}

/**
 * The reminders of a date that a contact's field holds, read on the contact's clock. The key holds the date, so a date
 * that was moved has reminders of its own, and a field without a date has none.
 */
export function remindersOf(
  value: Json | undefined,
  offsets: Extract<CampaignSchedule, { kind: 'relative' }>['offsets'],
  clock: string,
): Occurrence[] {
  const date = value === undefined || value === null ? undefined : readDate(value, clock)
  if (date === undefined) return []
  const { instant, isDay } = date
  const named = dateIn(instant, clock)
  const key = isDay ? named : new Date(instant).toISOString()
  return offsets.map((offset, index): Occurrence => {
    const name = `${index + 1}@${key}`
    if ('minutes' in offset) {
      const at = instant + offset.minutes * 60_000
      return { key: name, at, ...(offset.minutes < 0 && { before: instant }) }
    }
    const at = instantAt(plusDays(named, offset.days), minutesOf(offset.time), clock)
    // A date without a time is over with its day.
    const end = isDay ? instantAt(plusDays(named, 1), 0, clock) : instant
    return { key: name, at, ...(at < end && { before: end }) }
  })
}

/** When it leaves by the quiet rules, or why it does not. */
export type Settled = { readonly at: number; readonly isMoved: boolean } | { readonly skip: 'quiet-hours' | 'too-late' }

/**
 * Moves an occurrence out of quiet hours: to their end, or to the minute before them where their end would be too late
 * for what it reminds of. What is over by more than `expiryMs` is skipped.
 */
export function settle(
  { at, before = Number.POSITIVE_INFINITY }: Pick<Occurrence, 'at' | 'before'>,
  {
    zones,
    rules,
    now,
    expiryMs,
  }: {
    readonly zones: readonly string[]
    readonly rules: QuietRules
    readonly now: number
    readonly expiryMs: number
  },
): Settled {
  if (at + expiryMs < now || before <= now) return { skip: 'too-late' }
  const wanted = Math.max(at, now)
  if (!isQuiet(wanted, zones, rules)) return { at: wanted, isMoved: false }
  const later = nextAllowed(wanted, zones, rules)
  if (later !== undefined && later < before) {
    return later > at + expiryMs ? { skip: 'quiet-hours' } : { at: later, isMoved: true }
  }
  const earlier = lastAllowed(wanted, zones, rules)
  return earlier !== undefined && earlier >= now ? { at: earlier, isMoved: true } : { skip: 'quiet-hours' }
}
