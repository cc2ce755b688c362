import * as z from 'zod'
import { type WebhookEvent, webhookEvents } from '../../host/webhooks/event-names.ts'
import { textField } from '../http/fields.ts'
import { pageQuery } from '../http/page.ts'

const names = Object.keys(webhookEvents) as [WebhookEvent, ...WebhookEvent[]]

export const webhookValuesSchema = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/, error: 'must be an address that begins with https:// or http://' })
      .max(2_000)
      .meta({ description: 'Where messages are sent by POST.' }),
    label: textField.trim().max(200).default('').meta({ description: 'For people: what it is for.' }),
    events: z.array(z.enum(names)).min(1).max(names.length).meta({
      description: 'What it is told: events, or families of them.',
    }),
    enabled: z.boolean().default(true),
  })
  .meta({ id: 'NewWebhook' })

export const webhookSchema = z
  .object({
    id: z.uuid(),
    url: z.string(),
    label: z.string(),
    events: z.array(z.string()),
    enabled: z.boolean(),
    disabledBy: z.enum(['gone']).nullable().meta({
      description: '`gone`: it was disabled by itself, because its address answered 410.',
    }),
    rotatingUntil: z.iso.datetime().nullable().meta({
      description: 'Until then messages are signed with the secret before, too.',
    }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Webhook' })

export const createdWebhookSchema = webhookSchema
  .extend({ secret: z.string().meta({ description: '`whsec_…`, shown this once.' }) })
  .meta({ id: 'CreatedWebhook' })

export const rotationSchema = z
  .strictObject({
    overlapHours: z.int().min(0).max(168).default(24).meta({
      description: 'How long messages are signed with both secrets.',
    }),
  })
  .meta({ id: 'SecretRotation' })

const statuses = ['waiting', 'delivered', 'failed'] as const

export const deliveryQuery = z.object({
  ...pageQuery,
  status: z.enum(statuses).optional(),
})

export const deliverySchema = z
  .object({
    id: z.uuid().meta({ description: 'Its `webhook-id`, the same on every attempt.' }),
    type: z.string(),
    status: z.enum(statuses),
    at: z.iso.datetime().meta({ description: 'When it happened.' }),
    nextAttemptAt: z.iso.datetime().nullable(),
    attempts: z.array(
      z.object({
        at: z.iso.datetime(),
        status: z.int().nullable().meta({ description: 'What was answered; null where nothing was.' }),
        error: z.string().nullable(),
        tookMs: z.int(),
      }),
    ),
  })
  .meta({ id: 'WebhookDelivery' })

export type DeliveryItem = z.infer<typeof deliverySchema>

export const statesOf = {
  waiting: ['queued', 'sending'],
  delivered: ['done'],
  failed: ['failed', 'cancelled'],
} as const satisfies Record<(typeof statuses)[number], readonly string[]>
