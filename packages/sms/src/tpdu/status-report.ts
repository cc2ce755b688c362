import type { ReceiptState } from '../receipt-text.ts'
import { encodeAddress, readAddress, type TpduAddress } from './address.ts'
import type { OctetReader } from './octet-reader.ts'
import { readTimeStamp, writeTimeStamp } from './time.ts'

/** An SMS-STATUS-REPORT, what became of a message that asked for one (3GPP TS 23.040 §9.2.2.3). */
export interface StatusReportTpdu {
  readonly type: 'status-report'
  /** The TP-MR of the SMS-SUBMIT, which the modem answered. */
  readonly reference: number
  readonly recipient: TpduAddress
  readonly sentAtMs: number | undefined
  /** When the state was reached, or the last attempt made. */
  readonly doneAtMs: number | undefined
  /** TP-Status as it came. */
  readonly status: number
  readonly state: ReceiptState
}

/** What an SMS-STATUS-REPORT is made of. */
export interface StatusReportToWrite {
  readonly reference: number
  readonly recipient: TpduAddress
  readonly sentAtMs: number
  readonly doneAtMs: number
  readonly status: number
}

const STATUS_REPORT = 0b10
const NO_MORE_MESSAGES = 0x04

/** @throws SmsError `sms/bad-address` */
export function encodeStatusReport(report: StatusReportToWrite): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(
    STATUS_REPORT | NO_MORE_MESSAGES,
    report.reference & 0xff,
    ...encodeAddress(report.recipient),
    ...writeTimeStamp(report.sentAtMs),
    ...writeTimeStamp(report.doneAtMs),
    report.status & 0xff,
  )
}

/** Reads what follows the first octet of an SMS-STATUS-REPORT. @throws SmsError `sms/tpdu-truncated` */
export function readStatusReport(reader: OctetReader): StatusReportTpdu {
  const reference = reader.octet('TP-Message-Reference')
  const recipient = readAddress(reader, 'TP-Recipient-Address')
  const sentAtMs = readTimeStamp(reader.take('TP-Service-Centre-Time-Stamp', 7))
  const doneAtMs = readTimeStamp(reader.take('TP-Discharge-Time', 7))
  const status = reader.octet('TP-Status')
  return { type: 'status-report', reference, recipient, sentAtMs, doneAtMs, status, state: stateOfStatus(status) }
}

/**
 * What a TP-Status means (3GPP TS 23.040 §9.2.3.15). Half of its values are reserved and read as the first of their group.
 */
export function stateOfStatus(status: number): ReceiptState {
  switch (status) {
    case 0x46:
      return 'expired'
    case 0x47:
    case 0x48:
      return 'deleted'
    case 0x42:
      return 'rejected'
    default:
  }
  switch (status >>> 5) {
    case 0:
      return 'delivered'
    case 1:
      return 'enroute'
    case 2:
    case 3:
      return 'undeliverable'
    default:
      return 'unknown'
  }
}
