import { encodeDataCoding, type MessageClass } from '../data-coding.ts'
import { encodeAddress, readAddress, type TpduAddress } from './address.ts'
import type { OctetReader } from './octet-reader.ts'
import { readRelativeValidity, readTimeStamp, writeRelativeValidity } from './time.ts'
import { encodeUserData, readUserData, type UserData, type UserDataToWrite } from './user-data.ts'

/** An SMS-SUBMIT, the TPDU of a phone that sends (3GPP TS 23.040 §9.2.2.2). */
export interface SubmitTpdu {
  readonly type: 'submit'
  /** TP-MR; a modem writes its own. */
  readonly reference: number
  readonly destination: TpduAddress
  readonly wantsReport: boolean
  readonly rejectsDuplicates: boolean
  /** Milliseconds from now, or an epoch millisecond; undefined where the SMSC decides. */
  readonly validity: { readonly forMs: number } | { readonly untilMs: number | undefined } | undefined
  readonly userData: UserData
}

/** What an SMS-SUBMIT is made of. */
export interface SubmitToWrite extends UserDataToWrite {
  readonly destination: TpduAddress
  readonly messageClass?: MessageClass
  readonly reference?: number
  readonly wantsReport?: boolean
  readonly rejectsDuplicates?: boolean
  /** How long the SMSC may try, in milliseconds; rounded down to what the relative format can say. */
  readonly validityMs?: number
}

const SUBMIT = 0b01
const REJECT_DUPLICATES = 0x04
const RELATIVE_VALIDITY = 0x10
const STATUS_REPORT_REQUEST = 0x20
export const HAS_HEADER = 0x40

/** @throws SmsError `sms/bad-address`, `sms/user-data-too-long`, `sms/udh-too-long` */
export function encodeSubmit(submit: SubmitToWrite): Uint8Array<ArrayBuffer> {
  const { elements = [], alphabet, messageClass, validityMs, reference = 0 } = submit
  const flags =
    SUBMIT |
    (submit.rejectsDuplicates ? REJECT_DUPLICATES : 0) |
    (validityMs === undefined ? 0 : RELATIVE_VALIDITY) |
    (submit.wantsReport ? STATUS_REPORT_REQUEST : 0) |
    (elements.length > 0 ? HAS_HEADER : 0)
  return Uint8Array.of(
    flags,
    reference & 0xff,
    ...encodeAddress(submit.destination),
    0, // TP-PID: an ordinary message between phones
    encodeDataCoding(messageClass === undefined ? { alphabet } : { alphabet, messageClass }),
    ...(validityMs === undefined ? [] : [writeRelativeValidity(validityMs)]),
    ...encodeUserData(submit),
  )
}

/** Reads what follows the first octet of an SMS-SUBMIT. @throws SmsError `sms/tpdu-truncated` */
export function readSubmit(reader: OctetReader, flags: number): SubmitTpdu {
  const reference = reader.octet('TP-Message-Reference')
  const destination = readAddress(reader, 'TP-Destination-Address')
  reader.octet('TP-Protocol-Identifier')
  const dataCoding = reader.octet('TP-Data-Coding-Scheme')
  const validity = readValidity(reader, (flags >>> 3) & 0b11)
  return {
    type: 'submit',
    reference,
    destination,
    wantsReport: (flags & STATUS_REPORT_REQUEST) !== 0,
    rejectsDuplicates: (flags & REJECT_DUPLICATES) !== 0,
    validity,
    userData: readUserData(reader, dataCoding, (flags & HAS_HEADER) !== 0),
  }
}

/** TP-Validity-Period in its three formats (3GPP TS 23.040 §9.2.3.12); of the enhanced one only relative times are read. */
function readValidity(reader: OctetReader, format: number): SubmitTpdu['validity'] {
  switch (format) {
    case 0:
      return undefined
    case 0b10:
      return { forMs: readRelativeValidity(reader.octet('TP-Validity-Period')) }
    case 0b11:
      return { untilMs: readTimeStamp(reader.take('TP-Validity-Period', 7)) }
    default: {
      const [functionality = 0, value = 0] = reader.take('TP-Validity-Period', 7)
      const kind = functionality & 0b111
      if (kind === 0b001) return { forMs: readRelativeValidity(value) }
      return kind === 0b010 ? { forMs: value * 1000 } : undefined
    }
  }
}
