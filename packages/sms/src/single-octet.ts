import { type DecodeOptions, findUnencodable, REPLACEMENT_CODE_UNIT, stringFromCodeUnits } from './code-units.ts'
import { SmsError, unencodableError } from './errors.ts'

const MAX_ASCII = 0x7f
const MAX_LATIN1 = 0xff

/** Encodes text as ISO 8859-1 (SMPP data_coding 3). @throws SmsError `sms/unencodable` beyond U+00FF. */
export function encodeLatin1(text: string): Uint8Array<ArrayBuffer> {
  return encodeUpTo(MAX_LATIN1, 'Latin-1', text)
}

/**
 * Decodes ISO 8859-1: every octet is the code point of the same number. (`TextDecoder` is no substitute: it reads
 * "latin1" as windows-1252.)
 */
export function decodeLatin1(octets: Uint8Array): string {
  return stringFromCodeUnits(Uint16Array.from(octets), octets.length)
}

/** Whether every character of the text is in ISO 8859-1. */
export function isLatin1(text: string): boolean {
  return fitsUpTo(MAX_LATIN1, text)
}

/** Encodes text as ASCII, which SMPP calls IA5 (data_coding 1). @throws SmsError `sms/unencodable` beyond U+007F. */
export function encodeAscii(text: string): Uint8Array<ArrayBuffer> {
  return encodeUpTo(MAX_ASCII, 'ASCII', text)
}

/**
 * Decodes ASCII.
 *
 * @throws SmsError `sms/invalid-octet` above 0x7F, unless `invalid` is `'replace'`, which makes it U+FFFD.
 */
export function decodeAscii(octets: Uint8Array, { invalid = 'throw' }: DecodeOptions = {}): string {
  const units = Uint16Array.from(octets)
  for (let octetOffset = 0; octetOffset < units.length; octetOffset++) {
    const octet = units[octetOffset] ?? 0
    if (octet <= MAX_ASCII) continue
    if (invalid === 'throw') {
      const hex = octet.toString(16).toUpperCase()
      throw new SmsError(
        'sms/invalid-octet',
        `Octet 0x${hex} at offset ${octetOffset} is not ASCII. The text may be in another alphabet such as Latin-1.`,
        { octetOffset },
      )
    }
    units[octetOffset] = REPLACEMENT_CODE_UNIT
  }
  return stringFromCodeUnits(units, units.length)
}

/** Whether every character of the text is in ASCII. */
export function isAscii(text: string): boolean {
  return fitsUpTo(MAX_ASCII, text)
}

function fitsUpTo(max: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) > max) return false
  }
  return true
}

function encodeUpTo(max: number, alphabet: string, text: string): Uint8Array<ArrayBuffer> {
  if (!fitsUpTo(max, text)) {
    const misfits = findUnencodable(text, (unit) => unit <= max)
    throw unencodableError(alphabet, misfits, 'Send the text as UCS-2 or replace them.')
  }
  const octets = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index++) octets[index] = text.charCodeAt(index)
  return octets
}
