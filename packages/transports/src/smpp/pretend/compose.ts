import { Buffer } from 'node:buffer'
import type { Address, DlrState } from '@textloom/core'
import { encodeText, isGsm7 } from '@textloom/sms'
import type { MessageFields, TlvValues } from '../pdu/pdu.ts'
import { type SubmitSettings, submitRequests } from '../submit.ts'
import type { Request } from '../window.ts'
import type { MessageId } from './ids.ts'

/** How the SMSC hands over texts of more than one segment. */
export type LongStyle = 'udh8' | 'udh16' | 'sar' | 'payload'

/** An MO to compose. */
export interface MoText {
  readonly from: Address
  readonly to: Address
  readonly text: string
}

/** The deliver_sm that carry an MO, one per part. */
export function moRequests(mo: MoText, reference: number, long: LongStyle): readonly Request<'deliver_sm'>[] {
  const settings: SubmitSettings = {
    source: {},
    destination: {},
    dataCoding0: 'gsm7',
    referenceBits: long === 'udh16' ? 16 : 8,
  }
  const parts = submitRequests({ ...mo, key: 'mo', reference, wantsDlr: false }, settings)
  const [first] = parts
  if (first === undefined || parts.length === 1) return parts.map(asDeliver)
  if (long === 'sar') return parts.map((part, index) => asSar(part, reference, index + 1, parts.length))
  return long === 'payload' ? [asPayload(first, mo.text)] : parts.map(asDeliver)
}

type Part = Request<'submit_sm'>

function asDeliver({ fields = {} }: Part): Request<'deliver_sm'> {
  return { command: 'deliver_sm', fields }
}

/** The part with the sar_ TLVs instead of its UDH, which is 6 octets long. */
function asSar({ fields = {} }: Part, reference: number, sequence: number, total: number): Request<'deliver_sm'> {
  const tlvs: TlvValues = { sar_msg_ref_num: reference, sar_total_segments: total, sar_segment_seqnum: sequence }
  const short_message = (fields.short_message ?? Buffer.alloc(0)).subarray(6)
  return { command: 'deliver_sm', fields: { ...fields, esm_class: 0, short_message }, tlvs }
}

function asPayload({ fields = {} }: Part, text: string): Request<'deliver_sm'> {
  const message_payload = encodeText(text, isGsm7(text) ? 'gsm7' : 'ucs2')
  const whole = { ...fields, esm_class: 0, short_message: Buffer.alloc(0) }
  return { command: 'deliver_sm', fields: whole, tlvs: { message_payload } }
}

/** Which of its two ways a receipt uses: the text of appendix B, the TLVs, or both. */
export type ReceiptStyle = 'both' | 'text' | 'tlv'

const MC_DELIVERY_RECEIPT = 0x04

/** The deliver_sm that says what became of a segment; from the phone, as receipts are. */
export function receiptRequest(
  submit: MessageFields,
  id: MessageId,
  state: DlrState,
  style: ReceiptStyle,
  now: number,
): Request<'deliver_sm'> {
  const { word, number } = states[state]
  const date = new Date(now).toISOString().replace(/^..(..)-(..)-(..)T(..):(..).*$/, '$1$2$3$4$5')
  const isDelivered = state === 'delivered'
  const text =
    `id:${id.receipt} sub:001 dlvrd:${isDelivered ? '001' : '000'} submit date:${date} done date:${date} ` +
    `stat:${word} err:${isDelivered ? '000' : '001'} text:`
  return {
    command: 'deliver_sm',
    fields: {
      source_addr_ton: submit.dest_addr_ton,
      source_addr_npi: submit.dest_addr_npi,
      source_addr: submit.destination_addr,
      dest_addr_ton: submit.source_addr_ton,
      dest_addr_npi: submit.source_addr_npi,
      destination_addr: submit.source_addr,
      esm_class: MC_DELIVERY_RECEIPT,
      short_message: style === 'tlv' ? Buffer.alloc(0) : Buffer.from(text, 'latin1'),
    },
    tlvs: style === 'text' ? {} : { receipted_message_id: id.receipt, message_state: number },
  }
}

/** The words of appendix B and the numbers of SMPP 3.4 §5.2.28. */
const states: Readonly<Record<DlrState, { readonly word: string; readonly number: number }>> = {
  enroute: { word: 'ENROUTE', number: 1 },
  delivered: { word: 'DELIVRD', number: 2 },
  expired: { word: 'EXPIRED', number: 3 },
  deleted: { word: 'DELETED', number: 4 },
  undeliverable: { word: 'UNDELIV', number: 5 },
  accepted: { word: 'ACCEPTD', number: 6 },
  unknown: { word: 'UNKNOWN', number: 7 },
  rejected: { word: 'REJECTD', number: 8 },
  skipped: { word: 'SKIPPED', number: 9 },
}
