import * as z from 'zod'
import { campaignSchema } from '../../campaigns/campaign-schema.ts'
import { campaignStates } from '../../campaigns/campaigns.ts'
import { checkResultSchema } from '../../campaigns/check-result.ts'
import { recipientStates } from '../../campaigns/recipients.ts'
import { pageQuery } from '../http/page.ts'

export const definitionSchema = campaignSchema.meta({ id: 'CampaignDefinition' })

const count = z.int().min(0)
const funnel = { recipients: count, sent: count, delivered: count, replied: count, optedOut: count }

const progressSchema = z
  .object({
    ...funnel,
    planned: count,
    queued: count,
    skipped: z.record(z.string(), count).meta({ description: 'Who got nothing, by reason.' }),
    failed: z.record(z.string(), count).meta({ description: 'What did not arrive, by reason.' }),
    cancelled: count,
    possibleDuplicates: count,
    variants: z.array(z.object({ id: z.string(), ...funnel })),
  })
  .meta({ id: 'CampaignProgress' })

const instant = z.iso.datetime().nullable()

export const campaignItemSchema = z
  .object({
    id: z.uuid(),
    state: z.enum(campaignStates).meta({
      description: '`requested`: an alert that one person wants started, and that waits for another.',
    }),
    definition: definitionSchema,
    etag: z.string(),
    lastCheck: checkResultSchema.nullable(),
    progress: progressSchema,
    nextAt: instant.meta({ description: 'When the next text is due.' }),
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
    requestedBy: z.string().nullable(),
    requestedByYou: z.boolean(),
    requestedAt: instant,
    launchedBy: z.string().nullable(),
    startedAt: instant,
    endedAt: instant,
    trouble: z.string().nullable().meta({ description: 'Why it was paused by itself.' }),
  })
  .meta({ id: 'Campaign' })

export type CampaignItem = z.infer<typeof campaignItemSchema>

export const campaignQuery = z.object({ ...pageQuery, state: z.enum(campaignStates).optional() })

export const launchSchema = z
  .strictObject({ digest: z.string().min(1).max(64).meta({ description: 'That of the check that somebody saw.' }) })
  .meta({ id: 'LaunchCampaign' })

export const testSchema = z
  .strictObject({
    to: z.string().min(3).max(40).meta({ description: 'In any spelling.' }),
    variant: z.string().max(1).optional().meta({ description: 'Default the first.' }),
    language: z.string().max(35).optional(),
  })
  .meta({ id: 'TestCampaign' })

export const recipientQuery = z.object({
  limit: pageQuery.limit,
  cursor: z.string().max(200).optional().meta({ description: '`nextCursor` of the page before.' }),
  filter: z
    .enum([...recipientStates, 'replied', 'opted-out', 'silent'])
    .optional()
    .meta({ description: '`silent`: got a text, and neither answered nor opted out.' }),
})

export const recipientSchema = z
  .object({
    phone: z.string(),
    name: z.string().nullable(),
    occurrence: z.string(),
    variant: z.string(),
    state: z.enum(recipientStates),
    reason: z.string().nullable(),
    dueAt: z.iso.datetime(),
    messageId: z.uuid().nullable(),
    runId: z.uuid().nullable(),
    queuedAt: instant,
    sentAt: instant,
    deliveredAt: instant,
    repliedAt: instant,
    optedOutAt: instant,
    possibleDuplicate: z.boolean(),
  })
  .meta({ id: 'CampaignRecipient' })

export const answersSchema = z
  .object({
    items: z.array(
      z.object({
        question: z.string().meta({ description: 'The name of the result; `reply` for texts that answer a message.' }),
        total: count,
        answers: z.array(z.object({ answer: z.string(), count })),
        others: count.meta({ description: 'Answers beyond the fifty most frequent.' }),
      }),
    ),
  })
  .meta({ id: 'CampaignAnswers' })
