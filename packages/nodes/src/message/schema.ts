import * as z from 'zod'
import { field } from '../field.ts'
import { maxAttachments, maxTemplateLength, maxTextLength } from '../limits.ts'
import { plainNameSchema } from '../plain-name.ts'

/** Data of a message. */
export const messageSchema = z.strictObject({
  text: z
    .string()
    .max(maxTextLength)
    .meta(
      field({
        title: 'Text',
        description: 'What is sent, with variables in double braces, for example {{ contact.name }}.',
        control: 'message',
        placeholder: 'Thank you, {{ contact.name }}!',
      }),
    ),
  attachments: z
    .array(z.string().max(maxTemplateLength))
    .max(maxAttachments)
    .optional()
    .meta(
      field({
        title: 'Attachments',
        description: 'Addresses of files. Links that carry no files send the addresses behind the text.',
        control: 'templates',
        placeholder: 'https://example.com/map.jpg',
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

export type MessageData = z.infer<typeof messageSchema>
