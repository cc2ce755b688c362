import * as z from 'zod'
import { field } from '../field.ts'
import { plainNameSchema } from '../plain-name.ts'

/** Data of a consent. */
export const consentSchema = z.strictObject({
  consent: z.enum(['in', 'out']).meta(
    field({
      title: 'The contact',
      description: 'What is noted, with the time and the last text of the contact as evidence.',
      labels: { in: 'agrees', out: 'refuses' },
    }),
  ),
  topic: plainNameSchema.optional().meta(
    field({
      title: 'Topic',
      description: 'What it is about; empty: all messages.',
      placeholder: 'all messages',
    }),
  ),
})
