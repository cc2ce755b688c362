import { durationSchema, idSchema, languageSchema } from '@textloom/core'
import * as z from 'zod'
import { isTimeZone } from '../host/channel-config.ts'
import { isDateText, isTimeText } from './calendar/local-time.ts'
import { ruleProblem } from './calendar/recurrence.ts'

const time = z.string().refine(isTimeText, 'must be a time such as "18:00"')
const date = z.string().refine(isDateText, 'must be a day such as "2026-12-24"')
const weight = z.int().min(1).max(100).default(1)
const variantId = z.string().regex(/^[A-Z]$/, 'must be a capital letter')

/** Whose clock the times of a campaign are read on. */
const clock = z
  .enum(['contact', 'campaign'])
  .default('contact')
  .meta({ description: "`contact`: each contact's own time zone; `campaign`: the campaign's, for all at once." })

const message = z.strictObject({
  kind: z.literal('message'),
  variants: z
    .array(
      z.strictObject({
        id: variantId,
        weight,
        texts: z
          .record(languageSchema, z.string().min(1).max(1_600))
          .refine((texts) => Object.keys(texts).length > 0, 'must hold a text')
          .meta({ description: 'Liquid by language; contacts of other languages get that of the channel.' }),
      }),
    )
    .min(1)
    .max(5),
  topic: z.string().trim().min(1).max(64).optional().meta({ description: 'What it is about, for consent by topic.' }),
})

const flow = z.strictObject({
  kind: z.literal('flow'),
  variants: z
    .array(z.strictObject({ id: variantId, weight, flow: idSchema }))
    .min(1)
    .max(5),
  params: z.record(z.string().max(64), z.union([z.string().max(1_000), z.number(), z.boolean()])).default({}),
})

/** A reminder: so many days before or after the date at a time of day, or so many minutes from its very moment. */
const offset = z.union([
  z.strictObject({ days: z.int().min(-366).max(366), time }),
  z.strictObject({ minutes: z.int().min(-10_080).max(10_080) }),
])

const schedule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('now') }),
  z.strictObject({ kind: z.literal('once'), date, time, clock }),
  z.strictObject({
    kind: z.literal('recurring'),
    rule: z
      .string()
      .max(200)
      .superRefine((rule, context) => {
        const problem = ruleProblem(rule)
        if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
      })
      .meta({ description: 'RFC 5545 RRULE of days, such as `FREQ=WEEKLY;BYDAY=MO,TH`.' }),
    from: date,
    time,
    clock,
  }),
  z.strictObject({
    kind: z.literal('relative'),
    field: z.string().trim().min(1).max(64).meta({ description: 'The contact field that holds the date.' }),
    offsets: z.array(offset).min(1).max(10),
  }),
])

const quietSchema = z
  .strictObject({ from: time, to: time })
  .refine(({ from, to }) => from !== to, 'must not begin and end at the same time')

const audience = z
  .strictObject({
    groups: z.array(z.string().min(1).max(64)).max(50).optional(),
    query: z.string().max(1_000).optional(),
    except: z.array(z.string().min(1).max(64)).max(50).optional().meta({ description: 'Groups that are left out.' }),
    phones: z.array(z.string().min(3).max(40)).max(10_000).optional(),
  })
  .meta({ description: 'Contacts of any of the groups, those that the query finds, and these phones.' })

const alert = z.strictObject({
  reason: z
    .string()
    .trim()
    .min(10)
    .max(500)
    .optional()
    .meta({ description: 'Why it may leave in quiet hours; without it they hold.' }),
  again: durationSchema.default('PT10M').meta({ description: 'How long after a text the silent are texted again.' }),
  times: z.int().min(0).max(3).default(1).meta({ description: 'How often the silent are texted again.' }),
})

/** What a campaign is, as people write it. */
export const campaignSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    channel: idSchema,
    content: z.discriminatedUnion('kind', [message, flow]),
    audience,
    schedule,
    consent: z.enum(['agreed', 'not-refused']).default('agreed').meta({
      description:
        '`agreed`: only who has agreed to texts, at all or about the topic; `not-refused`: also those who were never asked.',
    }),
    timezone: z
      .string()
      .refine(isTimeZone, 'must be an IANA time zone, such as "Europe/Budapest"')
      .meta({ description: 'The clock of the campaign, and of contacts whose zone nothing tells.' }),
    quiet: quietSchema
      .nullable()
      .default({ from: '21:00', to: '08:00' })
      .meta({ description: "No text leaves then, by the contact's clock; null for none." }),
    holidays: z
      .boolean()
      .default(false)
      .meta({ description: "True: no text leaves on holidays of the contact's country." }),
    whenBusy: z
      .enum(['queue', 'skip', 'interrupt'])
      .default('queue')
      .meta({ description: 'What happens where a conversation with the contact runs.' }),
    perMinute: z.int().min(1).max(600_000).optional().meta({ description: 'At most so many recipients a minute.' }),
    spread: durationSchema.optional().meta({ description: 'Recipients are spread evenly over so long.' }),
    expiry: durationSchema
      .default('PT12H')
      .meta({ description: 'What could not leave so long after its time is left out.' }),
    alert: alert
      .optional()
      .meta({ description: 'Makes it an emergency alert: two people start it, and it goes first.' }),
  })
  .superRefine(({ content, schedule: { kind }, alert: isAlert }, context) => {
    const ids = content.variants.map(({ id }) => id)
    if (new Set(ids).size < ids.length) {
      context.addIssue({ code: 'custom', path: ['content', 'variants'], message: 'must have different ids' })
    }
    if (isAlert !== undefined && (content.kind !== 'message' || kind !== 'now')) {
      context.addIssue({ code: 'custom', path: ['alert'], message: 'an alert is a message that leaves now' })
    }
  })

/** A campaign with its defaults filled in. */
export type Campaign = z.infer<typeof campaignSchema>

export type CampaignSchedule = Campaign['schedule']
export type MessageVariant = Extract<Campaign['content'], { kind: 'message' }>['variants'][number]
