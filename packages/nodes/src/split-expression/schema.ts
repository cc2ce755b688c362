import * as z from 'zod'
import { field } from '../field.ts'
import { maxExpressionLength, maxLabelLength } from '../limits.ts'
import { ruleIdSchema, rulesSchema } from '../split/schema.ts'

/** Data of a split by expressions. */
export const splitExpressionSchema = z.strictObject({
  rules: rulesSchema(
    z.strictObject({
      id: ruleIdSchema,
      label: z
        .string()
        .max(maxLabelLength)
        .optional()
        .meta(
          field({
            title: 'Label',
            description: 'What the exit is called on the canvas; its expression if empty.',
            placeholder: 'Regular guest',
          }),
        ),
      expression: z
        .string()
        .max(maxExpressionLength)
        .meta(
          field({
            title: 'Expression',
            description: 'Something that is true or not, such as vars.age >= 18.',
            control: 'expression',
            placeholder: 'vars.visits > 3',
          }),
        ),
    }),
  ),
})

export type SplitExpressionData = z.infer<typeof splitExpressionSchema>
