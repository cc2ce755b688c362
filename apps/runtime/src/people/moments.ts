import { instantOf, wallTimeAt } from '@textloom/core'

/** A moment that a query names: from `from` up to, not including, `to`; the same for an instant. Epoch milliseconds. */
export interface NamedMoment {
  readonly from: number
  readonly to: number
}

const DAY_MS = 86_400_000

/**
 * Reads `2026-03-01`, `2026-03-01T09:30`, `today`, `now`, `-30d`, `+2h`, days by the clocks of `zone`; undefined for
 * everything else. Months and years of a distance are those of the calendar.
 */
export function readMoment(text: string, { now, zone }: { now: number; zone: string }): NamedMoment | undefined {
  const word = text.toLowerCase()
  if (word === 'now') return { from: now, to: now }
  const today = { ...wallTimeAt(now, zone), hour: 0, minute: 0, second: 0, millisecond: 0 }
  if (word === 'today') return dayOf(today, zone)
  const [, sign, count, unit = ''] = /^([+-])(\d{1,5})(h|d|w|m|y)$/.exec(word) ?? []
  if (count !== undefined) {
    const at = moved(now, (sign === '-' ? -1 : 1) * Number(count), unit, zone)
    return { from: at, to: at }
  }
  const [, year, month, day, hour, minute] = /^(\d{4})-(\d\d)-(\d\d)(?:t(\d\d):(\d\d))?$/.exec(word) ?? []
  if (year === undefined) return undefined
  const date = { ...today, year: Number(year), month: Number(month), day: Number(day) }
  const noon = new Date(Date.UTC(date.year, date.month - 1, date.day))
  if (noon.getUTCMonth() + 1 !== date.month || noon.getUTCDate() !== date.day) return undefined
  if (hour === undefined) return dayOf(date, zone)
  if (Number(hour) > 23 || Number(minute) > 59) return undefined
  const at = instantOf({ ...date, hour: Number(hour), minute: Number(minute) }, zone)
  return { from: at, to: at }
}

type Wall = ReturnType<typeof wallTimeAt>

function dayOf(day: Wall, zone: string): NamedMoment {
  return { from: instantOf(day, zone), to: instantOf({ ...day, day: day.day + 1 }, zone) }
}

function moved(now: number, count: number, unit: string, zone: string): number {
  if (unit === 'h') return now + count * 3_600_000
  const wall = wallTimeAt(now, zone)
  switch (unit) {
    case 'd':
      return instantOf({ ...wall, day: wall.day + count }, zone)
    case 'w':
      return instantOf({ ...wall, day: wall.day + 7 * count }, zone)
    default: {
      const months = wall.year * 12 + wall.month - 1 + (unit === 'y' ? 12 * count : count)
      const [year, month] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1]
      const last = new Date(Date.UTC(year, month, 1) - DAY_MS).getUTCDate()
      return instantOf({ ...wall, year, month, day: Math.min(wall.day, last) }, zone)
    }
  }
}
