import { nameSchema } from '@textloom/core'
import * as z from 'zod'
import { questionSchema, replyTimeoutSchema, retriesSchema, retryTextSchema } from '../asking-schema.ts'
import { field } from '../field.ts'
import { optionsSchema } from '../options.ts'

const limit = (title: string, description: string) =>
  z
    .number()
    .optional()
    .meta(field({ title, description, shownWhen: { kind: ['number'] } }))

/** Data of a question. */
export const askSchema = z
  .strictObject({
    text: questionSchema,
    kind: z.enum(['text', 'number', 'yes-no', 'choice']).meta(
      field({
        title: 'Kind of answer',
        description: 'What counts as an answer; any other reply is asked again.',
        labels: { text: 'Any text', number: 'A number', 'yes-no': 'Yes or no', choice: 'One of choices' },
      }),
    ),
    variable: nameSchema.meta(
      field({
        title: 'Keep the answer in',
        description: 'The variable, and the result, that the answer is kept in.',
        control: 'variable',
        placeholder: 'answer',
      }),
    ),
    choices: optionsSchema.optional().meta(
      field({
        title: 'Choices',
        description: 'Each has its own exit; the reply is its label, one of its other words or its number.',
        control: 'list',
        shownWhen: { kind: ['choice'] },
      }),
    ),
    min: limit('Smallest number', 'The smallest number that counts as an answer.'),
    max: limit('Largest number', 'The largest number that counts as an answer.'),
    retries: retriesSchema,
    retryText: retryTextSchema,
    timeout: replyTimeoutSchema,
  })
  .refine(({ kind, choices }) => kind !== 'choice' || choices !== undefined, {
    path: ['choices'],
    message: 'is missing: a question of kind "choice" lists its choices',
    when: isAskLike,
  })
  .refine(({ kind, choices }) => kind === 'choice' || choices === undefined, {
    path: ['choices'],
    message: 'belongs to questions of kind "choice" only',
    when: isAskLike,
  })
  .refine(({ kind, min }) => kind === 'number' || min === undefined, {
    path: ['min'],
    message: 'belongs to questions of kind "number" only',
    when: isAskLike,
  })
  .refine(({ kind, max }) => kind === 'number' || max === undefined, {
    path: ['max'],
    message: 'belongs to questions of kind "number" only',
    when: isAskLike,
  })

export type AskData = z.infer<typeof askSchema>

/** Fields are held against the kind as soon as there is one, so that all defects of a question are found at once. */
function isAskLike({ value }: z.core.ParsePayload): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string'
}
