import * as z from 'zod'
import { bindFaultSchema, faultTimes, octetsFaultSchema, tcpFaultSchema } from '../../pretend/fault-kinds.ts'

/** How the next submits are dealt with instead of being accepted. */
const submitFaultSchema = z.strictObject({
  submit: z.enum(['throttle', 'refuse', 'silent', 'delay', 'drop', 'garbage', 'wrong-checksum', 'dlr-first']),
  times: faultTimes,
  /** With `refuse`: the error code of the protocol. Default: that of a recipient who is none. */
  status: z.int().min(1).max(999).optional(),
  /** With `delay`: how long the answer takes. Default 1000. */
  ms: z.int().min(0).optional(),
})

/** What can be wrong with a pretend SMSC of UCP or CIMD2. */
export const framedFaultSchema = z.union([submitFaultSchema, bindFaultSchema, tcpFaultSchema, octetsFaultSchema])

/** A fault as scripts and tests write it. */
export type FramedFaultInput = z.input<typeof framedFaultSchema>
export type FramedSubmitFault = Extract<z.output<typeof framedFaultSchema>, { submit: string }>
