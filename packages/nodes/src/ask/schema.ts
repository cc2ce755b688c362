import { nameSchema } from '@textloom/core'
import * as z from 'zod'
import { questionSchema, replyTimeoutSchema, retriesSchema, retryTextSchema } from '../asking-schema.ts'
import { field } from '../field.ts'
import { maxTextLength } from '../limits.ts'
import { optionsSchema } from '../options.ts'
import { maxPatternLength } from '../recognise/pattern.ts'

/** What can count as an answer. */
export const answerKinds = [
  'text',
  'number',
  'yes-no',
  'choice',
  'date',
  'time',
  'email',
  'phone',
  'rating-5',
  'rating-10',
  'pattern',
] as const

export type AnswerKind = (typeof answerKinds)[number]

/** Kinds whose answers have a size, so that more than one thing can be wrong with a reply. */
const sized = ['number', 'rating-5', 'rating-10'] as const

/** Fields that have a meaning for some kinds only. */
const onlyFor: Readonly<Record<string, readonly AnswerKind[]>> = {
  choices: ['choice'],
  min: ['number'],
  max: ['number'],
  pattern: ['pattern'],
  unreadableText: sized,
  tooSmallText: sized,
  tooLargeText: sized,
}

const errorText = (title: string, description: string, placeholder: string) =>
  z
    .string()
    .max(maxTextLength)
    .optional()
    .meta(
      field({
        title,
        description,
        placeholder,
        section: 'replies',
        control: 'message',
        shownWhen: { kind: [...sized] },
      }),
    )

const limit = (title: string, description: string) =>
  z
    .number()
    .optional()
    .meta(field({ title, description, shownWhen: { kind: ['number'] } }))

const fieldsSchema = z
  .strictObject({
    text: questionSchema,
    kind: z.enum(answerKinds).meta(
      field({
        title: 'Kind of answer',
        description: 'What counts as an answer; any other reply is asked again.',
        labels: {
          text: 'Any text',
          number: 'A number',
          'yes-no': 'Yes or no',
          choice: 'One of choices',
          date: 'A date',
          time: 'A time of day',
          email: 'An e-mail address',
          phone: 'A phone number',
          'rating-5': 'A rating from 1 to 5',
          'rating-10': 'A rating from 0 to 10',
          pattern: 'A text of a pattern',
        },
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
    pattern: z
      .string()
      .max(maxPatternLength)
      .optional()
      .meta(
        field({
          title: 'Pattern',
          description: 'A regular expression (RE2) that the whole answer fits; case does not matter.',
          placeholder: '[A-Z]{2}-?[0-9]{4}',
          shownWhen: { kind: ['pattern'] },
        }),
      ),
    retries: retriesSchema,
    retryText: retryTextSchema,
    unreadableText: errorText(
      'Text when it is no number',
      'Sent after a reply without a number, instead of the text when asking again.',
      'Please reply with a number.',
    ),
    tooSmallText: errorText(
      'Text when it is too small',
      'Sent after a number that is too small, instead of the text when asking again.',
      'That is too few: at least 2.',
    ),
    tooLargeText: errorText(
      'Text when it is too large',
      'Sent after a number that is too large, instead of the text when asking again.',
      'That is too many: at most 8.',
    ),
    timeout: replyTimeoutSchema,
  })
  .refine(({ kind, choices }) => kind !== 'choice' || choices !== undefined, {
    path: ['choices'],
    message: 'is missing: a question of kind "choice" lists its choices',
    when: isAskLike,
  })

/** Data of a question. */
export const askSchema = Object.entries(onlyFor).reduce(
  (schema, [name, kinds]) =>
    schema.refine((data) => data[name as keyof AskData] === undefined || kinds.includes(data.kind), {
      path: [name],
      message: `belongs to questions of kind ${inWords(kinds)} only`,
      when: isAskLike,
    }),
  fieldsSchema,
)

export type AskData = z.infer<typeof fieldsSchema>

function inWords(kinds: readonly AnswerKind[]): string {
  const named = kinds.map((kind) => `"${kind}"`)
  return [named.slice(0, -1).join(', '), ...named.slice(-1)].filter((part) => part !== '').join(' or ')
}

/** Fields are held against the kind as soon as there is one, so that all defects of a question are found at once. */
function isAskLike({ value }: z.core.ParsePayload): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string'
}
