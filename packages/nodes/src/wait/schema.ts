import { durationSchema } from '@textloom/core'
import * as z from 'zod'
import { field } from '../field.ts'

/** Data of a wait. */
export const waitSchema = z.strictObject({
  duration: durationSchema.meta(
    field({
      title: 'How long',
      description: 'The conversation rests this long and then goes on by itself.',
      control: 'duration',
      placeholder: 'PT2H',
    }),
  ),
})
