import type { DlrState, InboundDlr, InboundMo, SegmentReport } from '@textloom/core'
import { decodeGsm7 } from '@textloom/sms'
import type { MoIds } from '../connection/mo-ids.ts'
import { fingerprintOf, inboundMo } from '../framed/inbound-mo.ts'
import { recipientAndTime } from '../framed/message-id.ts'
import { fromNumber } from '../framed/numbers.ts'
import { readCimd2Body } from './body.ts'
import type { Cimd2Config } from './config.ts'
import { type Cimd2Frame, parameterOf } from './frame.ts'
import { P } from './operations.ts'
import { decodeUserData } from './user-data.ts'

/** What the link knows and the packet does not say. */
export type DeliverSettings = Pick<Cimd2Config, 'bareNumbers'>

/** The MO of an operation 20. */
export function readMo(frame: Cimd2Frame, { bareNumbers }: DeliverSettings, moIds: MoIds): InboundMo {
  const to = fromNumber(parameterOf(frame, P.destination) ?? '', bareNumbers)
  const fingerprint = fingerprintOf(frame.parameters.map(([number, value]) => `${number}:${value}`).toSorted())
  return inboundMo(
    { from: senderOf(frame, bareNumbers), to, body: readCimd2Body(frame) },
    frame.number,
    fingerprint,
    moIds,
  )
}

/** The sender, which is a number or a word. */
export function senderOf(frame: Cimd2Frame, bareNumbers: Cimd2Config['bareNumbers']): string {
  const word = parameterOf(frame, P.alphanumericOriginator)
  if (word !== undefined) return decodeGsm7(decodeUserData(word))
  return fromNumber(parameterOf(frame, P.originator) ?? '', bareNumbers)
}

/** Parameter 061 (CIMD 2 §5). */
const states: Readonly<Record<string, DlrState>> = {
  1: 'enroute',
  2: 'expired',
  3: 'undeliverable',
  4: 'delivered',
  5: 'enroute',
  6: 'unknown',
  7: 'deleted',
  8: 'deleted',
  9: 'deleted',
}

/** The receipt of an operation 23; undefined if it does not say which message it is about. */
export function readReceipt(frame: Cimd2Frame, { bareNumbers }: DeliverSettings): InboundDlr | undefined {
  const recipient = parameterOf(frame, P.destination)
  const timeStamp = parameterOf(frame, P.timeStamp)
  if (recipient === undefined || timeStamp === undefined) return undefined
  return {
    type: 'dlr',
    providerId: recipientAndTime(recipient, timeStamp),
    ...statusIn(frame),
    from: fromNumber(recipient, bareNumbers),
  }
}

/** What a receipt, or the answer to a question, says of a message. */
export function statusIn(frame: Cimd2Frame): Omit<SegmentReport, 'providerId'> {
  const state = states[Number(parameterOf(frame, P.statusCode) ?? '')] ?? 'unknown'
  const error = parameterOf(frame, P.statusErrorCode)
  return { state, ...(state === 'delivered' || error === undefined ? {} : { error }) }
}
