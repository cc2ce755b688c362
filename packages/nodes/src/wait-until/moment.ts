import { instantOf, type Json, parseDuration, readDate, wallTimeAt } from '@textloom/core'
import { usualTime, type WaitUntilData } from './schema.ts'

const dayMs = 86_400_000

/**
 * The moment (epoch milliseconds) that a wait is for, by the clocks of a zone; undefined when the contact has no such
 * date. Whole days are counted on the calendar and keep the clock, the rest passes by as it does. A time that the clocks
 * skip is that long after the skip, one that they show twice is the first (RFC 5545 §3.3.5).
 */
export function momentOf(data: WaitUntilData, fields: { readonly [name: string]: Json }, zone: string) {
  if (data.kind === 'fixed') return readDate(data.at, zone)?.instant
  const written = Object.hasOwn(fields, data.field ?? '') ? readDate(fields[data.field ?? ''], zone) : undefined
  if (!written) return undefined
  const { days, restMs } = distanceOf(data)
  const time = data.time ?? (written.isDay ? usualTime : undefined)
  // Without a look at the calendar nothing is lost of a moment that the clocks show twice.
  if (days === 0 && time === undefined) return written.instant + restMs
  const there = wallTimeAt(written.instant, zone)
  const [hour, minute] = time?.split(':').map(Number) ?? []
  const wall = {
    ...dayAfter(there, days),
    ...(hour === undefined || minute === undefined ? clockOf(there) : { hour, minute, second: 0, millisecond: 0 }),
  }
  return instantOf(wall, zone) + restMs
}

/** Whole days, and what is left in milliseconds; below zero for what lies before. */
export function distanceOf({ side = 'on', offset }: Pick<WaitUntilData, 'side' | 'offset'>) {
  if (side === 'on' || offset === undefined) return { days: 0, restMs: 0 }
  const ms = parseDuration(offset)
  const sign = side === 'before' ? -1 : 1
  return { days: sign * Math.floor(ms / dayMs), restMs: sign * (ms % dayMs) }
}

function dayAfter({ year, month, day }: { year: number; month: number; day: number }, days: number) {
  const date = new Date(Date.UTC(year, month - 1, day + days))
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

function clockOf({ hour, minute, second, millisecond }: ReturnType<typeof wallTimeAt>) {
  return { hour, minute, second, millisecond }
}
