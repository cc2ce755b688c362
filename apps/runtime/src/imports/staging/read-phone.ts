import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js'
import { canonicalAddress } from '../../host/numbers.ts'

/** A phone as a file has it: canonical, or why it is none. */
export type ReadPhone = { readonly phone: string; readonly isShort: boolean } | { readonly problem: string }

/**
 * Reads a phone number in any spelling: `+36 (0)30/123-4567`, `0036…`, `06 30 …`, `36301234567` that lost its plus,
 * full-width digits. Three to eight digits are a short code unless the country has such numbers.
 */
export function readPhone(cell: string, country: string | null): ReadPhone {
  const text = cleaned(cell)
  if (text === '') return { problem: 'There is no phone number.' }
  if (/^\d+(?:[.,]\d+)?e\+?\d+$/i.test(text)) {
    return {
      problem: `"${cell}" was shortened by a spreadsheet, and its last digits are lost: format the column as text and enter it again.`,
    }
  }
  if (!/^\+?\d+$/.test(text)) return { problem: `"${cell}" is no phone number.` }
  if (text.startsWith('+') || text.startsWith('00')) return international(cell, canonicalAddress(text))
  const home = country === null || !isSupportedCountry(country) ? undefined : country
  if (/^\d{3,8}$/.test(text)) {
    const national = home === undefined ? undefined : parsePhoneNumberFromString(text, home)
    return national?.isValid() ? { phone: national.number, isShort: false } : { phone: text, isShort: true }
  }
  return home === undefined ? withoutCountry(cell, text) : nationalOf(cell, text, home)
}

/** Without blanks and marks, in ASCII: NFKC makes plain digits of full-width ones. */
function cleaned(cell: string): string {
  return cell
    .normalize('NFKC')
    .replace(/^'/, '')
    .replace(/^(?:tel|sms):/i, '')
    .replace(/^(\+|00)(\d{1,3})\s*\(0\)/, '$1$2')
    .replace(/[\s().\-–—/·\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu, '')
}

function international(cell: string, phone: string): ReadPhone {
  if (parsePhoneNumberFromString(phone)?.isPossible()) return { phone, isShort: false }
  return { problem: `"${cell}" has too few or too many digits for a phone number, or begins with no country.` }
}

function nationalOf(cell: string, text: string, home: CountryCode): ReadPhone {
  const abroad = parsePhoneNumberFromString(`+${text}`)
  // A whole number of this very country that only lost its plus: spreadsheets take it for a figure.
  if (abroad?.country === home && abroad.isValid()) return { phone: abroad.number, isShort: false }
  const national = parsePhoneNumberFromString(text, home)
  if (national?.isPossible()) return { phone: national.number, isShort: false }
  if (abroad?.isValid()) return { phone: abroad.number, isShort: false }
  return { problem: `"${cell}" is no phone number of ${home}, and has no + before a country’s code.` }
}

function withoutCountry(cell: string, text: string): ReadPhone {
  const abroad = text.startsWith('0') ? undefined : parsePhoneNumberFromString(`+${text}`)
  if (abroad?.isValid()) return { phone: abroad.number, isShort: false }
  return { problem: `"${cell}" does not say of which country it is: choose whose national numbers these are.` }
}
