import { nameSchema } from '@textloom/core'
import * as z from 'zod'
import { field } from '../field.ts'
import { comparisonSchema, rulesSchema } from '../split/schema.ts'

/** Data of a split by a field of the contact. */
export const splitFieldSchema = z.strictObject({
  field: nameSchema.meta(
    field({
      title: 'Field',
      description: 'The field of the contact that decides.',
      control: 'contact-field',
      placeholder: 'city',
    }),
  ),
  rules: rulesSchema(comparisonSchema),
})

export type SplitFieldData = z.infer<typeof splitFieldSchema>
