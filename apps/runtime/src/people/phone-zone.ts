import { offsetAt } from '@textloom/core'
import { countryOf } from '../host/numbers.ts'

/** Where the clocks of a phone may stand, by its number alone. */
export interface PhoneZone {
  /** The time zone, where the number leaves no doubt; else undefined. */
  readonly zone?: string
  /** Every zone it may be in, one of each that shows another time now or within the year; empty where nothing is known. */
  readonly zones: readonly string[]
  /** ISO 3166 code, where the number tells. */
  readonly country?: string
}

/**
 * The time zone of a phone's country (CLDR's, as Intl has them). Countries with several clocks, and numbers that tell
 * no country, leave it open: who may text only at certain hours takes all of `zones` into account then.
 */
export function zoneOfPhone(phone: string, now: number): PhoneZone {
  const country = countryOf(phone)
  if (country === undefined) return { zones: [] }
  const zones = zonesOfCountry(country, now)
  const [only] = zones
  return zones.length === 1 && only !== undefined ? { zone: only, zones, country } : { zones, country }
}

const YEAR_MS = 31_557_600_000
/** Days between two looks at the clocks: no country turns them back and forth within fewer. */
const STEP_MS = 7 * 86_400_000

/** By country and week: what is computed costs a thousand looks at clocks. */
const known = new Map<string, readonly string[]>()

function zonesOfCountry(country: string, now: number): readonly string[] {
  const week = Math.floor(now / STEP_MS)
  const name = `${country} ${week}`
  const found = known.get(name)
  if (found !== undefined) return found
  const byClock = new Map<string, string>()
  for (const zone of localeOf(country).getTimeZones?.() ?? []) {
    const offsets: number[] = []
    for (let at = week * STEP_MS; at < week * STEP_MS + YEAR_MS; at += STEP_MS) offsets.push(offsetAt(at, zone))
    const clock = offsets.join()
    const same = byClock.get(clock)
    // The capital's name is known better than an exclave's, but nothing tells which is which: the first stays.
    if (same === undefined) byClock.set(clock, zone)
  }
  const zones = [...byClock.values()]
  if (known.size > 500) known.clear()
  known.set(name, zones)
  return zones
}

/** ECMA-402 (Intl Locale Info), which TypeScript's library does not know yet. */
function localeOf(region: string): Intl.Locale & { getTimeZones?(): readonly string[] | undefined } {
  return new Intl.Locale('und', { region })
}
