import { durationSchema } from '@textloom/core'
import * as z from 'zod'
import { field } from './field.ts'
import { maxRetries, maxTextLength } from './limits.ts'

/** The question itself. */
export const questionSchema = z
  .string()
  .max(maxTextLength)
  .meta(
    field({
      title: 'Text',
      description: 'The question as it is sent: exactly this, nothing is added.',
      control: 'message',
      placeholder: 'Can you come? Reply YES or NO.',
    }),
  )

/** How often a question is asked again. */
export const retriesSchema = z
  .int()
  .min(0)
  .max(maxRetries)
  .meta(
    field({
      title: 'Ask again',
      section: 'replies',
      description: 'How many replies that do not fit are answered by asking again before the exit "Other reply".',
      usual: 1,
    }),
  )

/** What asking again says. */
export const retryTextSchema = z
  .string()
  .max(maxTextLength)
  .optional()
  .meta(
    field({
      title: 'Text when asking again',
      section: 'replies',
      description: 'Sent after a reply that does not fit; the question itself when empty.',
      control: 'message',
      placeholder: 'Sorry, please reply YES or NO.',
    }),
  )

/** How long a question waits. */
export const replyTimeoutSchema = durationSchema.optional().meta(
  field({
    title: 'Wait for a reply',
    section: 'timing',
    description:
      'After this time without a reply the contact leaves by "No reply". Empty: as long as the session lives.',
    control: 'duration',
    placeholder: 'P1D',
  }),
)
