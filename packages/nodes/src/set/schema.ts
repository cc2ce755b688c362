import { nameSchema } from '@textloom/core'
import * as z from 'zod'
import { field } from '../field.ts'
import { maxTemplateLength } from '../limits.ts'

/** Data of an assignment. */
export const setSchema = z.strictObject({
  variable: nameSchema.meta(
    field({
      title: 'Variable',
      description: 'The declared variable that changes.',
      control: 'variable',
      placeholder: 'score',
    }),
  ),
  value: z
    .string()
    .max(maxTemplateLength)
    .meta(
      field({
        title: 'New value',
        description: 'A text or a template; it becomes what the variable is declared as: text, number, true or false.',
        control: 'template',
        placeholder: '{{ vars.score | plus: 1 }}',
      }),
    ),
})
