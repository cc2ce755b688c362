import type { Buffer } from 'node:buffer'

/** What a ledger needs of a PDU. */
export interface PduFacts {
  readonly command: string
  /** 0 in requests. */
  readonly status: number
  readonly sequence: number
  /** Only of deliver_sm and submit_sm. */
  readonly message?: MessageFacts
}

/** Who wrote what to whom. */
export interface MessageFacts {
  readonly from: string
  readonly to: string
  readonly isReceipt: boolean
  readonly text: string
}

const RESPONSE = 0x8000_0000

const commands: Readonly<Record<number, string>> = {
  1: 'bind_receiver',
  2: 'bind_transmitter',
  4: 'submit_sm',
  5: 'deliver_sm',
  6: 'unbind',
  9: 'bind_transceiver',
  21: 'enquire_link',
}

/**
 * Reads a PDU by SMPP 3.4 §3.2 and §4.4, apart from the product's own codec, so that a fault in that cannot hide itself
 * from the ledger. Knows only texts whose octets are ASCII, which is what the phones of the crash test write.
 */
export function readPdu(octets: Buffer): PduFacts {
  const id = octets.readUInt32BE(4)
  const name = commands[id & ~RESPONSE] ?? `0x${id.toString(16)}`
  const command = (id & RESPONSE) === 0 ? name : `${name}_resp`
  const header = { command, status: octets.readUInt32BE(8), sequence: octets.readUInt32BE(12) }
  return command === 'submit_sm' || command === 'deliver_sm' ? { ...header, message: readMessage(octets) } : header
}

/** submit_sm (§4.4.1) and deliver_sm (§4.6.1) have the same fields in the same order. */
function readMessage(octets: Buffer): MessageFacts {
  let at = 16
  const cString = () => {
    const end = octets.indexOf(0, at)
    const text = octets.toString('latin1', at, end)
    at = end + 1
    return text
  }
  cString() // service_type
  at += 2 // source TON, NPI
  const from = cString()
  at += 2 // destination TON, NPI
  const to = cString()
  const esmClass = octets.readUInt8(at)
  at += 3 // esm_class, protocol_id, priority_flag
  cString() // schedule_delivery_time
  cString() // validity_period
  at += 4 // registered_delivery, replace_if_present_flag, data_coding, sm_default_msg_id
  const length = octets.readUInt8(at)
  const text = octets.toString('latin1', at + 1, at + 1 + length)
  return { from, to, isReceipt: (esmClass & 0b0011_1100) === 0b0000_0100, text }
}
