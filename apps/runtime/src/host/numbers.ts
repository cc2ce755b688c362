import type { Address } from '@textloom/core'
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js'

/**
 * The one spelling by which a phone is known (CONTRACT §2): `+digits` if it is international, 3–8 bare digits for
 * short codes, otherwise national by the channel's country. What is no number at all (a word as sender) stays.
 */
export function canonicalAddress(address: Address, country?: string): Address {
  const compact = address.replace(/[\s().\-/\u00A0]/g, '')
  const international = /^(?:\+|00)(\d{4,})$/.exec(compact)
  if (international?.[1] !== undefined) return `+${international[1]}`
  if (/^\d{3,8}$/.test(compact)) return compact
  if (!/^\d+$/.test(compact)) return address.trim()
  const home = countryCode(country)
  const national = home === undefined ? undefined : parsePhoneNumberFromString(compact, home)
  return national?.isPossible() ? national.number : compact
}

/** The ISO 3166 country of an international number, for reports; undefined where the number does not tell. */
export function countryOf(phone: Address): string | undefined {
  return phone.startsWith('+') ? parsePhoneNumberFromString(phone)?.country : undefined
}

function countryCode(country: string | undefined): CountryCode | undefined {
  const code = country?.toUpperCase()
  return code !== undefined && isSupportedCountry(code) ? code : undefined
}
