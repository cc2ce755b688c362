import { durationSchema } from '@textloom/core'
import * as z from 'zod'
import { field } from '../field.ts'
import { maxTemplateLength, maxTextLength } from '../limits.ts'
import { plainNameSchema } from '../plain-name.ts'

/** Data of an escalation. */
export const escalateSchema = z.strictObject({
  queue: plainNameSchema.meta(
    field({
      title: 'Queue',
      description: 'Who takes it: the agents of this queue.',
      placeholder: 'support',
    }),
  ),
  topic: z
    .string()
    .max(maxTemplateLength)
    .optional()
    .meta(
      field({
        title: 'Topic',
        description: 'What it is about, so that the right agent can take it.',
        control: 'template',
        placeholder: 'billing',
      }),
    ),
  priority: z
    .enum(['low', 'normal', 'high', 'urgent'])
    .optional()
    .meta(
      field({
        title: 'Priority',
        description: 'What is taken first among those who wait.',
        labels: { low: 'Low', normal: 'Normal', high: 'High', urgent: 'Urgent' },
        usual: 'normal',
      }),
    ),
  note: z
    .string()
    .max(maxTextLength)
    .meta(
      field({
        title: 'Note for the agent',
        description: 'What the agent should know before answering. The contact never sees it.',
        control: 'text-block',
        placeholder: '{{ contact.name }} asks about order {{ vars.order }}',
      }),
    ),
  timeout: durationSchema.optional().meta(
    field({
      title: 'Wait for the agents',
      section: 'timing',
      description: 'After this time the flow goes on without them. Empty: as long as the session lives.',
      control: 'duration',
      placeholder: 'P1D',
    }),
  ),
})

export type EscalateData = z.infer<typeof escalateSchema>
