import { wallTimeAt } from '@textloom/core'

/** A day of the Gregorian calendar, wherever it is. Months count from 1. */
export interface CivilDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** A day and the time on a clock of 24 hours. */
export interface CivilDateTime extends CivilDate {
  readonly hour: number
  readonly minute: number
}

const dayMs = 86_400_000

/** What calendar and clock on a wall in the zone show at a moment (epoch milliseconds). */
export function civilAt(now: number, timeZone: string): CivilDateTime {
  const { year, month, day, hour, minute } = wallTimeAt(now, timeZone)
  return { year, month, day, hour, minute }
}

/** The day if the calendar has it: there is no 31 April. Years a person may mean: 1900 to 2199. */
export function civilDate(year: number, month: number, day: number): CivilDate | undefined {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return undefined
  return day <= daysInMonth(year, month) ? { year, month, day } : undefined
}

export function addDays(date: CivilDate, days: number): CivilDate {
  return ofDayNumber(dayNumber(date) + days)
}

/** The same day of another month, or its last day where that month is shorter. */
export function addMonths({ year, month, day }: CivilDate, months: number): CivilDate {
  const count = year * 12 + (month - 1) + months
  const [toYear, toMonth] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1]
  return { year: toYear, month: toMonth, day: Math.min(day, daysInMonth(toYear, toMonth)) }
}

/** 1 for Monday to 7 for Sunday, as ISO 8601 counts. */
export function weekdayOf(date: CivilDate): number {
  // 1 January 1970 was a Thursday.
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1
}

/** Days from the first to the second; negative when the second is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return dayNumber(to) - dayNumber(from)
}

/** ISO 8601: `2026-03-05`. */
export function isoDate({ year, month, day }: CivilDate): string {
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`
}

/** ISO 8601: `08:05`. */
export function isoTime({ hour, minute }: Pick<CivilDateTime, 'hour' | 'minute'>): string {
  return `${twoDigits(hour)}:${twoDigits(minute)}`
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function dayNumber({ year, month, day }: CivilDate): number {
  return Date.UTC(year, month - 1, day) / dayMs
}

function ofDayNumber(days: number): CivilDate {
  const date = new Date(days * dayMs)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
