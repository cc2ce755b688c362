import { asIfUtc, instantOf, offsetAt, type WallTime, wallTimeAt } from '@textloom/core'
import { offsetText } from './strftime.ts'

/** Units that dates are moved and counted by. */
export const dateUnits = ['seconds', 'minutes', 'hours', 'days', 'weeks', 'months', 'years'] as const

export type DateUnit = (typeof dateUnits)[number]

const exactMs: { readonly [unit: string]: number | undefined } = {
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
}

/** A unit as people write it, in singular or plural; undefined for anything else. */
export function readUnit(text: string): DateUnit | undefined {
  const word = text.trim().toLowerCase()
  return dateUnits.find((unit) => word === unit || word === unit.slice(0, -1))
}

/** Seconds, minutes and hours pass by; from days on the clock stays, and a month too short for its day ends with it. */
export function moved(instant: number, amount: number, unit: DateUnit, zone: string): number {
  const exact = exactMs[unit]
  if (exact !== undefined) return instant + amount * exact
  const whole = Math.trunc(amount)
  const wall = wallTimeAt(instant, zone)
  if (unit === 'days') return instantOf(normal({ ...wall, day: wall.day + whole }), zone)
  if (unit === 'weeks') return instantOf(normal({ ...wall, day: wall.day + whole * 7 }), zone)
  const months = wall.month - 1 + whole * (unit === 'years' ? 12 : 1)
  const [year, month] = [wall.year + Math.floor(months / 12), (((months % 12) + 12) % 12) + 1]
  return instantOf({ ...wall, year, month, day: Math.min(wall.day, daysIn(year, month)) }, zone)
}

/**
 * Whole units from one instant to another, below zero when the other is earlier. Days and weeks are counted on the
 * calendar (from 23:00 to 1:00 is a day), months and years from date to date.
 */
export function between(from: number, to: number, unit: DateUnit, zone: string): number {
  const exact = exactMs[unit]
  if (exact !== undefined) return Math.trunc((to - from) / exact) || 0
  const [start, end] = [wallTimeAt(from, zone), wallTimeAt(to, zone)]
  const days = Math.round((dateOf(end) - dateOf(start)) / 86_400_000)
  if (unit === 'days') return days
  if (unit === 'weeks') return Math.trunc(days / 7) || 0
  const months = (end.year - start.year) * 12 + end.month - start.month
  const whole = months > 0 && end.day < start.day ? months - 1 : months < 0 && end.day > start.day ? months + 1 : months
  return Math.trunc(whole / (unit === 'years' ? 12 : 1)) || 0
}

/** ISO 8601 as `readDate` takes it: a day alone, or a time with its zone's offset. */
export function isoText(instant: number, zone: string, isDay: boolean): string {
  const offset = offsetAt(instant, zone)
  const [date = '', time = ''] = new Date(instant + offset).toISOString().split('T')
  if (isDay) return date
  return `${date}T${time.replace(/(\.000)?Z$/, '')}${zone === 'UTC' ? 'Z' : offsetText(offset, ':')}`
}

function normal(wall: WallTime): WallTime {
  return wallTimeAt(asIfUtc(wall), 'UTC')
}

function dateOf({ year, month, day }: WallTime): number {
  return asIfUtc({ year, month, day, hour: 0, minute: 0, second: 0, millisecond: 0 })
}

function daysIn(year: number, month: number): number {
  return new Date(
    asIfUtc({ year, month: month + 1, day: 0, hour: 0, minute: 0, second: 0, millisecond: 0 }),
  ).getUTCDate()
}
