import * as z from 'zod'
import { field } from '../field.ts'
import { maxEndLabelLength } from '../limits.ts'

/** Data of an end. */
export const endSchema = z.strictObject({
  outcome: z.enum(['completed', 'handed_over']).meta(
    field({
      title: 'Outcome',
      description: 'What the reports count this conversation as.',
      labels: { completed: 'Completed', handed_over: 'Handed over to people' },
    }),
  ),
  label: z
    .string()
    .max(maxEndLabelLength)
    .optional()
    .meta(
      field({
        title: 'Label',
        description: 'Tells ends of the same outcome apart in reports.',
        placeholder: 'Confirmed',
      }),
    ),
})

export type EndData = z.infer<typeof endSchema>
