import { nameSchema } from '@textloom/core'
import * as z from 'zod'
import { field } from '../field.ts'
import { comparisonSchema, rulesSchema } from '../split/schema.ts'

/** Data of a split by a result. */
export const splitResultSchema = z.strictObject({
  result: nameSchema.meta(
    field({
      title: 'Result',
      description: 'An answer, a rating or a result that was recorded on the way, by its name.',
      control: 'result',
      placeholder: 'score',
    }),
  ),
  of: z.enum(['value', 'category']).meta(
    field({
      title: 'By its',
      description: 'The value is what was answered or recorded, the category the choice or band that it fell into.',
      labels: { value: 'Value', category: 'Category' },
    }),
  ),
  rules: rulesSchema(comparisonSchema),
})

export type SplitResultData = z.infer<typeof splitResultSchema>
