import * as z from 'zod'
import { bindFaultSchema, faultTimes, octetsFaultSchema, tcpFaultSchema } from '../../pretend/fault-kinds.ts'
import { statuses } from '../pdu/definitions.ts'

/** How the next submit_sm are dealt with instead of being accepted. */
const submitFaultSchema = z.strictObject({
  submit: z.enum(['throttle', 'queue-full', 'refuse', 'silent', 'delay', 'drop', 'garbage', 'dlr-first', 'no-id']),
  times: faultTimes,
  /** With `refuse`: the status, by name or number. Default ESME_RINVDSTADR. */
  status: z.union([z.enum(Object.keys(statuses) as [string, ...string[]]), z.int().min(1)]).optional(),
  /** With `delay`: how long the answer takes. Default 1000. */
  ms: z.int().min(0).optional(),
})

/** What can be wrong with a pretend SMSC. */
export const faultSchema = z.union([submitFaultSchema, bindFaultSchema, tcpFaultSchema, octetsFaultSchema])

/** A fault with its defaults filled in. */
export type Fault = z.output<typeof faultSchema>
/** A fault as scripts and tests write it. */
export type FaultInput = z.input<typeof faultSchema>
export type SubmitFault = Extract<Fault, { submit: string }>
