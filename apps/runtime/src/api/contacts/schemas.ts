import { languageSchema } from '@textloom/core'
import * as z from 'zod'
import { isTimeZone } from '../../host/channel-config.ts'
import { type ContactRecord, contactOrders } from '../../people/contacts.ts'
import type { TimelineItem } from '../../people/timeline.ts'
import { jsonObjectField, textField, timeText } from '../http/fields.ts'
import { pageQuery } from '../http/page.ts'

export const phoneParams = z.object({
  phone: z.string().min(1).max(40).meta({ description: 'In any spelling; a national number by the default country.' }),
})

const name = textField.trim().min(1).max(200).nullable()
const language = languageSchema.nullable().meta({ description: 'BCP 47 tag, such as `hu`.' })
const timezone = z
  .string()
  .refine(isTimeZone, 'must be an IANA time zone, such as "Europe/Budapest"')
  .nullable()
  .meta({ description: 'IANA time zone; null: that of the number’s country, where it has but one.' })
const fields = jsonObjectField.meta({ description: 'By key, as each field’s type wants them; null clears one.' })
const groups = z.array(z.string().min(1).max(160)).max(200)

const known = {
  name: name.optional(),
  language: language.optional(),
  timezone: timezone.optional(),
  fields: fields.optional(),
}

export const newContactSchema = z
  .strictObject({
    phone: z.string().min(1).max(40),
    ...known,
    groups: groups.optional().meta({ description: 'Static groups to be in.' }),
  })
  .meta({ id: 'NewContact' })

const ignored = z.unknown().optional().meta({ description: 'Ignored.' })

export const replacedContactSchema = z
  .strictObject({
    ...known,
    groups: groups.optional(),
    phone: ignored,
    country: ignored,
    guessedTimezone: ignored,
    optedOut: ignored,
    refusedTopics: ignored,
    consents: ignored,
    lastReplyAt: ignored,
    createdAt: ignored,
    updatedAt: ignored,
  })
  .meta({ id: 'ReplacedContact', description: 'What a GET answers may be sent back. What is left out is cleared.' })

export const changedContactSchema = z
  .strictObject({
    ...known,
    groups: z
      .record(z.string().min(1).max(160), z.boolean())
      .optional()
      .meta({ description: 'By id: true to be in it, false to be out of it.' }),
  })
  .meta({ id: 'ChangedContact', description: 'What is left out stays.' })

const consentState = z.enum(['in', 'out', 'pending'])

export const contactSchema = z
  .object({
    phone: z.string(),
    name: z.string().nullable(),
    language: z.string().nullable(),
    timezone: z.string().nullable(),
    country: z.string().nullable().meta({ description: 'ISO 3166 code, where the number tells.' }),
    guessedTimezone: z
      .string()
      .nullable()
      .meta({ description: 'The time zone of that country; null where it has several, or none is known.' }),
    fields: jsonObjectField,
    groups: z.array(z.string()).meta({ description: 'Static groups.' }),
    optedOut: z.boolean().meta({ description: 'True after STOP: nothing is sent.' }),
    refusedTopics: z.array(z.string()),
    consents: z
      .record(z.string(), consentState)
      .meta({ description: 'What they last said by topic; the empty topic is messages at all.' }),
    lastReplyAt: z.string().nullable().meta({ description: 'When they last wrote, to the hour.' }),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'Contact' })

export const contactQuery = z.object({
  ...pageQuery,
  cursor: z
    .string()
    .regex(/^[\w-]{1,200}$/, 'must be the nextCursor of the page before')
    .optional()
    .meta({ description: '`nextCursor` of the page before.' }),
  query: z.string().max(2_000).optional().meta({ description: 'docs/reference/contact-queries.md' }),
  q: z.string().max(200).optional().meta({ description: 'Words of a name, or digits of a phone number.' }),
  group: z.string().max(160).optional().meta({ description: 'Only who is in this group, of either kind.' }),
  sort: z.enum(contactOrders).default('phone').meta({ description: '`-last-reply` lists only those who ever wrote.' }),
})

export const countSchema = z
  .object({
    count: z.int(),
    isMore: z.boolean().meta({ description: 'True where there are more, which were not counted.' }),
  })
  .meta({ id: 'ContactCount' })

export const timelineItemSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['mo', 'mt', 'session', 'ticket', 'change', 'consent', 'note']),
    at: z.string(),
    data: jsonObjectField,
  })
  .meta({ id: 'ContactHistoryItem' })

export const noteSchema = z
  .object({ id: z.string(), text: z.string(), author: z.string(), at: z.string() })
  .meta({ id: 'ContactNote' })

export const consentChangeSchema = z
  .strictObject({
    state: z.enum(['in', 'out']),
    topic: z.string().trim().max(64).default('').meta({ description: 'Empty: messages at all.' }),
    channel: z.string().max(64).nullable().optional(),
    words: textField
      .trim()
      .max(2_000)
      .optional()
      .meta({ description: 'What the contact said, or was shown; an opt-in wants it.' }),
    source: z.enum(['api', 'agent', 'form']).default('api'),
    at: z.iso.datetime({ offset: true }).optional().meta({ description: 'When they said so, where it was not now.' }),
  })
  .meta({ id: 'ConsentChange' })

/** A contact as the API shows it. */
export function contactItem(
  record: ContactRecord,
  { country, zone }: { readonly country?: string; readonly zone?: string },
): z.infer<typeof contactSchema> {
  const { phone, name, language, timezone, groups, isOptedOut, refusedTopics, consents } = record
  return {
    phone,
    name,
    language,
    timezone,
    country: country ?? null,
    guessedTimezone: zone ?? null,
    fields: record.fields as z.infer<typeof jsonObjectField>,
    groups: [...groups],
    optedOut: isOptedOut,
    refusedTopics: [...refusedTopics],
    consents,
    lastReplyAt: record.lastHeardAt === null ? null : timeText(record.lastHeardAt),
    createdAt: timeText(record.createdAt),
    updatedAt: timeText(record.updatedAt),
  }
}

export function timelineItem({ id, kind, at, data }: TimelineItem): z.infer<typeof timelineItemSchema> {
  return { id, kind, at: timeText(at), data: data as z.infer<typeof jsonObjectField> }
}
