import { asIfUtc, offsetAt, type WallTime, wallTimeAt } from '@textloom/core'
import type { Place } from '../environment.ts'
import { nameIn, zoneName } from './date-words.ts'

/**
 * Writes a date by a pattern of Ruby's strftime, which Liquid's authors know: `%Y-%m-%d`, `%-d %B`. Months and days have
 * their names in the language of the place.
 * @throws Error for a width over 100
 */
export function strftime(instant: number, pattern: string, place: Place): string {
  const moment: Moment = {
    instant,
    place,
    wall: wallTimeAt(instant, place.zone),
    besideDay: /%[-_0^#:]*\d*[de]/.test(pattern),
  }
  return write(pattern, moment)
}

interface Moment {
  readonly instant: number
  readonly place: Place
  readonly wall: WallTime
  readonly besideDay: boolean
}

const maxWidth = 100

function write(pattern: string, moment: Moment): string {
  return pattern.replace(directive, (whole, flags: string, width: string, letter: string) => {
    const conversion = conversions[letter]
    if (!conversion) return whole
    const { fill = '', width: usualWidth = 0, of } = conversion
    const digits = width === '' ? usualWidth : Number(width)
    if (digits > maxWidth) throw new Error(`A date format can make a part at most ${maxWidth} characters wide.`)
    const text = letterCase(of(moment, flags), flags)
    if (flags.includes('-')) return text
    const padding = flags.includes('_') ? ' ' : flags.includes('0') ? '0' : fill || ' '
    return text.padStart(digits, padding)
  })
}

const directive = /%([-_0^#:]*)(\d*)([a-zA-Z%])/g

function letterCase(text: string, flags: string): string {
  if (flags.includes('^')) return text.toUpperCase()
  if (!flags.includes('#')) return text
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase()
}

interface Conversion {
  readonly of: (moment: Moment, flags: string) => string
  readonly width?: number
  readonly fill?: '0' | ' '
}

function number(width: number, of: (wall: WallTime) => number, fill: '0' | ' ' = '0'): Conversion {
  return { width, fill, of: ({ wall }) => String(of(wall)) }
}

function other(of: Conversion['of']): Conversion {
  return { of }
}

function pattern(expanded: string): Conversion {
  return { of: (moment) => write(expanded, moment) }
}

function name(part: 'month' | 'weekday', length: 'long' | 'short'): Conversion {
  return { of: ({ instant, place, besideDay }) => nameIn(instant, place, part, { length, besideDay }) }
}

const conversions: { readonly [letter: string]: Conversion | undefined } = {
  a: name('weekday', 'short'),
  A: name('weekday', 'long'),
  b: name('month', 'short'),
  B: name('month', 'long'),
  h: name('month', 'short'),
  c: pattern('%a %b %e %H:%M:%S %Y'),
  C: number(2, ({ year }) => Math.floor(year / 100)),
  d: number(2, ({ day }) => day),
  D: pattern('%m/%d/%y'),
  e: number(2, ({ day }) => day, ' '),
  F: pattern('%Y-%m-%d'),
  H: number(2, ({ hour }) => hour),
  I: number(2, ({ hour }) => hour % 12 || 12),
  j: number(3, dayOfYear),
  k: number(2, ({ hour }) => hour, ' '),
  l: number(2, ({ hour }) => hour % 12 || 12, ' '),
  L: number(3, ({ millisecond }) => millisecond),
  m: number(2, ({ month }) => month),
  M: number(2, ({ minute }) => minute),
  n: other(() => '\n'),
  p: other(({ wall }) => (wall.hour < 12 ? 'AM' : 'PM')),
  P: other(({ wall }) => (wall.hour < 12 ? 'am' : 'pm')),
  q: other(({ wall }) => ordinal(wall.day)),
  r: pattern('%I:%M:%S %p'),
  R: pattern('%H:%M'),
  s: other(({ instant }) => String(Math.floor(instant / 1000))),
  S: number(2, ({ second }) => second),
  t: other(() => '\t'),
  T: pattern('%H:%M:%S'),
  u: number(1, (wall) => weekday(wall) || 7),
  U: number(2, (wall) => weekOfYear(wall, 0)),
  V: number(2, (wall) => isoWeek(wall).week),
  G: number(4, (wall) => isoWeek(wall).year),
  w: number(1, weekday),
  W: number(2, (wall) => weekOfYear(wall, 1)),
  x: pattern('%m/%d/%y'),
  X: pattern('%H:%M:%S'),
  y: number(2, ({ year }) => year % 100),
  Y: number(4, ({ year }) => year),
  z: other(({ instant, place }, flags) => offsetText(offsetAt(instant, place.zone), flags.includes(':') ? ':' : '')),
  Z: other(({ instant, place }) => zoneName(instant, place.zone)),
  '%': other(() => '%'),
}

/** `+0200` or, with a separator, `+02:00`. */
export function offsetText(offsetMs: number, separator: string): string {
  const minutes = Math.abs(Math.round(offsetMs / 60_000))
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return `${offsetMs < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}${separator}${String(rest).padStart(2, '0')}`
}

const dayMs = 86_400_000

function weekday(wall: WallTime): number {
  return new Date(asIfUtc(wall)).getUTCDay()
}

function dayOfYear(wall: WallTime): number {
  return Math.floor((asIfUtc(wall) - asIfUtc({ ...wall, month: 1, day: 1 })) / dayMs) + 1
}

/** Days before the first `firstDay` of the year are in week 0. */
function weekOfYear(wall: WallTime, firstDay: 0 | 1): number {
  return Math.floor((dayOfYear(wall) + 6 - ((weekday(wall) - firstDay + 7) % 7)) / 7)
}

/** ISO 8601: weeks begin on Mondays, and the first holds the year's first Thursday. */
function isoWeek(wall: WallTime): { readonly year: number; readonly week: number } {
  const thursday = new Date(asIfUtc({ ...wall, day: wall.day + 4 - (weekday(wall) || 7) }))
  const year = thursday.getUTCFullYear()
  const newYear = asIfUtc({ ...wall, year, month: 1, day: 1 })
  return { year, week: Math.floor((thursday.getTime() - newYear) / dayMs / 7) + 1 }
}

function ordinal(day: number): string {
  if (day >= 11 && day <= 13) return 'th'
  return ['th', 'st', 'nd', 'rd'][day % 10] ?? 'th'
}
