import * as z from 'zod'
import { field } from '../field.ts'

/** Data of a message. */
export const messageSchema = z.strictObject({
  text: z
    .string()
    .max(10_000)
    .meta(
      field({
        title: 'Text',
        description: 'What is sent, with variables in double braces, for example {{ contact.name }}.',
        control: 'message',
        placeholder: 'Thank you, {{ contact.name }}!',
      }),
    ),
})
