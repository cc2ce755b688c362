import * as z from 'zod'
import { statuses } from '../pdu/definitions.ts'

const times = z.int().min(1).default(1)

/** How the next submit_sm are dealt with instead of being accepted. */
const submitFaultSchema = z.strictObject({
  submit: z.enum(['throttle', 'queue-full', 'refuse', 'silent', 'delay', 'drop', 'garbage', 'dlr-first']),
  times,
  /** With `refuse`: the status, by name or number. Default ESME_RINVDSTADR. */
  status: z.union([z.enum(Object.keys(statuses) as [string, ...string[]]), z.int().min(1)]).optional(),
  /** With `delay`: how long the answer takes. Default 1000. */
  ms: z.int().min(0).optional(),
})

/** How the next binds are dealt with. */
const bindFaultSchema = z.strictObject({
  bind: z.enum(['refuse', 'silent', 'already-bound']),
  times,
})

/** What happens to what the SMSC writes from now on: each octet alone, or PDUs of some milliseconds together. */
const tcpFaultSchema = z.strictObject({ tcp: z.enum(['split', 'join', 'plain']) })

/** What is written once, at once, on every connection. */
const octetsFaultSchema = z.strictObject({ octets: z.string().regex(/^([\da-f]{2})+$/i, 'must be hex octets') })

/** What can be wrong with a pretend SMSC. */
export const faultSchema = z.union([submitFaultSchema, bindFaultSchema, tcpFaultSchema, octetsFaultSchema])

/** A fault with its defaults filled in. */
export type Fault = z.output<typeof faultSchema>
/** A fault as scripts and tests write it. */
export type FaultInput = z.input<typeof faultSchema>
export type SubmitFault = Extract<Fault, { submit: string }>
export type BindFault = Extract<Fault, { bind: string }>

/** Faults that wait for their turn, in the order they were asked for. */
export class FaultQueue<F extends { readonly times: number }> {
  readonly #queue: { readonly fault: F; left: number }[] = []

  add(fault: F): void {
    this.#queue.push({ fault, left: fault.times })
  }

  /** The fault for what happens now, if any. */
  take(): F | undefined {
    const [first] = this.#queue
    if (first === undefined) return undefined
    first.left--
    if (first.left === 0) this.#queue.shift()
    return first.fault
  }
}
