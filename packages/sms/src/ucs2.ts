import { type DecodeOptions, REPLACEMENT_CODE_UNIT, stringFromCodeUnits } from './code-units.ts'
import { SmsError } from './errors.ts'

/**
 * Encodes text as UCS-2, most significant octet first. In practice this is UTF-16BE: characters beyond U+FFFF are sent
 * as surrogate pairs, as every phone does. A surrogate without its other half becomes U+FFFD.
 */
export function encodeUcs2(text: string): Uint8Array<ArrayBuffer> {
  const wellFormed = text.toWellFormed()
  const octets = new Uint8Array(wellFormed.length * 2)
  for (let index = 0; index < wellFormed.length; index++) {
    const unit = wellFormed.charCodeAt(index)
    octets[index * 2] = unit >>> 8
    octets[index * 2 + 1] = unit & 0xff
  }
  return octets
}

/**
 * Decodes UCS-2 octets as UTF-16BE. Surrogate pairs are kept, a lone half becomes U+FFFD; a byte order mark is text.
 * Join the parts of a long message before decoding: some phones cut a pair in two.
 *
 * @throws SmsError `sms/odd-octets` for an odd number of octets, unless `invalid` is `'replace'`, which makes the half
 * character at the end U+FFFD.
 */
export function decodeUcs2(octets: Uint8Array, { invalid = 'throw' }: DecodeOptions = {}): string {
  const wholeUnits = octets.length >>> 1
  const hasHalfUnit = octets.length % 2 === 1
  if (hasHalfUnit && invalid === 'throw') {
    throw new SmsError(
      'sms/odd-octets',
      `UCS-2 text has ${octets.length} octets, the one at offset ${octets.length - 1} has no second half. ` +
        'The text may be cut short, or in another alphabet.',
      { octetOffset: octets.length - 1 },
    )
  }
  const units = new Uint16Array(wholeUnits + (hasHalfUnit ? 1 : 0))
  for (let index = 0; index < wholeUnits; index++) {
    units[index] = ((octets[index * 2] ?? 0) << 8) | (octets[index * 2 + 1] ?? 0)
  }
  if (hasHalfUnit) units[wholeUnits] = REPLACEMENT_CODE_UNIT
  return stringFromCodeUnits(units, units.length).toWellFormed()
}
