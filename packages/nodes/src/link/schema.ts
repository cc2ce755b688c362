import { durationSchema } from '@textloom/core'
import * as z from 'zod'
import { field } from '../field.ts'
import { maxTemplateLength, maxTextLength } from '../limits.ts'
import { plainNameSchema } from '../plain-name.ts'

/** Data of a tracked link. */
export const linkSchema = z.strictObject({
  text: z
    .string()
    .max(maxTextLength)
    .meta(
      field({
        title: 'Text',
        description: 'What is sent; {{ link }} is where the short address goes.',
        control: 'message',
        locals: { link: { label: 'the link', sample: 'https://example.org/l/Ab3dEf7hJk' } },
        placeholder: 'Your ticket: {{ link }}',
      }),
    ),
  url: z
    .string()
    .max(maxTemplateLength)
    .meta(
      field({
        title: 'Leads to',
        description: 'A page, or an app by its own scheme such as myapp://. Variables in it are encoded.',
        control: 'template',
        placeholder: 'https://example.com/tickets/{{ vars.order }}',
      }),
    ),
  wait: durationSchema.optional().meta(
    field({
      title: 'Wait until it is opened',
      section: 'timing',
      description: 'How long the flow waits for the contact to open the link. Empty: it goes on at once.',
      control: 'duration',
      placeholder: 'P1D',
    }),
  ),
  topic: plainNameSchema.optional().meta(
    field({
      title: 'Topic',
      section: 'advanced',
      description: 'What it is about: not sent to those who refused this topic.',
      placeholder: 'offers',
    }),
  ),
})

export type LinkData = z.infer<typeof linkSchema>
