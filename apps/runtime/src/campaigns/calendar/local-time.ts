import { instantOf, wallTimeAt } from '@textloom/core'

const dayMs = 86_400_000

/** `18:00`. */
export function isTimeText(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
}

/** `2026-12-24`, a day that there is. */
export function isDateText(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && dateOf(Date.parse(`${text}T00:00:00Z`)) === text
}

/** `2026-12-24` once, `12-24` every year. */
export function isHolidayText(text: string): boolean {
  return isDateText(text) || isDateText(`2000-${text}`)
}

/** Minutes after midnight. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

/**
 * The instant at which a clock in `zone` shows a day and time. A time that the clocks skip is that long after the skip,
 * one that they show twice is the first.
 */
export function instantAt(date: string, minutes: number, zone: string): number {
  const midnight = Date.parse(`${date}T00:00:00Z`)
  return instantOf(wallTimeAt(midnight + minutes * 60_000, 'UTC'), zone)
}

/** The day that a calendar in `zone` shows at an instant. */
export function dateIn(instant: number, zone: string): string {
  const { year, month, day } = wallTimeAt(instant, zone)
  return dateOf(Date.UTC(year, month - 1, day))
}

/** The minute of the day that a clock in `zone` shows at an instant. */
export function minuteIn(instant: number, zone: string): number {
  const { hour, minute } = wallTimeAt(instant, zone)
  return hour * 60 + minute
}

/** The day so many days after another. */
export function plusDays(date: string, days: number): string {
  return dateOf(Date.parse(`${date}T00:00:00Z`) + days * dayMs)
}

function dateOf(utc: number): string {
  return Number.isNaN(utc) ? '' : new Date(utc).toISOString().slice(0, 10)
}
