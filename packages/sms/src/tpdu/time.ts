import { readSemiOctets, writeSemiOctets } from './semi-octets.ts'

const QUARTER_MS = 15 * 60_000
const TIME_OCTETS = 7

/**
 * The moment of a time stamp of 7 octets, in epoch milliseconds (3GPP TS 23.040 §9.2.3.11): year to second, and the
 * quarters of an hour that the clock is ahead of UTC. Undefined for what is no time; networks send zeros and worse.
 */
export function readTimeStamp(octets: Uint8Array): number | undefined {
  const digits = readSemiOctets(octets.subarray(0, TIME_OCTETS - 1))
  if (!/^[0-9]{12}$/.test(digits)) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (digits.match(/../g) ?? []).map(Number)
  const local = Date.UTC(year < 70 ? 2000 + year : 1900 + year, month - 1, day, hour, minute, second)
  const back = new Date(local)
  const isReal =
    back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24 && minute < 60 && second < 60
  return isReal ? local - quartersAhead(octets[TIME_OCTETS - 1] ?? 0) * QUARTER_MS : undefined
}

/** The time stamp of a moment, in the time of a place so many minutes ahead of UTC. */
export function writeTimeStamp(atMs: number, minutesAhead = 0): Uint8Array<ArrayBuffer> {
  const digits = new Date(atMs + minutesAhead * 60_000).toISOString().replace(/\D/g, '').slice(2, 14)
  const quarters = Math.round(Math.abs(minutesAhead) / 15)
  const sign = minutesAhead < 0 ? 0x08 : 0
  const zone = ((quarters % 10) << 4) | Math.floor(quarters / 10) | sign
  return Uint8Array.of(...(writeSemiOctets(digits) ?? []), zone)
}

/** Bit 3 of the first semi-octet is the sign; what is no number of quarters is UTC. */
function quartersAhead(zone: number): number {
  const tens = zone & 0x07
  const units = zone >>> 4
  if (units > 9) return 0
  return (zone & 0x08) === 0 ? tens * 10 + units : -(tens * 10 + units)
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/**
 * The relative validity period nearest below a duration, one octet: steps of 5 minutes to 12 hours, then of half an hour,
 * a day, a week, at most 63 weeks (3GPP TS 23.040 §9.2.3.12.1). Shorter than 5 minutes is 5 minutes.
 */
export function writeRelativeValidity(durationMs: number): number {
  let value = 0xff
  while (value > 0 && readRelativeValidity(value) > durationMs) value--
  return value
}

/** The duration of a relative validity period, in milliseconds. */
export function readRelativeValidity(value: number): number {
  if (value <= 143) return (value + 1) * 5 * MINUTE_MS
  if (value <= 167) return 12 * HOUR_MS + (value - 143) * 30 * MINUTE_MS
  if (value <= 196) return (value - 166) * DAY_MS
  return (value - 192) * 7 * DAY_MS
}
