import * as z from 'zod'
import { type CheckCode, checkCodes } from './check-codes.ts'

const count = z.int().min(0)

/** What a pre-launch check found: everything somebody should have seen before a campaign goes out. */
export const checkResultSchema = z
  .object({
    digest: z
      .string()
      .meta({ description: 'Names what was seen. A launch names it, and is refused when it has changed.' }),
    at: z.iso.datetime(),
    problems: z
      .array(z.object({ code: z.enum(Object.keys(checkCodes) as CheckCode[]), message: z.string() }))
      .meta({ description: 'Why it cannot be launched as it is.' }),
    recipients: count.meta({ description: 'Who gets something, of the next round where there are several.' }),
    excluded: z
      .record(z.string(), count)
      .meta({ description: 'Who does not, by reason: opted-out, not-allowed, no-date, quiet-hours, too-late, text.' }),
    texts: count.meta({ description: 'How many texts: of reminders there may be several for a contact.' }),
    firstAt: z.iso.datetime().nullable(),
    lastAt: z.iso.datetime().nullable(),
    variants: z.array(z.object({ id: z.string(), recipients: count })),
    languages: z.array(
      z.object({
        language: z.string(),
        recipients: count,
        least: count.meta({ description: 'Segments of the shortest text.' }),
        most: count,
        segments: count,
        unicode: count.meta({ description: 'How many texts need UCS-2, which holds 70 characters instead of 160.' }),
        sample: z.string().nullable().meta({ description: 'As its first recipient will read it.' }),
      }),
    ),
    segments: count,
    isLeast: z.boolean().meta({ description: 'A flow sends at least so much; how much more, the replies decide.' }),
    isEstimate: z.boolean().meta({ description: 'Of a very large audience the first 100,000 were written out.' }),
    cost: z.object({
      currency: z.string(),
      total: z.number(),
      byPrefix: z.array(
        z.object({
          prefix: z.string(),
          name: z.string().nullable(),
          recipients: count,
          segments: count,
          price: z.number().nullable(),
          cost: z.number().nullable(),
        }),
      ),
      unpriced: count.meta({ description: 'Recipients whose prefix has no price.' }),
    }),
    finish: z.object({
      channel: z.string(),
      perSecond: z.number().nullable().meta({ description: 'Segments a second, by the channel; null for no limit.' }),
      dailyQuota: z.int().nullable(),
      seconds: z.number().nullable().meta({ description: 'How long sending takes; null where nothing limits it.' }),
      days: count.meta({ description: 'Days of the quota that it takes.' }),
    }),
    blanks: z
      .array(z.object({ field: z.string(), recipients: count }))
      .meta({ description: 'Merge fields that are empty for some.' }),
    missingLanguages: z
      .array(z.object({ language: z.string(), recipients: count }))
      .meta({ description: 'Languages of contacts that no text is in: they get that of the channel.' }),
    quiet: z.object({
      moved: count.meta({ description: 'Texts that leave later or earlier because of quiet hours and holidays.' }),
      unknownZone: count.meta({
        description: 'Recipients whose zone nothing tells: all zones of their country count.',
      }),
    }),
  })
  .meta({ id: 'CampaignCheck' })

export type CheckResult = z.infer<typeof checkResultSchema>
