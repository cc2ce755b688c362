import { dateIn, instantAt, minuteIn, minutesOf, plusDays } from './local-time.ts'

/** When nothing may leave. */
export interface QuietRules {
  /** `21:00` to `08:00`, by the contact's clock; null for never. */
  readonly quiet: { readonly from: string; readonly to: string } | null
  /** Days without texts: `2026-12-24` once, `12-25` every year. */
  readonly holidays: readonly string[]
}

/** Nothing is quiet for longer than this: whole months of holidays are a mistake. */
const MOST_DAYS = 62

/** Whether nothing may leave at an instant, by any of the clocks that may be the contact's. */
export function isQuiet(instant: number, zones: readonly string[], rules: QuietRules): boolean {
  return zones.some((zone) => quietUntil(instant, zone, rules) > instant)
}

/** The first instant from `instant` on at which no clock is quiet; undefined when there is none. */
export function nextAllowed(instant: number, zones: readonly string[], rules: QuietRules): number | undefined {
  let at = instant
  // Each clock moves it on at most once a day.
  for (let moves = 0; moves <= MOST_DAYS * (zones.length + 1); moves += 1) {
    const later = Math.max(...zones.map((zone) => quietUntil(at, zone, rules)))
    if (later <= at) return at
    at = later
  }
  return undefined
}

/** The last minute up to `instant` at which no clock is quiet; undefined when there is none. */
export function lastAllowed(instant: number, zones: readonly string[], rules: QuietRules): number | undefined {
  let at = instant
  for (let moves = 0; moves <= MOST_DAYS * (zones.length + 1); moves += 1) {
    const earlier = Math.min(...zones.map((zone) => quietSince(at, zone, rules)))
    if (earlier >= at) return at
    at = earlier
  }
  return undefined
}

/** When the quiet around an instant ends, by one clock; the instant itself where there is none. */
function quietUntil(instant: number, zone: string, { quiet, holidays }: QuietRules): number {
  const date = dateIn(instant, zone)
  if (isHoliday(date, holidays)) return instantAt(plusDays(date, 1), 0, zone)
  const hours = quiet === null ? undefined : quietAround(minuteIn(instant, zone), quiet)
  if (hours === undefined) return instant
  const end = instantAt(hours.isNight && hours.isEvening ? plusDays(date, 1) : date, hours.to, zone)
  // In the hour that is shown twice the end may be the first of both.
  return end > instant ? end : instant + 60_000
}

/** The last minute before the quiet around an instant, by one clock; the instant itself where there is none. */
function quietSince(instant: number, zone: string, { quiet, holidays }: QuietRules): number {
  const date = dateIn(instant, zone)
  if (isHoliday(date, holidays)) return instantAt(date, 0, zone) - 60_000
  const hours = quiet === null ? undefined : quietAround(minuteIn(instant, zone), quiet)
  if (hours === undefined) return instant
  const begin = instantAt(hours.isNight && !hours.isEvening ? plusDays(date, -1) : date, hours.from, zone) - 60_000
  return begin < instant ? begin : instant - 60_000
}

function quietAround(minute: number, quiet: { readonly from: string; readonly to: string }) {
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)]
  const isNight = from > to
  const isEvening = minute >= from
  const isIn = isNight ? isEvening || minute < to : isEvening && minute < to
  return isIn ? { from, to, isNight, isEvening } : undefined
}

function isHoliday(date: string, holidays: readonly string[]): boolean {
  return holidays.length > 0 && (holidays.includes(date) || holidays.includes(date.slice(5)))
}
