import { decodeText, type ReadableCharset } from '../charset.ts'
import { decodeDataCoding } from '../data-coding.ts'
import { SmsError } from '../errors.ts'
import { nationalCharset } from '../national/charset.ts'
import { findNationalTables } from '../national/elements.ts'
import { packSeptets, unpackSeptets } from '../septets.ts'
import { decodeUdh, encodeUdh, fillBitsAfterUdh, type InformationElement } from '../udh.ts'
import type { OctetReader } from './octet-reader.ts'

/** TP-User-Data holds at most so many octets (3GPP TS 23.040 §9.2.3.16). */
const MOST_OCTETS = 140

/** What a TPDU carries, as it was read. */
export interface UserData {
  readonly dataCoding: number
  /** The elements of its header; empty without one. */
  readonly elements: readonly InformationElement[]
  /** The alphabet of the octets; undefined if they are binary or compressed. */
  readonly charset: ReadableCharset | undefined
  /** The body without its header; GSM 7-bit unpacked. */
  readonly octets: Uint8Array
  /** The text, U+FFFD for what could not be read; undefined if the octets are binary. */
  readonly text: string | undefined
}

/** What a TPDU is to carry. */
export interface UserDataToWrite {
  /** Elements of a header; none for no header. */
  readonly elements?: readonly InformationElement[]
  readonly alphabet: 'gsm7' | 'octets' | 'ucs2'
  /** One septet per octet for `gsm7`. */
  readonly octets: Uint8Array
}

/**
 * TP-UDL and TP-UD (3GPP TS 23.040 §9.2.3.16, §9.2.3.24): the length counts septets for GSM 7-bit and octets otherwise, the
 * header with its fill bits included.
 *
 * @throws SmsError `sms/user-data-too-long` beyond 140 octets, `sms/udh-too-long`
 */
export function encodeUserData({ elements = [], alphabet, octets }: UserDataToWrite): Uint8Array<ArrayBuffer> {
  const header = elements.length === 0 ? new Uint8Array() : encodeUdh(elements)
  const fillBits = header.length === 0 ? 0 : fillBitsAfterUdh(header.length)
  const body = alphabet === 'gsm7' ? packSeptets(octets, fillBits) : octets
  const total = header.length + body.length
  if (total > MOST_OCTETS) {
    throw new SmsError(
      'sms/user-data-too-long',
      `The user data needs ${total} octets, a TPDU holds ${MOST_OCTETS}. Cut the text into parts first.`,
    )
  }
  const headerSeptets = Math.ceil((header.length * 8) / 7)
  const length = alphabet === 'gsm7' ? headerSeptets + octets.length : total
  return Uint8Array.of(length, ...header, ...body)
}

/**
 * Reads TP-UDL and TP-UD.
 *
 * @throws SmsError `sms/tpdu-truncated` when there are fewer octets than the length says.
 */
export function readUserData(reader: OctetReader, dataCoding: number, hasHeader: boolean): UserData {
  const { alphabet, isCompressed } = decodeDataCoding(dataCoding)
  const isSeptets = alphabet === 'gsm7' && !isCompressed
  const length = reader.octet('TP-User-Data-Length')
  const whole = reader.take('TP-User-Data', isSeptets ? Math.ceil((length * 7) / 8) : length)
  const header = hasHeader ? readHeader(whole) : undefined
  const elements = header?.elements ?? []
  const headerOctets = header?.lengthOctets ?? 0
  const octets = isSeptets ? septetsAfter(whole, headerOctets, length) : whole.subarray(headerOctets)
  const charset = isCompressed || alphabet === 'octets' ? undefined : charsetOf(alphabet, elements)
  const text = charset === undefined ? undefined : decodeText(octets, charset, { invalid: 'replace' })
  return { dataCoding, elements, charset, octets, text }
}

function septetsAfter(whole: Uint8Array, headerOctets: number, length: number): Uint8Array {
  if (headerOctets === 0) return unpackSeptets(whole, length)
  const count = Math.max(0, length - Math.ceil((headerOctets * 8) / 7))
  return unpackSeptets(whole.subarray(headerOctets), count, fillBitsAfterUdh(headerOctets))
}

function charsetOf(alphabet: 'gsm7' | 'ucs2', elements: readonly InformationElement[]): ReadableCharset {
  const tables = alphabet === 'gsm7' ? findNationalTables(elements) : undefined
  return tables === undefined ? alphabet : nationalCharset(tables)
}

/** A header that does not hold together is text, as 3GPP TS 23.040 §9.2.3.24 asks. */
function readHeader(userData: Uint8Array): ReturnType<typeof decodeUdh> | undefined {
  try {
    return decodeUdh(userData)
  } catch (error) {
    if (error instanceof SmsError) return undefined
    throw error
  }
}
