import { addPart, type HeldMessage, partKey } from '@textloom/sms'
import { fromWireAddress } from '../address.ts'
import { readBody, utf8 } from '../deliver.ts'
import type { Pdu } from '../pdu/pdu.ts'
import type { ReceivedMt } from './events.ts'

/** Puts the segments of MTs together, as the phone that gets them does. */
export class Phone {
  readonly #held = new Map<string, { readonly message: HeldMessage; readonly ids: readonly string[] }>()

  /** The whole MT, if this segment was the last that was missing. */
  take(pdu: Pdu<'submit_sm'>, id: string, now: number): ReceivedMt | undefined {
    const { fields } = pdu
    const from = fromWireAddress(fields.source_addr_ton, fields.source_addr)
    const to = fromWireAddress(fields.dest_addr_ton, fields.destination_addr)
    const { octets, text, charset, concatenation } = readBody(pdu, 'gsm7')
    if (concatenation === undefined) return { from, to, text: text ?? '', segments: 1, ids: [id] }
    const part = { ...concatenation, source: from, destination: to, octets, charset }
    const key = partKey(part)
    const held = this.#held.get(key)
    const added = addPart(held?.message, part, now)
    const ids = added.outcome === 'pending' || added.outcome === 'complete' ? [...(held?.ids ?? []), id] : []
    if (added.held !== undefined) {
      this.#held.set(key, { message: added.held, ids: added.outcome === 'pending' ? ids : [] })
    }
    if (added.message === undefined) return undefined
    const whole = added.message.text ?? utf8(added.message.octets) ?? ''
    return { from, to, text: whole, segments: concatenation.total, ids }
  }
}
