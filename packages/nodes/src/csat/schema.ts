import { nameSchema } from '@textloom/core'
import * as z from 'zod'
import { questionSchema, replyTimeoutSchema, retriesSchema, retryTextSchema } from '../asking-schema.ts'
import { field } from '../field.ts'
import { maxTextLength } from '../limits.ts'

/** The result that ratings are recorded as where the author names no other. */
export const usualResult = 'csat'

/** Data of a question for a rating. */
export const csatSchema = z.strictObject({
  text: questionSchema,
  scale: z.enum(['1-5', '0-10']).meta(
    field({
      title: 'Scale',
      description: '1 to 5 counts who is satisfied; 0 to 10 counts who would recommend you (NPS).',
      labels: { '1-5': '1 to 5', '0-10': '0 to 10' },
    }),
  ),
  comment: z
    .string()
    .max(maxTextLength)
    .optional()
    .meta(
      field({
        title: 'Question for a comment',
        description: 'Asked after the rating; any reply is kept as the comment, silence is no harm.',
        control: 'message',
        placeholder: 'Thank you! What could we do better?',
      }),
    ),
  result: nameSchema.optional().meta(
    field({
      title: 'Record as',
      section: 'advanced',
      description: 'What reports call the rating; the comment is recorded beside it as <name>_comment.',
      control: 'name',
      placeholder: usualResult,
    }),
  ),
  retries: retriesSchema,
  retryText: retryTextSchema,
  timeout: replyTimeoutSchema,
})

export type CsatData = z.infer<typeof csatSchema>
