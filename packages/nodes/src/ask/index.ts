import { defineNode, type Handle, type NodeIssue, type Scope, type StoredContext, type ValueType } from '@textloom/core'
import { otherExits } from '../asking.ts'
import { nodeIssue } from '../issue-codes.ts'
import { readNumber } from '../number-text.ts'
import { clashesOf, wordFieldsOf } from '../options.ts'
import { replyOf } from '../reply.ts'
import { compileAsk } from './compile.ts'
import { isAnswer, type Wanted } from './match.ts'
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
    answers: (scope, wanted: Wanted) => isAnswer(replyOf(scope), wanted),
    'answers-not': (scope, wanted: Wanted) => !isAnswer(replyOf(scope), wanted),
  },
  updates: { keep },
  describe: ({ text, kind, choices = [] }) => ({
    title: titles[kind],
    body: [text || 'No text yet', ...choices.map(({ label }) => `• ${label}`)].join('\n'),
  }),
  words: ({ choices = [] }) => wordFieldsOf(choices, 'choices'),
  templates: ({ text, retryText }) => [
    { path: 'text', template: text, use: 'message' },
    ...(retryText === undefined ? [] : [{ path: 'retryText', template: retryText, use: 'message' as const }]),
  ],
  writes: ({ variable, kind }) => [{ name: variable, path: 'variable', type: valueTypes[kind] }],
  check,
})

const titles: Readonly<Record<AskData['kind'], string>> = {
  text: 'Ask',
  number: 'Ask for a number',
  'yes-no': 'Ask yes or no',
  choice: 'Ask to choose',
}

const valueTypes: Readonly<Record<AskData['kind'], ValueType>> = {
  text: 'text',
  number: 'number',
  'yes-no': 'boolean',
  choice: 'text',
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
  | { readonly variable: string; readonly as: 'text' | 'number' }

function keep(scope: Scope, keeping: Keeping): Partial<StoredContext> {
  const { vars, results } = scope.context
  const result =
    'as' in keeping
      ? // Phones put a space after the word they complete.
        { value: keeping.as === 'number' ? (readNumber(replyOf(scope)) ?? null) : replyOf(scope).trim() }
      : { value: keeping.value, category: keeping.category }
  return {
    vars: { ...vars, [keeping.variable]: result.value },
    results: { ...results, [keeping.variable]: result },
  }
}

function check({ text, kind, choices = [], min, max }: AskData): readonly NodeIssue[] {
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
    ...(emptyRange
      ? [nodeIssue('ask/empty-range', 'min', `No number is at least ${min} and at most ${max}: change one of them.`)]
      : []),
  ]
}
