import { SmsError } from './errors.ts'

/** The alphabet of user data; `octets` is binary. */
export type DataAlphabet = 'gsm7' | 'octets' | 'ucs2'
/** 0: shown at once and not stored ("flash"); 1: for the phone; 2: for the SIM; 3: for the terminal. */
export type MessageClass = 0 | 1 | 2 | 3
/** The coding groups of 3GPP TS 23.038 §4, named by bits 7 to 4. */
export type DataCodingGroup =
  | 'general'
  | 'autoDelete'
  | 'reserved'
  | 'waitingDiscard'
  | 'waitingStore'
  | 'waitingStoreUcs2'
  | 'classOnly'

/** The meaning of a TP-Data-Coding-Scheme octet. */
export interface DataCoding {
  readonly group: DataCodingGroup
  readonly alphabet: DataAlphabet
  /** The text is compressed as in 3GPP TS 23.042: its octets are no septets or characters. */
  readonly isCompressed: boolean
  /** The coding is a reserved one and, as §4 asks of receivers, read as if it were 0. */
  readonly isReserved: boolean
  readonly messageClass?: MessageClass
  /** What the phone should say is waiting for its owner. */
  readonly waiting?: { readonly kind: 'voicemail' | 'fax' | 'email' | 'other'; readonly isActive: boolean }
}

/**
 * Decodes a TP-Data-Coding-Scheme octet (3GPP TS 23.038 §4). Reserved *codings* mean GSM 7-bit, as the specification
 * asks; reserved *bits* inside a known group are ignored.
 *
 * @throws SmsError `sms/not-an-octet` if the value is no integer from 0 to 255.
 */
export function decodeDataCoding(value: number): DataCoding {
  checkOctet(value)
  const group = groups[value >>> 4] ?? 'reserved'
  switch (group) {
    case 'general':
    case 'autoDelete':
      return generalCoding(group, value)
    case 'waitingDiscard':
    case 'waitingStore':
    case 'waitingStoreUcs2':
      return {
        group,
        alphabet: group === 'waitingStoreUcs2' ? 'ucs2' : 'gsm7',
        isCompressed: false,
        isReserved: false,
        waiting: { kind: waitingKinds[value & 0b11] ?? 'other', isActive: (value & 0b1000) !== 0 },
      }
    case 'classOnly':
      return {
        group,
        alphabet: (value & 0b100) === 0 ? 'gsm7' : 'octets',
        isCompressed: false,
        isReserved: false,
        messageClass: classOf(value),
      }
    case 'reserved':
      return reservedCoding(group)
  }
}

/** The octet for uncompressed user data in the given alphabet, in the general group (3GPP TS 23.038 §4). */
export function encodeDataCoding({
  alphabet,
  messageClass,
}: {
  readonly alphabet: DataAlphabet
  readonly messageClass?: MessageClass
}): number {
  const classBits = messageClass === undefined ? 0 : 0b1_0000 | messageClass
  return (alphabets.indexOf(alphabet) << 2) | classBits
}

/** @throws SmsError `sms/not-an-octet` */
export function checkOctet(value: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= 0xff) return
  throw new SmsError('sms/not-an-octet', `A data coding is one octet, 0 to 255; ${value} is not.`)
}

const alphabets: readonly DataAlphabet[] = ['gsm7', 'octets', 'ucs2']
const waitingKinds = ['voicemail', 'fax', 'email', 'other'] as const
const groups: readonly DataCodingGroup[] = [
  ...Array<DataCodingGroup>(4).fill('general'),
  ...Array<DataCodingGroup>(4).fill('autoDelete'),
  ...Array<DataCodingGroup>(4).fill('reserved'),
  'waitingDiscard',
  'waitingStore',
  'waitingStoreUcs2',
  'classOnly',
]

function generalCoding(group: 'general' | 'autoDelete', value: number): DataCoding {
  const alphabet = alphabets[(value >>> 2) & 0b11]
  if (alphabet === undefined) return reservedCoding(group)
  const coding = { group, alphabet, isCompressed: (value & 0b10_0000) !== 0, isReserved: false }
  // Without bit 4, bits 1 and 0 have no meaning.
  return (value & 0b1_0000) === 0 ? coding : { ...coding, messageClass: classOf(value) }
}

function reservedCoding(group: DataCodingGroup): DataCoding {
  return { group, alphabet: 'gsm7', isCompressed: false, isReserved: true }
}

function classOf(value: number): MessageClass {
  return ([0, 1, 2, 3] as const)[value & 0b11] ?? 0
}
