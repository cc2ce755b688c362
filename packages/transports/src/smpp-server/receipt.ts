import { Buffer } from 'node:buffer'
import type { Pdu } from '../smpp/pdu/pdu.ts'
import type { Request } from '../smpp/window.ts'

const MC_DELIVERY_RECEIPT = 0x04
const DELIVERED = 2
/** Bits of registered_delivery that ask for a receipt of success: 1 for any outcome, 3 for success (SMPP 5.0 §4.7.21). */
const WANTS_RECEIPT: ReadonlySet<number> = new Set([1, 3])

/** The deliver_sm that says that what was submitted has arrived, by text and TLVs; undefined where none was asked for. */
export function deliveredReceipt(
  { fields }: Pdu<'submit_sm' | 'data_sm'>,
  id: string,
  now: number,
): Request<'deliver_sm'> | undefined {
  if (!WANTS_RECEIPT.has(fields.registered_delivery & 0b11)) return undefined
  const date = new Date(now).toISOString().replace(/^..(..)-(..)-(..)T(..):(..).*$/, '$1$2$3$4$5')
  const text = `id:${id} sub:001 dlvrd:001 submit date:${date} done date:${date} stat:DELIVRD err:000 text:`
  return {
    command: 'deliver_sm',
    fields: {
      source_addr_ton: fields.dest_addr_ton,
      source_addr_npi: fields.dest_addr_npi,
      source_addr: fields.destination_addr,
      dest_addr_ton: fields.source_addr_ton,
      dest_addr_npi: fields.source_addr_npi,
      destination_addr: fields.source_addr,
      esm_class: MC_DELIVERY_RECEIPT,
      short_message: Buffer.from(text, 'latin1'),
    },
    tlvs: { receipted_message_id: id, message_state: DELIVERED },
  }
}
