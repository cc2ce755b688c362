import * as z from 'zod'

/** How often a fault happens. */
export const faultTimes = z.int().min(1).default(1)

/** How the next binds (logins) are dealt with. */
export const bindFaultSchema = z.strictObject({
  bind: z.enum(['refuse', 'silent', 'already-bound']),
  times: faultTimes,
})

/** What happens to what the SMSC writes from now on: each octet alone, or PDUs of some milliseconds together. */
export const tcpFaultSchema = z.strictObject({ tcp: z.enum(['split', 'join', 'plain']) })

/** What is written once, at once, on every connection. */
export const octetsFaultSchema = z.strictObject({ octets: z.string().regex(/^([\da-f]{2})+$/i, 'must be hex octets') })

export type BindFault = z.output<typeof bindFaultSchema>
