/** A date and time as a calendar and a clock on the wall show it. */
export interface WallTime {
  readonly year: number
  /** From 1. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
}

const dayMs = 86_400_000

/** Whether `zone` is a time zone that Intl knows: an IANA name, `UTC`, or an offset such as `+02:00`. */
export function isZone(zone: string): boolean {
  return clockOf(zone) !== null
}

/** What a clock in `zone` shows at an instant (epoch milliseconds). */
export function wallTimeAt(instant: number, zone: string): WallTime {
  const date = new Date(instant + offsetAt(instant, zone))
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  }
}

/**
 * The instant at which a clock in `zone` shows a time. A time that the clocks skip is that long after the skip, one that
 * they show twice is the first, as RFC 5545 §3.3.5 has it.
 */
export function instantOf(wall: WallTime, zone: string): number {
  const local = asIfUtc(wall)
  const [before, after] = [offsetAt(local - dayMs, zone), offsetAt(local + dayMs, zone)]
  const fits = [local - before, local - after].filter((instant) => instant + offsetAt(instant, zone) === local)
  return fits.length > 0 ? Math.min(...fits) : local - before
}

/** Milliseconds that clocks in `zone` are ahead of UTC. */
export function offsetAt(instant: number, zone: string): number {
  const clock = clockOf(zone)
  if (!clock || zone === 'UTC' || !Number.isFinite(instant)) return 0
  const shown = new Map(clock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
  const part = (type: Intl.DateTimeFormatPartTypes) => shown.get(type) ?? 0
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return local - Math.floor(instant / 1000) * 1000
}

/** The epoch milliseconds of a wall time in UTC; days and months beyond their ends run over. */
export function asIfUtc({ year, month, day, hour, minute, second, millisecond }: WallTime): number {
  const date = new Date(0)
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, second, millisecond)
  return date.getTime()
}

/** Clocks are dear to make, and the zones of contacts are many. */
const maxClocks = 200

const clocks = new Map<string, Intl.DateTimeFormat | null>()

function clockOf(zone: string): Intl.DateTimeFormat | null {
  const known = clocks.get(zone)
  if (known !== undefined) return known
  const clock = newClock(zone)
  if (clocks.size >= maxClocks) clocks.delete(clocks.keys().next().value ?? '')
  clocks.set(zone, clock)
  return clock
}

/** Null for a zone that there is not. */
function newClock(zone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    return null
  }
}
