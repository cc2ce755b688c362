import { encodeDataCoding } from '../data-coding.ts'
import { encodeAddress, readAddress, type TpduAddress } from './address.ts'
import type { OctetReader } from './octet-reader.ts'
import { HAS_HEADER } from './submit.ts'
import { readTimeStamp, writeTimeStamp } from './time.ts'
import { encodeUserData, readUserData, type UserData, type UserDataToWrite } from './user-data.ts'

/** An SMS-DELIVER, the TPDU that a phone receives (3GPP TS 23.040 §9.2.2.1). */
export interface DeliverTpdu {
  readonly type: 'deliver'
  readonly originator: TpduAddress
  /** When the SMSC took the message, in epoch milliseconds; undefined if the network wrote nonsense. */
  readonly sentAtMs: number | undefined
  /** True while the SMSC has further messages for this phone. */
  readonly hasMore: boolean
  readonly userData: UserData
}

/** What an SMS-DELIVER is made of. */
export interface DeliverToWrite extends UserDataToWrite {
  readonly originator: TpduAddress
  readonly sentAtMs: number
  readonly minutesAhead?: number
}

const NO_MORE_MESSAGES = 0x04

/** @throws SmsError `sms/bad-address`, `sms/user-data-too-long`, `sms/udh-too-long` */
export function encodeDeliver(deliver: DeliverToWrite): Uint8Array<ArrayBuffer> {
  const { elements = [], alphabet, originator, sentAtMs, minutesAhead } = deliver
  return Uint8Array.of(
    NO_MORE_MESSAGES | (elements.length > 0 ? HAS_HEADER : 0),
    ...encodeAddress(originator),
    0,
    encodeDataCoding({ alphabet }),
    ...writeTimeStamp(sentAtMs, minutesAhead),
    ...encodeUserData(deliver),
  )
}

/** Reads what follows the first octet of an SMS-DELIVER. @throws SmsError `sms/tpdu-truncated` */
export function readDeliver(reader: OctetReader, flags: number): DeliverTpdu {
  const originator = readAddress(reader, 'TP-Originating-Address')
  reader.octet('TP-Protocol-Identifier')
  const dataCoding = reader.octet('TP-Data-Coding-Scheme')
  const sentAtMs = readTimeStamp(reader.take('TP-Service-Centre-Time-Stamp', 7))
  return {
    type: 'deliver',
    originator,
    sentAtMs,
    hasMore: (flags & NO_MORE_MESSAGES) === 0,
    userData: readUserData(reader, dataCoding, (flags & HAS_HEADER) !== 0),
  }
}
