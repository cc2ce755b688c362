import * as z from 'zod'
import { ticketOutcomes } from '../session/event.ts'

const jsonRecord = z.record(z.string(), z.json())

/** The contact a simulated conversation is held with. */
export const simulatedContactSchema = z.strictObject({
  phone: z.string().optional(),
  name: z.string().optional(),
  language: z.string().optional(),
  timezone: z.string().optional(),
  fields: jsonRecord.optional(),
  groups: z.array(z.string()).optional(),
})

/**
 * What happens in a simulated conversation: the input lines of `textloom simulate` (CONTRACT §4), one JSON object a
 * line.
 */
export const simulateInputSchema = z.union([
  z.strictObject({ mo: z.string() }),
  z.strictObject({ advance: z.string() }),
  z.strictObject({
    http: z.union([
      z.strictObject({ status: z.int().min(100).max(599), json: z.json().optional(), text: z.string().optional() }),
      z.strictObject({ error: z.enum(['timeout', 'network']) }),
    ]),
  }),
  z.strictObject({ dlr: z.enum(['delivered', 'failed']) }),
  z.strictObject({
    agent: z.union([z.strictObject({ say: z.string() }), z.strictObject({ close: z.enum(ticketOutcomes) })]),
  }),
  z.strictObject({ link: z.literal('opened') }),
])

/** A change of the contact, in the words of the outputs of `textloom simulate`. */
const contactChangeSchema = z.union([
  z.strictObject({ field: z.string(), value: z.json() }),
  z.strictObject({ group: z.string(), change: z.enum(['added', 'removed']) }),
  z.strictObject({ language: z.string() }),
  z.strictObject({ name: z.string() }),
  z.strictObject({ timezone: z.string() }),
  z.strictObject({ consent: z.enum(['in', 'out']), topic: z.string().optional() }),
])

/** What a saved test expects at that place of the conversation. */
export const expectationSchema = z.union([
  z.strictObject({ mt: z.string() }),
  z.strictObject({ wait: z.enum(['reply', 'time', 'http', 'agent']) }),
  z.strictObject({ end: z.enum(['completed', 'expired', 'failed', 'interrupted', 'handed_over']) }),
  z.strictObject({ result: z.strictObject({ name: z.string(), value: z.json(), category: z.string().optional() }) }),
  z.strictObject({
    request: z.strictObject({ method: z.string(), url: z.string(), body: z.json().optional() }),
  }),
  z.strictObject({ contact: contactChangeSchema }),
  z.strictObject({ ticket: z.strictObject({ queue: z.string(), note: z.string().optional() }) }),
  z.strictObject({
    notify: z.strictObject({
      by: z.enum(['email', 'webhook', 'sms']),
      to: z.array(z.string()).optional(),
      text: z.string().optional(),
    }),
  }),
  z.strictObject({ flow: z.union([z.strictObject({ entered: z.string() }), z.strictObject({ left: z.string() })]) }),
  z.strictObject({ ignored: z.enum(['no-match', 'no-session', 'not-waiting', 'opted-out', 'already-opted-out']) }),
  z.strictObject({ visits: z.string() }),
])

/**
 * A conversation kept with its flow, read like a chat: what the contact does and what must come of it, in order. Every
 * MT must be listed; other outcomes are checked where they are listed. `visits` names a node the last turn passed.
 */
export const savedTestSchema = z.strictObject({
  name: z.string().min(1),
  contact: simulatedContactSchema.optional(),
  /** The id of the channel it is held on; default `simulator`. */
  channel: z.string().optional(),
  now: z.string().optional(),
  seed: z.int().optional(),
  params: jsonRecord.optional(),
  /** Start at once instead of waiting for a text; default when the flow has no keyword. */
  start: z.boolean().optional(),
  steps: z.array(z.union([simulateInputSchema, expectationSchema])),
})

export type SimulatedContact = z.infer<typeof simulatedContactSchema>
export type SimulateInput = z.infer<typeof simulateInputSchema>
export type Expectation = z.infer<typeof expectationSchema>
export type SavedTest = z.infer<typeof savedTestSchema>
