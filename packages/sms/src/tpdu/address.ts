import { SmsError } from '../errors.ts'
import { decodeGsm7, encodeGsm7, isGsm7 } from '../gsm7.ts'
import { packSeptets, unpackSeptets } from '../septets.ts'
import type { OctetReader } from './octet-reader.ts'
import { readSemiOctets, writeSemiOctets } from './semi-octets.ts'

/** Types of number that the codec treats specially (3GPP TS 23.040 §9.1.2.5). */
const TON = { unknown: 0, international: 1, alphanumeric: 5 } as const
/** Numbering plans that the codec writes (3GPP TS 23.040 §9.1.2.5). */
const NPI = { unknown: 0, telephone: 1 } as const

/** An address of a TPDU. */
export interface TpduAddress {
  /** Digits (also `*`, `#`, `a`, `b`, `c`) without a plus, or the text of an alphanumeric address. */
  readonly number: string
  /** Type of number, 0 to 7. */
  readonly ton: number
  /** Numbering plan identification, 0 to 15. */
  readonly npi: number
}

const MOST_DIGITS = 20
const MOST_SEPTETS = 11

/** The address of what people write: `+36301234567`, `4040`, or a word of up to 11 GSM 7-bit characters. */
export function tpduAddress(written: string): TpduAddress {
  if (/^\+[0-9]+$/.test(written)) {
    return { number: written.slice(1), ton: TON.international, npi: NPI.telephone }
  }
  if (/^[0-9*#]+$/.test(written)) return { number: written, ton: TON.unknown, npi: NPI.telephone }
  return { number: written, ton: TON.alphanumeric, npi: NPI.unknown }
}

/** An address as people write it: `+` before an international number. */
export function writtenAddress({ number, ton }: TpduAddress): string {
  return ton === TON.international ? `+${number}` : number
}

/**
 * Writes an address: its length in semi-octets, its type, its value (3GPP TS 23.040 §9.1.2.5).
 *
 * @throws SmsError `sms/bad-address` for an empty or too long one, or one with characters that have no place in it.
 */
export function encodeAddress({ number, ton, npi }: TpduAddress): Uint8Array<ArrayBuffer> {
  const type = 0x80 | ((ton & 0x07) << 4) | (npi & 0x0f)
  if (ton === TON.alphanumeric) {
    if (!isGsm7(number)) throw bad('has characters that GSM 7-bit lacks')
    const septets = encodeGsm7(number)
    if (septets.length === 0 || septets.length > MOST_SEPTETS) {
      throw bad(`has ${septets.length} characters, a word has 1 to ${MOST_SEPTETS}`)
    }
    return Uint8Array.of(Math.ceil((septets.length * 7) / 4), type, ...packSeptets(septets))
  }
  const digits = writeSemiOctets(number)
  if (digits === undefined) throw bad('has characters that are no digits')
  if (number.length === 0 || number.length > MOST_DIGITS) {
    throw bad(`has ${number.length} digits, a number has 1 to ${MOST_DIGITS}`)
  }
  return Uint8Array.of(number.length, type, ...digits)
}

/** Reads an address. @throws SmsError `sms/tpdu-truncated` */
export function readAddress(reader: OctetReader, field: string): TpduAddress {
  const semiOctets = reader.octet(`the length of ${field}`)
  const type = reader.octet(`the type of ${field}`)
  return addressOf(reader.take(field, Math.ceil(semiOctets / 2)), type, semiOctets)
}

/**
 * Reads the service centre address that stands before a TPDU on a modem's line: its length counts octets, its type
 * included, and is 0 where the modem takes the one of the SIM (3GPP TS 24.011 §8.2.5.1).
 *
 * @throws SmsError `sms/tpdu-truncated`
 */
export function readServiceCentre(reader: OctetReader): TpduAddress | undefined {
  const octets = reader.octet('the length of the service centre address')
  if (octets === 0) return undefined
  const type = reader.octet('the type of the service centre address')
  return addressOf(reader.take('the service centre address', octets - 1), type, (octets - 1) * 2)
}

/** Writes the service centre address; without one the modem takes that of the SIM. @throws SmsError `sms/bad-address` */
export function encodeServiceCentre(address: TpduAddress | undefined): Uint8Array<ArrayBuffer> {
  if (address === undefined) return Uint8Array.of(0)
  const [, ...value] = encodeAddress(address)
  return Uint8Array.of(value.length, ...value)
}

function addressOf(octets: Uint8Array, type: number, semiOctets: number): TpduAddress {
  const ton = (type >>> 4) & 0x07
  const npi = type & 0x0f
  if (ton !== TON.alphanumeric) return { number: readSemiOctets(octets, semiOctets), ton, npi }
  const septets = unpackSeptets(octets, Math.floor((semiOctets * 4) / 7))
  return { number: decodeGsm7(septets), ton, npi }
}

function bad(what: string): SmsError {
  return new SmsError('sms/bad-address', `The address ${what}.`)
}
