import type { DlrState, InboundDlr, InboundMo } from '@textloom/core'
import type { MoIds } from '../connection/mo-ids.ts'
import { fingerprintOf, inboundMo } from '../framed/inbound-mo.ts'
import { fromNumber } from '../framed/numbers.ts'
import { fromSender } from './address.ts'
import { readUcpBody } from './body.ts'
import type { UcpConfig } from './config.ts'
import type { UcpFrame } from './frame.ts'
import type { UcpMessageIds } from './message-ids.ts'

/** What the link knows and the operation does not say. */
export type DeliverSettings = Pick<UcpConfig, 'alphabet' | 'bareNumbers'>

/** The MO of an operation 52, or 01 of older SMSCs. */
export function readMo(frame: UcpFrame, settings: DeliverSettings, moIds: MoIds): InboundMo {
  const { AdC = '', OAdC = '', OTOA = '', SCTS = '', MT = '', Msg = '', XSer = '' } = frame.fields
  const from = fromSender(OAdC, OTOA, settings.bareNumbers)
  const to = fromNumber(AdC, settings.bareNumbers)
  const fingerprint = fingerprintOf([frame.operation, AdC, OAdC, OTOA, SCTS, MT, Msg, XSer])
  return inboundMo({ from, to, body: readUcpBody(frame, settings.alphabet) }, frame.number, fingerprint, moIds)
}

const states: Readonly<Record<string, DlrState>> = { 0: 'delivered', 1: 'enroute', 2: 'undeliverable' }

/** The receipt of an operation 53; undefined if it does not say which message it is about. */
export function readReceipt(frame: UcpFrame, settings: DeliverSettings, ids: UcpMessageIds): InboundDlr | undefined {
  const { AdC = '', OAdC = '', SCTS = '', Dst = '', Rsn = '' } = frame.fields
  const { text = '' } = readUcpBody(frame, settings.alphabet)
  const providerId = ids.ofReceipt(OAdC, SCTS, text)
  if (providerId === undefined) return undefined
  const state = states[Dst.trim()] ?? 'unknown'
  return {
    type: 'dlr',
    providerId,
    state,
    ...(state === 'delivered' || Rsn === '' ? {} : { error: Rsn }),
    from: fromNumber(OAdC, settings.bareNumbers),
    to: fromNumber(AdC, settings.bareNumbers),
  }
}
