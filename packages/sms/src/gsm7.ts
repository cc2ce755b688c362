import { type DecodeOptions, findUnencodable, REPLACEMENT_CODE_UNIT, stringFromCodeUnits } from './code-units.ts'
import { SmsError, type UnencodableCharacter, unencodableError } from './errors.ts'
import { defaultAlphabet, ESC, ESCAPED, type Gsm7Alphabet, NOT_IN_ALPHABET } from './gsm7-alphabet.ts'

const SPACE = 0x20
const MAX_SEPTET = 0x7f

/**
 * Encodes text in the GSM 7-bit default alphabet, one septet per octet (3GPP TS 23.038 §6.2.1); characters of the
 * extension table take two. `packSeptets` makes the 7-bit form of it. `nationalAlphabet` gives other tables.
 *
 * @throws SmsError `sms/unencodable`, naming the characters that the alphabet lacks. Ask {@link isGsm7} first, or list
 * them with {@link findNonGsm7}.
 */
export function encodeGsm7(text: string, alphabet = defaultAlphabet): Uint8Array<ArrayBuffer> {
  const lengthSeptets = septetLength(text, alphabet)
  if (lengthSeptets === undefined) {
    throw unencodableError('GSM 7-bit', findNonGsm7(text, alphabet), 'Send the text as UCS-2 or replace them.')
  }
  const septets = new Uint8Array(lengthSeptets)
  let at = 0
  for (let index = 0; index < text.length; index++) {
    const code = gsm7Code(text.charCodeAt(index), alphabet)
    if (code >= ESCAPED) septets[at++] = ESC
    septets[at++] = code & MAX_SEPTET
  }
  return septets
}

/** How to decode septets: with which tables, the default ones unless told otherwise. */
export interface DecodeGsm7Options extends DecodeOptions {
  readonly alphabet?: Gsm7Alphabet
}

/**
 * Decodes unpacked septets. A code that the extension table lacks shows the character of the basic table, ESC ESC and an
 * ESC at the end show a space (3GPP TS 23.038 §6.2.1, §6.2.1.1), so every sequence of septets has a text.
 *
 * @throws SmsError `sms/invalid-octet` for an octet above 0x7F, unless `invalid` is `'replace'`, which makes it U+FFFD.
 */
export function decodeGsm7(
  septets: Uint8Array,
  { invalid = 'throw', alphabet = defaultAlphabet }: DecodeGsm7Options = {},
): string {
  const { basicUnits, extensionUnits } = alphabet
  const units = new Uint16Array(septets.length)
  let length = 0
  for (let offset = 0; offset < septets.length; offset++) {
    const septet = septets[offset] ?? 0
    if (septet > MAX_SEPTET) {
      if (invalid === 'throw') throw notASeptet(septet, offset)
      units[length++] = REPLACEMENT_CODE_UNIT
    } else if (septet !== ESC) {
      units[length++] = basicUnits[septet] ?? SPACE
    } else {
      // An octet that is no septet is not the second half of a pair; it is judged by itself in the next round.
      const second = septets[offset + 1] ?? MAX_SEPTET + 1
      if (second <= MAX_SEPTET) offset++
      units[length++] = extensionUnits[second] ?? SPACE
    }
  }
  return stringFromCodeUnits(units, length)
}

/** Whether every character of the text is in the GSM 7-bit default alphabet or its extension table. */
export function isGsm7(text: string): boolean {
  return septetLength(text) !== undefined
}

/** The number of septets the text takes, extension characters counting two, or undefined if it is not GSM 7-bit. */
export function septetLength(text: string, alphabet = defaultAlphabet): number | undefined {
  let lengthSeptets = text.length
  for (let index = 0; index < text.length; index++) {
    const code = gsm7Code(text.charCodeAt(index), alphabet)
    if (code === NOT_IN_ALPHABET) return undefined
    if (code >= ESCAPED) lengthSeptets++
  }
  return lengthSeptets
}

/** The characters that keep a text from being GSM 7-bit, in text order; none if it is. */
export function findNonGsm7(text: string, alphabet = defaultAlphabet): UnencodableCharacter[] {
  return findUnencodable(text, (unit) => gsm7Code(unit, alphabet) !== NOT_IN_ALPHABET)
}

/** Whether a code unit of GSM 7-bit text takes two septets: ESC and a code of the extension table. */
export function isEscapedInGsm7(codeUnit: number, alphabet = defaultAlphabet): boolean {
  const code = gsm7Code(codeUnit, alphabet)
  return code >= ESCAPED && code !== NOT_IN_ALPHABET
}

function gsm7Code(codeUnit: number, { codeOfUnit }: Gsm7Alphabet): number {
  return codeOfUnit[codeUnit] ?? NOT_IN_ALPHABET
}

function notASeptet(octet: number, octetOffset: number): SmsError {
  const hex = octet.toString(16).toUpperCase()
  return new SmsError(
    'sms/invalid-octet',
    `Octet 0x${hex} at offset ${octetOffset} is no GSM septet (0x00 to 0x7F). ` +
      'The text may be packed septets, or in another alphabet such as Latin-1.',
    { octetOffset },
  )
}
