import { idSchema } from '@textloom/core'
import * as z from 'zod'
import { durationField, jsonObjectField, textField, timeField } from '../http/fields.ts'

export const newSessionSchema = z
  .strictObject({
    flow: idSchema,
    channel: idSchema,
    to: textField.min(1).max(40).meta({ description: 'A phone number in any spelling, or a short code.' }),
    params: jsonObjectField.default({}).openapi({ description: "Values for the flow's `params`." }),
    onBusy: z.enum(['skip', 'queue', 'interrupt']).optional().meta({
      description:
        'What to do while another session runs with this phone on this channel. Default: what the API start of the flow says, `skip` where it has none.',
    }),
    expiresIn: durationField.optional().meta({ description: 'How long a queued start may wait. Default PT24H.' }),
  })
  .meta({ id: 'NewSession' })

export const startedSchema = z
  .object({
    id: z.uuid().nullable().meta({ description: 'Null where there is no session.' }),
    started: z.boolean(),
    reason: z.enum(['busy', 'queued']).optional(),
    to: z.string().meta({ description: 'The recipient in canonical spelling.' }),
  })
  .meta({ id: 'StartedSession' })

const outcomes = ['completed', 'expired', 'failed', 'interrupted', 'handed_over'] as const

export const sessionQuery = {
  phone: textField.min(1).max(40).optional().meta({ description: 'In any spelling.' }),
  state: z
    .enum(['active', 'ended', ...outcomes])
    .optional()
    .meta({ description: 'Running, over, or over in this way.' }),
  flow: idSchema.optional(),
  channel: idSchema.optional(),
  since: timeField.optional(),
}

export const sessionSchema = z
  .object({
    id: z.uuid(),
    flow: z.string(),
    revision: z.int().nullable(),
    channel: z.string(),
    phone: z.string(),
    source: z.string().meta({ description: '`mo`, `api`, …: what began it.' }),
    state: z.enum(['queued', 'active', 'ended']),
    node: z.string().nullable().meta({ description: 'Where it rests; null when it does not run.' }),
    nodeFlow: z
      .string()
      .nullable()
      .meta({ description: 'The flow of that node, where a called one runs; null for the flow that it began with.' }),
    nodeRevision: z.int().nullable().meta({ description: 'The revision of `nodeFlow` that runs; null with it.' }),
    outcome: z.enum(outcomes).nullable(),
    failure: z.object({ code: z.string(), message: z.string(), node: z.string().optional() }).nullable(),
    startedAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Session' })

export const sessionDetailSchema = sessionSchema
  .extend({
    waitsFor: z.enum(['reply', 'time', 'http', 'agent']).nullable(),
    until: z.iso.datetime().nullable().meta({ description: 'When the node stops waiting by itself.' }),
    stack: z
      .array(z.object({ flow: z.string(), revision: z.int().nullable(), node: z.string() }))
      .meta({ description: 'The flows that run, each called by the node of the one before; the last one rests.' }),
    called: z
      .array(z.object({ flow: z.string(), revision: z.int() }))
      .meta({ description: 'The flows that were called so far, in the order of their first calls.' }),
    snapshot: z.unknown().meta({ description: 'The running session as it is stored; null when it is over.' }),
    timers: z.array(z.object({ id: z.string(), dueAt: z.iso.datetime() })),
    pending: z.array(z.object({ id: z.string() })).meta({ description: 'Open HTTP requests.' }),
    variables: z
      .array(z.object({ name: z.string(), value: z.unknown() }))
      .nullable()
      .meta({ description: 'What the flow remembers; null when it is over.' }),
    results: z
      .array(
        z.object({
          at: z.iso.datetime(),
          node: z.string(),
          name: z.string(),
          value: z.unknown(),
          category: z.string().optional(),
        }),
      )
      .meta({ description: 'What the contact answered, in order.' }),
    path: z
      .array(
        z.object({
          at: z.iso.datetime(),
          node: z.string(),
          flow: z.string().optional().meta({ description: 'The flow of the node, where it is a called one.' }),
          exit: z.string().nullable().meta({ description: 'The exit it was left by; null where it was entered.' }),
          text: z.string().optional().meta({ description: 'The reply that only the exit `other` wanted.' }),
        }),
      )
      .meta({ description: 'The nodes that it entered and left, in order.' }),
    history: z.array(z.object({ at: z.iso.datetime(), kind: z.string(), data: z.unknown() })),
  })
  .meta({ id: 'SessionDetail' })

export type SessionItem = z.infer<typeof sessionSchema>
