import type { Address } from '@textloom/core'
import { addPart, type HeldMessage, partKey } from '@textloom/sms'
import { type Body, utf8 } from '../message/body.ts'
import type { ReceivedMt } from './events.ts'

/** A segment of an MT, as an SMSC takes it. */
export interface ReceivedSegment {
  readonly from: Address
  readonly to: Address
  readonly body: Body
  /** The id that the SMSC gave it. */
  readonly id: string
}

/** Puts the segments of MTs together, as the phone that gets them does. */
export class Phone {
  readonly #held = new Map<string, { readonly message: HeldMessage; readonly ids: readonly string[] }>()

  /** The whole MT, if this segment was the last that was missing. */
  take({ from, to, body, id }: ReceivedSegment, now: number): ReceivedMt | undefined {
    const { octets, text, charset, concatenation } = body
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
