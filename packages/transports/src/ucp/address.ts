import { Buffer } from 'node:buffer'
import type { Address } from '@textloom/core'
import { decodeGsm7, encodeGsm7, isGsm7, packSeptets, unpackSeptets } from '@textloom/sms'
import { FrameError } from '../framed/frame.ts'
import { type BareNumbers, fromNumber } from '../framed/numbers.ts'

/** What OTOA says of OAdC: a number of no told kind, an international one, or an alphanumeric sender. */
const OTOA = { international: '1139', alphanumeric: '5039' } as const

const MAX_DIGITS = 22
const MAX_CHARACTERS = 11

/** AdC for a recipient; `prefix` stands before the country code. @throws FrameError */
export function toRecipient(address: Address, prefix: string): string {
  const digits = address.startsWith('+') ? `${prefix}${address.slice(1)}` : address
  if (/^\d+$/.test(digits) && digits.length <= MAX_DIGITS) return digits
  throw new FrameError(`AdC takes at most ${MAX_DIGITS} digits`)
}

/** OAdC and OTOA for a sender. @throws FrameError */
export function toSender(address: Address): { readonly OAdC: string; readonly OTOA?: string } {
  const [, plus, digits] = /^(\+?)(\d+)$/.exec(address) ?? []
  if (digits === undefined) return { OAdC: packedSender(address), OTOA: OTOA.alphanumeric }
  if (digits.length > MAX_DIGITS) throw new FrameError(`OAdC takes at most ${MAX_DIGITS} digits`)
  return plus === '+' ? { OAdC: digits, OTOA: OTOA.international } : { OAdC: digits }
}

/** The address of OAdC; anything that does not say what it is as it came, unless the link knows better (CONTRACT §2). */
export function fromSender(oadc: string, otoa: string, bare: BareNumbers): Address {
  if (otoa === OTOA.alphanumeric) return unpackedSender(oadc) ?? oadc
  if (otoa === OTOA.international && /^\d+$/.test(oadc)) return fromNumber(oadc, 'international')
  return fromNumber(oadc, bare)
}

/** The count of useful semi-octets, and the septets packed (EMI/UCP 4.6 §5.1.1). */
function packedSender(name: string): string {
  if (!isGsm7(name) || name === '') throw new FrameError('OAdC takes a sender in characters of GSM 7-bit')
  const septets = encodeGsm7(name)
  if (septets.length > MAX_CHARACTERS) throw new FrameError(`OAdC takes a sender of ${MAX_CHARACTERS} characters`)
  const semiOctets = Math.ceil((septets.length * 7) / 4)
  return Buffer.from([semiOctets, ...packSeptets(septets)])
    .toString('hex')
    .toUpperCase()
}

function unpackedSender(hex: string): string | undefined {
  const [semiOctets = 0, ...octets] = Buffer.from(hex, 'hex')
  const count = Math.floor((semiOctets * 4) / 7)
  if (count === 0 || count > Math.floor((octets.length * 8) / 7)) return undefined
  return decodeGsm7(unpackSeptets(Uint8Array.from(octets), count))
}
