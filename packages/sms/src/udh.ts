import { SmsError } from './errors.ts'

/** One information element of a user data header: its identifier (IEI) and its data, 0 to 252 octets. */
export interface InformationElement {
  readonly id: number
  readonly data: Uint8Array
}

/** A user data header and where the text after it begins. */
export interface UserDataHeader {
  readonly elements: readonly InformationElement[]
  /** Octets of the whole header with its own length octet (UDHL + 1): the text begins at this offset. */
  readonly lengthOctets: number
}

/** Which part of which long message this is. */
export interface Concatenation {
  readonly reference: number
  readonly referenceBits: 8 | 16
  /** The number of parts, 1 to 255. */
  readonly total: number
  /** The number of this part, counted from 1. */
  readonly sequence: number
}

/** The ports of an application message (WAP, vCard and the like). */
export interface Ports {
  readonly destination: number
  readonly source: number
  readonly portBits: 8 | 16
}

/** Identifiers of the elements this package understands (3GPP TS 23.040 §9.2.3.24). */
export const IEI = {
  concat8: 0x00,
  ports8: 0x04,
  ports16: 0x05,
  concat16: 0x08,
  singleShift: 0x24,
  lockingShift: 0x25,
} as const

const MAX_OCTET = 0xff
const MAX_UINT16 = 0xffff

/**
 * Encodes a user data header, its length octet (UDHL) first; with no elements it is that octet alone.
 *
 * @throws SmsError `sms/udh-too-long` if the elements need more than 255 octets.
 */
export function encodeUdh(elements: readonly InformationElement[]): Uint8Array<ArrayBuffer> {
  const udhl = elements.reduce((octets, { data }) => octets + 2 + data.length, 0)
  if (udhl > MAX_OCTET) {
    throw new SmsError('sms/udh-too-long', `The user data header needs ${udhl} octets, its length octet ends at 255.`)
  }
  const header = new Uint8Array(1 + udhl)
  header[0] = udhl
  let at = 1
  for (const { id, data } of elements) {
    header[at] = id
    header[at + 1] = data.length
    header.set(data, at + 2)
    at += 2 + data.length
  }
  return header
}

/**
 * Decodes the user data header at the beginning of user data. The data of its elements are views, not copies.
 *
 * @throws SmsError `sms/udh-truncated`, with the octet offset, if the header or an element of it is longer than what is
 * there. 3GPP TS 23.040 §9.2.3.24 then tells receivers to ignore the whole header: the user data is text without one.
 */
export function decodeUdh(userData: Uint8Array): UserDataHeader {
  const udhl = userData[0]
  if (udhl === undefined) throw truncated('the length of the user data header', 0, 1, 0)
  const end = 1 + udhl
  if (end > userData.length) throw truncated('the user data header', 1, udhl, userData.length - 1)
  const elements: InformationElement[] = []
  let at = 1
  while (at < end) {
    const length = at + 1 < end ? userData[at + 1] : undefined
    if (length === undefined) throw truncated('the length of an information element', at + 1, 1, 0)
    const dataStart = at + 2
    if (dataStart + length > end) {
      throw truncated(`information element ${hexOctet(userData[at] ?? 0)}`, dataStart, length, end - dataStart)
    }
    elements.push({ id: userData[at] ?? 0, data: userData.subarray(dataStart, dataStart + length) })
    at = dataStart + length
  }
  return { elements, lengthOctets: end }
}

/**
 * The element that marks one part of a long message (3GPP TS 23.040 §9.2.3.24.1 and .24.8).
 *
 * @throws SmsError `sms/concat-out-of-range` if a number does not fit its field.
 */
export function concatElement({ reference, referenceBits, total, sequence }: Concatenation): InformationElement {
  checkRange('reference', reference, 0, referenceBits === 8 ? MAX_OCTET : MAX_UINT16)
  checkRange('total', total, 1, MAX_OCTET)
  checkRange('sequence', sequence, 1, total)
  return referenceBits === 8
    ? { id: IEI.concat8, data: Uint8Array.of(reference, total, sequence) }
    : { id: IEI.concat16, data: Uint8Array.of(reference >>> 8, reference & 0xff, total, sequence) }
}

/**
 * The concatenation among the elements: the last one that makes sense. One of the wrong size, with a total or sequence of
 * zero, or a sequence beyond the total is ignored, as §9.2.3.24.1 asks; then the message stands alone.
 */
export function findConcatenation(elements: readonly InformationElement[]): Concatenation | undefined {
  return elements.map(readConcatenation).findLast((concatenation) => concatenation !== undefined)
}

/** The application ports among the elements, the last ones if there are several (3GPP TS 23.040 §9.2.3.24.3, .24.4). */
export function findPorts(elements: readonly InformationElement[]): Ports | undefined {
  return elements.map(readPorts).findLast((ports) => ports !== undefined)
}

/** Zero bits that packed septets need after a header of so many octets, to begin on a septet boundary. */
export function fillBitsAfterUdh(headerLengthOctets: number): number {
  return (7 - ((headerLengthOctets * 8) % 7)) % 7
}

function readConcatenation({ id, data }: InformationElement): Concatenation | undefined {
  const isShort = id === IEI.concat8 && data.length === 3
  const isLong = id === IEI.concat16 && data.length === 4
  if (!isShort && !isLong) return undefined
  const [sequence = 0, total = 0, low = 0, high = 0] = data.toReversed()
  if (sequence === 0 || sequence > total) return undefined
  return { reference: high * 256 + low, referenceBits: isShort ? 8 : 16, total, sequence }
}

function readPorts({ id, data }: InformationElement): Ports | undefined {
  const [a = 0, b = 0, c = 0, d = 0] = data
  if (id === IEI.ports8 && data.length === 2) return { destination: a, source: b, portBits: 8 }
  if (id === IEI.ports16 && data.length === 4) return { destination: a * 256 + b, source: c * 256 + d, portBits: 16 }
  return undefined
}

function checkRange(field: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return
  throw new SmsError(
    'sms/concat-out-of-range',
    `The ${field} of a long message is ${value}, it must be a whole number from ${min} to ${max}.`,
  )
}

function truncated(what: string, octetOffset: number, needed: number, available: number): SmsError {
  return new SmsError(
    'sms/udh-truncated',
    `User data: ${what} needs ${needed} octets at offset ${octetOffset}, there are ${available}. ` +
      'Treat the user data as text without a header.',
    { octetOffset },
  )
}

function hexOctet(octet: number): string {
  return `0x${octet.toString(16).toUpperCase().padStart(2, '0')}`
}
