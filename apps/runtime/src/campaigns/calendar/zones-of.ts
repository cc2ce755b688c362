import { isZone, offsetAt } from '@textloom/core'
import { countryOf } from '../../host/numbers.ts'

/** Which clocks a contact may go by. */
export interface ContactZones {
  /** The one that times of day are read on. */
  readonly clock: string
  /** All that may be theirs: what must not happen at night, must not be at night on any of them. */
  readonly all: readonly string[]
  /** ISO 3166 code, where the number tells. */
  readonly country: string | undefined
}

/**
 * The zone of a contact. One whose zone is not known is somewhere in the country of the number: the clock is the
 * channel's or the campaign's if that is one of the country's, else the one in its middle; nights and holidays count on
 * all of them.
 */
export function zonesOf(
  contact: { readonly phone: string; readonly timezone?: string | null | undefined },
  fallbacks: readonly (string | undefined)[],
): ContactZones {
  const country = countryOf(contact.phone)
  const { timezone } = contact
  if (timezone && isZone(timezone)) return { clock: timezone, all: [timezone], country }
  const known = fallbacks.filter((zone): zone is string => zone !== undefined && isZone(zone))
  const zones = country === undefined ? [] : zonesOfCountry(country)
  if (zones.length === 0) {
    const clock = known[0] ?? 'UTC'
    return { clock, all: [clock], country }
  }
  const clock = known.find((zone) => zones.includes(zone)) ?? zones[Math.floor(zones.length / 2)] ?? 'UTC'
  return { clock, all: zones, country }
}

/** ECMA-402's Intl Locale Info, before and after its getters became functions. */
interface LocaleWithZones extends Intl.Locale {
  readonly getTimeZones?: () => readonly string[] | undefined
  readonly timeZones?: readonly string[]
}

const byCountry = new Map<string, readonly string[]>()
/** Two days on which every pair of zones that ever differ, does: one of each half of the year. */
const winter = Date.UTC(2026, 0, 15)
const summer = Date.UTC(2026, 6, 15)

/** The zones of a country that show different times, from west to east. */
function zonesOfCountry(country: string): readonly string[] {
  const known = byCountry.get(country)
  if (known !== undefined) return known
  const locale: LocaleWithZones = new Intl.Locale(`und-${country}`)
  const named = locale.getTimeZones?.() ?? locale.timeZones ?? []
  const distinct = new Map(named.map((zone) => [`${offsetAt(winter, zone)} ${offsetAt(summer, zone)}`, zone]))
  const zones = [...distinct.values()].sort((a, b) => offsetAt(winter, a) - offsetAt(winter, b))
  byCountry.set(country, zones)
  return zones
}
