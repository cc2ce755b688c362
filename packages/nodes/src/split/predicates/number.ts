import type { Json } from '@textloom/core'
import { readNumber } from '../../number-text.ts'
import type { RecogniseContext } from '../../recognise/context.ts'
import { recogniseNumber } from '../../recognise/number.ts'
import { about, comparing, type Predicate } from './predicate.ts'

/** Predicates on numbers: of a text its first one, as the contact writes numbers. What has none passes none of them. */
export const numberPredicates = {
  'has-number': about('has a number', (left, writer) => numberOf(left, writer) !== undefined),
  'number-equals': byNumber('is the number', (left, right) => left === right),
  'number-gt': byNumber('is more than', (left, right) => left > right),
  'number-gte': byNumber('is at least', (left, right) => left >= right),
  'number-lt': byNumber('is less than', (left, right) => left < right),
  'number-lte': byNumber('is at most', (left, right) => left <= right),
  'number-between': comparing('range', 'is between', (left, right, writer) => {
    const [number, range] = [numberOf(left, writer), readRange(right)]
    return number !== undefined && range !== undefined && range[0] <= number && number <= range[1]
  }),
} satisfies { readonly [name: string]: Predicate }

/** The two numbers of `number-between`, both inclusive: `7..8`. */
export function readRange(text: string): readonly [number, number] | undefined {
  const [low, high, ...more] = text.split('..').map((part) => readNumber(part))
  return low === undefined || high === undefined || more.length > 0 ? undefined : [low, high]
}

function byNumber(label: string, compare: (left: number, right: number) => boolean): Predicate {
  return comparing('number', label, (left, right, writer) => {
    const [leftNumber, rightNumber] = [numberOf(left, writer), readNumber(right)]
    return leftNumber !== undefined && rightNumber !== undefined && compare(leftNumber, rightNumber)
  })
}

function numberOf(value: Json, writer: RecogniseContext): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' ? recogniseNumber(value, writer)?.value : undefined
}
