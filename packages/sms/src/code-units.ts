import type { UnencodableCharacter } from './errors.ts'

/** How a decoder treats octets that are not text in its alphabet: throw an SmsError, or put U+FFFD in their place. */
export interface DecodeOptions {
  readonly invalid?: 'throw' | 'replace'
}

/** U+FFFD, what stands for something that could not be read. */
export const REPLACEMENT_CODE_UNIT = 0xfffd

// Engines limit the number of arguments of a call; this many is safe in all of them.
const CHUNK_UNITS = 4096

/** The string of the first `length` UTF-16 code units: one call for a message, chunks for anything longer. */
export function stringFromCodeUnits(units: Uint16Array, length: number): string {
  if (length <= CHUNK_UNITS) return fromCharCodes(units.subarray(0, length))
  let text = ''
  for (let start = 0; start < length; start += CHUNK_UNITS) {
    text += fromCharCodes(units.subarray(start, Math.min(start + CHUNK_UNITS, length)))
  }
  return text
}

/** The characters (whole code points) of `text` whose code units are not all accepted by `fits`, in text order. */
export function findUnencodable(text: string, fits: (codeUnit: number) => boolean): UnencodableCharacter[] {
  const found: UnencodableCharacter[] = []
  for (let index = 0; index < text.length; index++) {
    if (fits(text.charCodeAt(index))) continue
    const character = String.fromCodePoint(text.codePointAt(index) ?? REPLACEMENT_CODE_UNIT)
    found.push({ character, index })
    index += character.length - 1
  }
  return found
}

function fromCharCodes(units: Uint16Array): string {
  // The signature asks for number[]; a typed array is array-like, which is all that apply needs, and saves a copy.
  return Reflect.apply(String.fromCharCode, undefined, units)
}
