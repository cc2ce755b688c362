import { instantOf, wallTimeAt } from '@textloom/core'

/** The days of a week as opening hours name them; a week begins on Monday (ISO 8601). */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

export type Weekday = (typeof weekdays)[number]

/** The spans of time of each day, as `09:00-17:00`; a day without any is closed. */
export type WeeklyHours = { readonly [day in Weekday]?: readonly string[] | undefined }

/** When something is open: every week alike, but for the holidays. */
export interface OpeningHours {
  readonly hours: WeeklyHours
  /** Closed days: `2026-12-24` once, `12-25` every year. */
  readonly holidays?: readonly string[] | undefined
}

const dayMs = 86_400_000
const minuteMs = 60_000

/** What is closed for ten years is closed for good. */
const maxDaysAhead = 3_660

/** A span of time in minutes after midnight; one over midnight ends beyond the 1440 of its day. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Reads `09:00-17:00`. `22:00-06:00` lasts until the next morning, `00:00-24:00` all day; undefined for no span. */
export function readSpan(text: string): Span | undefined {
  const [, fromHour, fromMinute, toHour, toMinute] = spanPattern.exec(text) ?? []
  if (fromHour === undefined) return undefined
  const from = Number(fromHour) * 60 + Number(fromMinute)
  const to = Number(toHour) * 60 + Number(toMinute)
  if (from === to) return undefined
  return { from, to: to < from ? to + 1440 : to }
}

/** How a span is written. */
export const spanPattern = /^([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-4]):([0-5]\d))(?<!24:0[1-9]|24:[1-5]\d)$/

/** Whether a text is a day that there is: `2026-12-24`, or `12-25` for every year. */
export function isHolidayText(text: string): boolean {
  const [, year = '2000', month, day] = /^(?:(\d{4})-)?(\d\d)-(\d\d)$/.exec(text) ?? []
  if (month === undefined || day === undefined) return false
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day)
}

/**
 * Whether it is open at a moment (epoch milliseconds) by the clocks of a zone. A holiday closes what begins on it. A
 * time that the clocks skip counts from after the skip, one that they show twice is the first.
 */
export function isOpenAt(opening: OpeningHours, now: number, zone: string): boolean {
  const today = dayAt(now, zone)
  // What began yesterday may last beyond midnight.
  return [today - 1, today].some((day) => spansOn(day, opening, zone).some(({ from, to }) => from <= now && now < to))
}

/** The first moment, from now on, at which it is open; undefined when it stays closed. */
export function nextOpeningAt(opening: OpeningHours, now: number, zone: string): number | undefined {
  if (isOpenAt(opening, now, zone)) return now
  const today = dayAt(now, zone)
  for (let day = today; day <= today + maxDaysAhead; day += 1) {
    const begins = spansOn(day, opening, zone).flatMap(({ from }) => (from > now ? [from] : []))
    if (begins.length > 0) return Math.min(...begins)
  }
  return undefined
}

/** The days since 1970 of what a calendar in the zone shows. */
function dayAt(now: number, zone: string): number {
  const { year, month, day } = wallTimeAt(now, zone)
  return Math.floor(Date.UTC(year, month - 1, day) / dayMs)
}

/** What is open from when to when (epoch milliseconds) on a day, counted since 1970. */
function spansOn(day: number, { hours, holidays = [] }: OpeningHours, zone: string): readonly Span[] {
  // 1 January 1970 was a Thursday.
  const texts = hours[weekdays[(((day + 3) % 7) + 7) % 7] ?? 'mon'] ?? []
  if (texts.length === 0) return []
  const date = new Date(day * dayMs).toISOString().slice(0, 10)
  if (holidays.some((holiday) => holiday === date || holiday === date.slice(5))) return []
  const at = (minutes: number) => instantOf(wallTimeAt(day * dayMs + minutes * minuteMs, 'UTC'), zone)
  return texts.flatMap((text) => {
    const span = readSpan(text)
    return span ? [{ from: at(span.from), to: at(span.to) }] : []
  })
}
