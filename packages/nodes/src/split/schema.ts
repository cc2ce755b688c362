import { idSchema } from '@textloom/core'
import * as z from 'zod'
import { field } from '../field.ts'
import { maxListEntries, maxListEntryLength, maxRules, maxTemplateLength } from '../limits.ts'
import { isPath } from './operand.ts'
import { operatorLabels, operators, operatorsWith } from './operators.ts'

const leftProblem = 'must name a value such as reply.text, vars.age or contact.fields.city, or be a {{ template }}'

/** The exit of a rule. */
export const ruleIdSchema = idSchema.meta(
  field({ title: 'Id', description: 'Names the exit; edges hold on to it.', control: 'hidden' }),
)

const comparison = {
  op: z.enum(operators).meta(field({ title: 'How', description: 'What must be true of it.', labels: operatorLabels })),
  right: z
    .string()
    .max(maxTemplateLength)
    .optional()
    .meta(
      field({
        title: 'With what',
        description:
          'A text, words, a number, two numbers as 7..8, a date as 2026-03-05, a time as 08:30, a pattern, or a template.',
        control: 'template',
        placeholder: 'yes',
        shownWhen: { op: operatorsWith('text', 'words', 'number', 'range', 'date', 'time', 'pattern') },
      }),
    ),
  list: z
    .array(z.string().max(maxListEntryLength))
    .max(maxListEntries)
    .optional()
    .meta(
      field({
        title: 'With which',
        description: 'Each may have commas and spaces in it: cities, plans, product names.',
        control: 'templates',
        placeholder: 'Budapest',
        shownWhen: { op: operatorsWith('list') },
      }),
    ),
}

/** A rule of a split by one value: an exit, and what must be true of the value. */
export const comparisonSchema = z.strictObject({ id: ruleIdSchema, ...comparison })

/** One rule of a split: an exit with its condition. */
export const ruleSchema = z.strictObject({
  id: ruleIdSchema,
  left: z
    .string()
    .max(maxTemplateLength)
    .refine((left) => isPath(left) || left.includes('{{'), leftProblem)
    .meta(
      field({
        title: 'What is tested',
        description: 'The reply, a variable, a parameter, a result or a contact field.',
        control: 'operand',
        placeholder: 'reply.text',
      }),
    ),
  ...comparison,
})

/** The rules of a split, each of which is an exit. */
export function rulesSchema<Each extends z.ZodType>(rule: Each) {
  return z
    .array(rule)
    .max(maxRules)
    .meta(
      field({
        title: 'Rules',
        description: 'Tried from the top: the first that fits decides the exit.',
        control: 'list',
      }),
    )
}

/** Data of a split. */
export const splitSchema = z.strictObject({ rules: rulesSchema(ruleSchema) })

export type Comparison = z.infer<typeof comparisonSchema>
export type Rule = z.infer<typeof ruleSchema>
export type SplitData = z.infer<typeof splitSchema>
