import { durationSchema, nameSchema } from '@textloom/core'
import * as z from 'zod'
import { field } from '../field.ts'

/** Data of a wait for a reply. */
export const waitReplySchema = z.strictObject({
  variable: nameSchema.optional().meta(
    field({
      title: 'Keep the reply in',
      description: 'The variable, and the result, that the text is kept in. Empty: it is in reply.text only.',
      control: 'variable',
      placeholder: 'answer',
    }),
  ),
  timeout: durationSchema.optional().meta(
    field({
      title: 'Wait at most',
      section: 'timing',
      description:
        'After this time without a reply the contact leaves by "No reply". Empty: as long as the session lives.',
      control: 'duration',
      placeholder: 'P1D',
    }),
  ),
})

export type WaitReplyData = z.infer<typeof waitReplySchema>
