import { createHash } from 'node:crypto'
import type { Inbound, InboundMo } from '@textloom/core'
import {
  type DeliverTpdu,
  decodeModemPdu,
  findConcatenation,
  SmsError,
  type StatusReportTpdu,
  writtenAddress,
} from '@textloom/sms'
import { recipientMark } from '../message/recipient-mark.ts'

/** The line that a modem is. */
export interface ModemLine {
  readonly link: string
  /** The number of its SIM. A message does not say which it was written to; empty where nobody said. */
  readonly number: string
}

/**
 * What a PDU of a modem brings: an MO or a receipt; undefined for what is neither, or cannot be read.
 *
 * The wire has no ids. The same PDU read again, after a crash or where it could not be deleted, has the same id: a hash
 * of it, time stamp included, and of `place`, so that two that say the same in one second are two where they lie side by
 * side.
 */
export function readIncoming(line: ModemLine, pdu: string, place: string): Inbound | undefined {
  try {
    const { tpdu } = decodeModemPdu(Buffer.from(pdu, 'hex'), 'to-phone')
    if (tpdu.type === 'deliver') return moOf(line, `${place}:${hashOf(pdu)}`, tpdu)
    return tpdu.type === 'status-report' ? dlrOf(tpdu) : undefined
  } catch (error) {
    if (error instanceof SmsError) return undefined
    throw error
  }
}

/**
 * How a segment is called that the modem numbered so: numbers come round after 256, so the phone belongs to it.
 */
export function segmentId(reference: number, phone: string): string {
  return `${reference}:${recipientMark(phone)}`
}

function moOf({ link, number }: ModemLine, id: string, { originator, userData }: DeliverTpdu): InboundMo {
  const { elements, charset, octets, text = '' } = userData
  const concatenation = findConcatenation(elements)
  return {
    type: 'mo',
    id: `mo:${link}:${id}`,
    from: writtenAddress(originator),
    to: number,
    text,
    ...(userData.text === undefined || text.includes('\ufffd') ? { rawHex: Buffer.from(octets).toString('hex') } : {}),
    ...(concatenation && { part: { ...concatenation, encoding: charset ?? 'binary', octets } }),
  }
}

function dlrOf({ reference, recipient, state, status }: StatusReportTpdu): Inbound {
  return {
    type: 'dlr',
    providerId: segmentId(reference, recipient.number),
    state,
    ...(state === 'delivered' ? {} : { error: `0x${status.toString(16).padStart(2, '0')}` }),
    from: writtenAddress(recipient),
  }
}

function hashOf(pdu: string): string {
  return createHash('sha256').update(pdu.toUpperCase()).digest('base64url').slice(0, 22)
}
