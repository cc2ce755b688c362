import { asIfUtc, instantOf, type WallTime } from './zones.ts'

/** A date that somebody wrote down. */
export interface WrittenDate {
  /** Epoch milliseconds. */
  readonly instant: number
  /** True for a date without a time, which means its first moment. */
  readonly isDay: boolean
}

/**
 * Reads a date: seconds since 1970 as a number, ISO 8601 (`2026-07-01`, `2026-07-01 09:30`, with or without a zone), or
 * the ways programs write dates in English (`July 1, 2026`, `Wed, 01 Jul 2026 09:30:00 GMT`). A text without a zone is
 * the time of a clock in `zone`. Undefined for everything else: what JavaScript would make of it is the machine's choice.
 */
export function readDate(value: unknown, zone: string): WrittenDate | undefined {
  if (typeof value === 'number') return numbered(value)
  if (typeof value !== 'string' || value.length > maxLength) return undefined
  const text = value.trim()
  // Four digits are a year nowhere: they are seconds like any other number.
  if (/^\d+(\.\d+)?$/.test(text)) return numbered(Number(text))
  const { year, month, day, hour, minute, second, fraction, half, offset } = partsOf(text) ?? {}
  if (year === undefined || month === undefined || day === undefined) return undefined
  const wall: WallTime = {
    year: Number(year),
    month: /^\d/.test(month) ? Number(month) : monthNames.indexOf(month.slice(0, 3).toLowerCase()) + 1,
    day: Number(day),
    hour: hour24(Number(hour ?? 0), half),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: Math.floor(Number(`0.${fraction ?? 0}`) * 1000),
  }
  if (!exists(wall)) return undefined
  const instant = offset === undefined ? instantOf(wall, zone) : asIfUtc(wall) - offsetMs(offset)
  return { instant, isDay: hour === undefined }
}

/** Longer than any date. */
const maxLength = 64
/** What a Date can hold, ECMA-262 §21.4.1.1. */
const maxInstant = 8.64e15

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const time = String.raw`(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?(?:\s*(?<half>[AaPp])\.?[Mm]\.?)?`
const zoneOffset = String.raw`(?:\s*(?<offset>[Zz]|UTC|GMT|(?:UTC|GMT)?[+-]\d\d:?\d\d)(?:\s*\([^)]*\))?)?`
const monthName = String.raw`(?<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?`
const weekday = String.raw`(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?`

const ways: readonly RegExp[] = [
  String.raw`(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[Tt ]\s*${time}${zoneOffset})?`,
  String.raw`(?<year>\d{4})/(?<month>\d\d?)/(?<day>\d\d?)(?:\s+${time}${zoneOffset})?`,
  String.raw`${weekday}(?<day>\d\d?)[\s-]${monthName}[\s-](?<year>\d{4})(?:,?\s+${time}${zoneOffset})?`,
  String.raw`${weekday}${monthName}\s+(?<day>\d\d?),?\s+(?<year>\d{4})(?:,?\s+${time}${zoneOffset})?`,
].map((way) => new RegExp(`^${way}$`, 'i'))

function partsOf(text: string): { readonly [part: string]: string | undefined } | undefined {
  for (const way of ways) {
    const groups = way.exec(text)?.groups
    if (groups) return groups
  }
  return undefined
}

function numbered(seconds: number): WrittenDate | undefined {
  const instant = Math.round(seconds * 1000)
  return Math.abs(instant) <= maxInstant ? { instant, isDay: false } : undefined
}

function hour24(hour: number, half: string | undefined): number {
  if (half === undefined) return hour
  if (hour < 1 || hour > 12) return Number.NaN
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
}

function exists(wall: WallTime): boolean {
  const date = new Date(asIfUtc(wall))
  return (
    date.getUTCMonth() + 1 === wall.month &&
    date.getUTCDate() === wall.day &&
    date.getUTCHours() === wall.hour &&
    wall.minute < 60 &&
    wall.second < 60
  )
}

function offsetMs(offset: string): number {
  const [, sign, hours, minutes] = /([+-])(\d\d):?(\d\d)$/.exec(offset) ?? []
  const ms = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000
  return sign === '-' ? -ms : ms
}
