import { idSchema } from '@textloom/core'
import * as z from 'zod'
import { durationField, textField, timeField } from '../http/fields.ts'
import { pageQuery } from '../http/page.ts'

const MOST_FILES = 10

const fileField = z
  .url({ protocol: /^https?$/, error: 'must be an address that begins with https:// or http://' })
  .max(2_000)

export const newMessageSchema = z
  .strictObject({
    channel: idSchema,
    to: textField.min(1).max(40).meta({ description: 'A phone number in any spelling, or a short code.' }),
    text: textField.min(1),
    from: textField.min(1).max(21).optional().meta({ description: "The sender, if not the channel's address." }),
    priority: z.int().min(0).max(9).optional().meta({ description: '0 goes first. Default 5, as for flows.' }),
    validity: durationField.optional().meta({ description: 'How long it may wait before it is given up.' }),
    sendAt: timeField.optional().meta({ description: 'Not before this time.' }),
    media: z.array(fileField).max(MOST_FILES).optional().meta({
      description:
        'Addresses of files. HTTP links whose provider takes files hand them over; links that carry text only send the addresses behind the text, and the answer says so.',
    }),
  })
  .meta({ id: 'NewMessage' })

export const replacementSchema = z.strictObject({ text: textField.min(1) }).meta({ id: 'ReplacementText' })

export const acceptedSchema = z
  .object({
    id: z.uuid(),
    to: z.string().meta({ description: 'The recipient in canonical spelling.' }),
    note: z.string().optional().meta({ description: 'What will be different from what was asked for.' }),
  })
  .meta({ id: 'AcceptedMessage' })

const statuses = ['queued', 'sending', 'sent', 'delivered', 'failed', 'expired', 'unknown'] as const

const directions = { mo: 'mo', mt: 'mt', in: 'mo', out: 'mt' } as const

export const messageQuery = z.object({
  ...pageQuery,
  phone: textField.min(1).max(40).optional().meta({ description: 'In any spelling.' }),
  session: z.uuid().optional().meta({ description: 'Those of one conversation.' }),
  direction: z
    .enum(['mo', 'mt', 'in', 'out'])
    .transform((direction) => directions[direction])
    .optional()
    .meta({ description: '`mo` (or `in`): from contacts; `mt` (or `out`): to them.' }),
  status: z.enum(statuses).optional().meta({ description: 'Of MTs.' }),
  since: timeField.optional(),
})

const common = {
  id: z.uuid(),
  channel: z.string(),
  phone: z.string(),
  text: z.string(),
  at: z.iso.datetime(),
  link: z.string().nullable(),
  session: z.uuid().nullable(),
}

const moSchema = z.object({
  direction: z.literal('mo'),
  ...common,
  facts: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .meta({ description: "What else the network told about it, by the names that the link's settings give." }),
  status: z.literal('received'),
  outcome: z
    .string()
    .meta({ description: '`transition`, `ignored:not-waiting`, `dead-letter:no-flow`, `keyword:stop`, …' }),
})

const mtSchema = z.object({
  direction: z.literal('mt'),
  ...common,
  from: z.string(),
  to: z.string(),
  media: z.array(z.string()).meta({ description: 'Addresses of its files; they stand behind the text too.' }),
  status: z.enum(statuses),
  source: z.string().meta({ description: '`flow`, `api`, `keyword`, …' }),
  segments: z.int(),
  attempt: z.int(),
  dueAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime().nullable(),
  possibleDuplicate: z.boolean(),
  error: z.object({ code: z.string(), message: z.string().optional() }).nullable(),
})

export const messageSchema = z.discriminatedUnion('direction', [moSchema, mtSchema]).meta({ id: 'Message' })

const receiptSchema = z.object({
  segment: z.int().meta({ description: 'From 1.' }),
  state: z.string(),
  error: z.string().nullable(),
  at: z.iso.datetime(),
})

const happeningSchema = z.object({ at: z.iso.datetime(), kind: z.string(), data: z.unknown() })

const details = {
  receipts: z.array(receiptSchema).meta({ description: 'The last one of each segment.' }),
  timeline: z.array(happeningSchema).meta({ description: 'Everything that happened to it.' }),
}

export const messageDetailSchema = z
  .discriminatedUnion('direction', [moSchema.extend(details), mtSchema.extend(details)])
  .meta({ id: 'MessageDetail' })

export type MessageItem = z.infer<typeof messageSchema>
