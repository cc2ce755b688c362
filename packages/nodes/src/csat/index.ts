import {
  type CompileContext,
  defineNode,
  type NodeIssue,
  type RecordedResult,
  type Scope,
  type StateFragment,
  type StoredContext,
} from '@textloom/core'
import { askingState, askingTexts, otherExits } from '../asking.ts'
import { nodeIssue } from '../issue-codes.ts'
import { type RatingScale, ratingScales, readRating } from '../recognise/rating.ts'
import { replyOf } from '../reply.ts'
import { ratingBands } from './bands.ts'
import { type CsatData, csatSchema, usualResult } from './schema.ts'

/** Asks how satisfied the contact is, and for a comment if wanted; records both for the reports. */
export const csat = defineNode({
  type: 'csat',
  version: 1,
  family: 'people',
  title: 'Ask for a rating',
  summary: 'Asks how satisfied the contact is, and why.',
  icon: 'mood-smile',
  schema: csatSchema,
  waits: 'reply',
  handles: (data) => [{ id: 'next', label: 'Rated' }, ...otherExits(data)],
  compile: compileCsat,
  guards: {
    rates: (scope: Scope, band: RatesWithin) => rates(scope, band),
    'rates-not': (scope: Scope, band: RatesWithin) => !rates(scope, band),
  },
  updates: { rate, comment: keepComment },
  describe: ({ text, scale, comment }) => ({
    title: 'Ask for a rating',
    body: [text || 'No text yet', titles[scale], ...(comment === undefined ? [] : [`Then: ${comment}`])].join('\n'),
  }),
  templates: ({ comment, ...asking }) => [
    ...askingTexts(asking),
    ...(comment === undefined ? [] : [{ path: 'comment', template: comment, use: 'message' as const }]),
  ],
  results: ({ result = usualResult, comment }) => [
    { name: result, path: 'result', type: 'number' },
    ...(comment === undefined ? [] : [{ name: commentOf(result), path: 'comment', type: 'text' as const }]),
  ],
  check,
})

const titles: Readonly<Record<RatingScale, string>> = { '1-5': 'From 1 to 5', '0-10': 'From 0 to 10' }

/** Two questions, one after the other; the second has no wrong answer, and not to answer it is no harm. */
function compileCsat(data: CsatData, context: CompileContext): StateFragment {
  const { scale, result = usualResult, comment, timeout } = data
  const { effect, exit, guard, update, durationMs } = context
  const rated = ratingBands[scale].map(({ category, from, to }) => ({
    guard: guard('rates', { scale, from, to }),
    actions: [
      update('rate', { scale, result, category }),
      effect({ kind: 'result', name: result, value: `{{ results.${result}.value }}`, category }),
    ],
  }))
  const { min, max } = ratingScales[scale]
  const refused = [{ guard: guard('rates-not', { scale, from: min, to: max }) }]
  if (comment === undefined) {
    return askingState(data, { accepted: rated.map((how) => exit('next', how)), refused }, context)
  }
  const said = commentOf(result)
  const given = exit('next', {
    actions: [
      update('comment', { result: said }),
      effect({ kind: 'result', name: said, value: `{{ results.${said}.value }}` }),
    ],
  })
  const accepted = rated.map((how) => ({ target: 'comment', ...how }))
  return {
    initial: 'rating',
    states: {
      rating: askingState(data, { accepted, refused }, context),
      comment: {
        entry: [effect({ kind: 'sendMt', text: comment })],
        on: { mo: [given] },
        ...(timeout === undefined ? {} : { after: { [durationMs(timeout)]: [exit('next')] } }),
      },
    },
  }
}

/** The result that the comment on a rating is recorded as. */
function commentOf(result: string): string {
  return `${result}_comment`
}

type RatesWithin = { readonly scale: RatingScale; readonly from: number; readonly to: number }

function rates(scope: Scope, { scale, from, to }: RatesWithin): boolean {
  const rating = readRating(replyOf(scope), scale)
  return rating !== undefined && rating >= from && rating <= to
}

function rate(
  scope: Scope,
  { scale, result, category }: { scale: RatingScale; result: string; category: string },
): Partial<StoredContext> {
  return record(scope, result, { value: readRating(replyOf(scope), scale) ?? null, category })
}

function keepComment(scope: Scope, { result }: { result: string }): Partial<StoredContext> {
  return record(scope, result, { value: replyOf(scope).trim() })
}

function record({ context }: Scope, name: string, recorded: RecordedResult): Partial<StoredContext> {
  return { results: { ...context.results, [name]: recorded } }
}

function check({ text }: CsatData): readonly NodeIssue[] {
  return text.trim() === ''
    ? [nodeIssue('csat/no-text', 'text', 'The question has no text: ask for a number on the scale.')]
    : []
}
