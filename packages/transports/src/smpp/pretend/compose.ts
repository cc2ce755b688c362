import { Buffer } from 'node:buffer'
import type { Address, DlrState } from '@textloom/core'
import type { MessageFields } from '../pdu/pdu.ts'
import { type LongMessages, type SubmitSettings, submitRequests } from '../submit.ts'
import type { Request } from '../window.ts'
import type { MessageId } from './ids.ts'

/** An MO to compose. */
export interface MoText {
  readonly from: Address
  readonly to: Address
  readonly text: string
}

/** The deliver_sm that carry an MO, one per part. */
export function moRequests(mo: MoText, reference: number, long: LongMessages): readonly Request<'deliver_sm'>[] {
  const settings: SubmitSettings = {
    source: {},
    destination: {},
    dataCoding0: 'gsm7',
    longMessages: long,
    nationalTables: [],
  }
  const parts = submitRequests({ ...mo, key: 'mo', reference, wantsDlr: false }, settings)
  return parts.map(({ fields = {}, tlvs = {} }) => ({ command: 'deliver_sm', fields, tlvs }))
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

/** The number of a state in message_state (SMPP 3.4 §5.2.28). */
export function messageStateOf(state: DlrState): number {
  return states[state].number
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
