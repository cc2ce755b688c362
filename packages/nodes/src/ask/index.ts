import { defineNode, type Handle, type NodeIssue, type Scope, type StoredContext, type ValueType } from '@textloom/core'
import { askingTexts, otherExits } from '../asking.ts'
import { nodeIssue } from '../issue-codes.ts'
import { clashesOf, wordFieldsOf } from '../options.ts'
import { recogniseContextOf } from '../recognise/context.ts'
import { problemOfPattern } from '../recognise/pattern.ts'
import { replyOf } from '../reply.ts'
import { compileAsk } from './compile.ts'
import { type Misfit, misfitOf, readAnswer, type Wanted } from './match.ts'
import { type AskData, askSchema } from './schema.ts'

/** Asks a question and waits: an answer is kept and leaves by its exit, any other reply by `other`, silence by `timeout`. */
export const ask = defineNode({
  type: 'ask',
  version: 1,
  family: 'talk',
  title: 'Ask a question',
  summary: 'Asks, waits for the answer and keeps it in a variable.',
  icon: 'message-question',
  schema: askSchema,
  waits: 'reply',
  // Every text is an answer, so that only a blank reply to a question of kind "text" can be another one.
  handles: (data) => [...answerHandles(data), ...otherExits(data, data.kind !== 'text')],
  compile: compileAsk,
  guards: {
    answers: (scope, wanted: Wanted) => misfitIn(scope, wanted) === undefined,
    'answers-not': (scope, wanted: Wanted) => misfitIn(scope, wanted) !== undefined,
    'is-misfit': (scope, { as, ...wanted }: Wanted & { readonly as: Misfit }) => misfitIn(scope, wanted) === as,
  },
  updates: { keep },
  describe: ({ text, kind, choices = [] }) => ({
    title: titles[kind],
    body: [text || 'No text yet', ...choices.map(({ label }) => `• ${label}`)].join('\n'),
  }),
  words: ({ choices = [] }) => wordFieldsOf(choices, 'choices'),
  templates: (data) => [
    ...askingTexts(data),
    ...(['unreadableText', 'tooSmallText', 'tooLargeText'] as const).flatMap((path) => {
      const template = data[path]
      if (template === undefined) return []
      return [{ path, template, use: 'message' as const, times: { least: 0, most: data.retries } }]
    }),
  ],
  writes: ({ variable, kind }) => [{ name: variable, path: 'variable', type: valueTypes[kind] }],
  check,
})

const titles: Readonly<Record<AskData['kind'], string>> = {
  text: 'Ask',
  number: 'Ask for a number',
  'yes-no': 'Ask yes or no',
  choice: 'Ask to choose',
  date: 'Ask for a date',
  time: 'Ask for a time',
  email: 'Ask for an e-mail address',
  phone: 'Ask for a phone number',
  'rating-5': 'Ask for 1 to 5',
  'rating-10': 'Ask for 0 to 10',
  pattern: 'Ask for a pattern',
}

const valueTypes: Readonly<Record<AskData['kind'], ValueType>> = {
  text: 'text',
  number: 'number',
  'yes-no': 'boolean',
  choice: 'text',
  date: 'text',
  time: 'text',
  email: 'text',
  phone: 'text',
  'rating-5': 'number',
  'rating-10': 'number',
  pattern: 'text',
}

function answerHandles({ kind, choices = [] }: AskData): readonly Handle[] {
  if (kind === 'choice') return choices.map(({ id, label }) => ({ id, label }))
  if (kind === 'yes-no') {
    return [
      { id: 'yes', label: 'Yes' },
      { id: 'no', label: 'No' },
    ]
  }
  return [{ id: 'next', label: 'Answer' }]
}

/** What `keep` is told: the value of a choice, or how to read the reply. */
type Keeping =
  | { readonly variable: string; readonly value: string | boolean; readonly category: string }
  | { readonly variable: string; readonly wanted: Wanted }

function misfitIn(scope: Scope, wanted: Wanted): Misfit | undefined {
  return misfitOf(replyOf(scope), wanted, recogniseContextOf(scope))
}

function keep(scope: Scope, keeping: Keeping): Partial<StoredContext> {
  const { vars, results } = scope.context
  const result =
    'wanted' in keeping
      ? { value: readAnswer(replyOf(scope), keeping.wanted, recogniseContextOf(scope)) ?? null }
      : { value: keeping.value, category: keeping.category }
  return {
    vars: { ...vars, [keeping.variable]: result.value },
    results: { ...results, [keeping.variable]: result },
  }
}

function check({ text, kind, choices = [], pattern, min, max }: AskData): readonly NodeIssue[] {
  const emptyRange = min !== undefined && max !== undefined && min > max
  return [
    ...(text.trim() === '' ? [nodeIssue('ask/no-text', 'text', 'The question has no text: write what is asked.')] : []),
    ...(kind === 'choice' && choices.length === 0
      ? [nodeIssue('ask/no-choices', 'choices', 'The question has no choices: add one.')]
      : []),
    ...clashesOf(choices).map(({ word, path, with: other }) =>
      nodeIssue(
        'ask/clashing-words',
        `choices${path}`,
        `The reply "${word}" picks "${other.label}" already: give every choice its own words.`,
      ),
    ),
    ...(kind === 'pattern' ? patternIssues(pattern ?? '') : []),
    ...(emptyRange
      ? [nodeIssue('ask/empty-range', 'min', `No number is at least ${min} and at most ${max}: change one of them.`)]
      : []),
  ]
}

function patternIssues(pattern: string): readonly NodeIssue[] {
  if (pattern === '') return [nodeIssue('ask/no-pattern', 'pattern', 'The question has no pattern: write what fits.')]
  const problem = problemOfPattern(pattern)
  return problem === undefined ? [] : [nodeIssue('ask/bad-pattern', 'pattern', `"${pattern}" ${problem}.`)]
}
