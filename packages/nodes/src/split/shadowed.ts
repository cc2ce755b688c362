import { fold } from '@textloom/core'
import { readNumber } from '../number-text.ts'
import type { Operator } from './operators.ts'
import { readRange } from './predicates/number.ts'
import type { Comparison, Rule } from './schema.ts'

/** The rule that takes what another would. */
export interface Taker {
  /** Its place among the rules. */
  readonly index: number
  /** False where it is the last of several that take all of it together. */
  readonly isAlone: boolean
}

/**
 * Who takes everything that would fit the rule at a place; undefined where somebody may get to it, as far as can be
 * told without knowing what templates come to.
 */
export function takenBefore(rules: readonly Rule[], index: number): Taker | undefined {
  const rule = rules[index]
  if (!rule) return undefined
  const earlier = rules.slice(0, index).filter(({ left }) => left === rule.left)
  const taker = earlier.find((other) => takesAll(other, rule))
  if (taker) return { index: rules.indexOf(taker), isAlone: true }
  const wanted = stretchOf(rule)
  if (!wanted) return undefined
  const numbers = earlier.flatMap((other) => {
    const stretch = stretchOf(other)
    return stretch ? [{ ...stretch, index: rules.indexOf(other) }] : []
  })
  const alone = numbers.find((each) => isCovered(wanted, [each]))
  if (alone) return { index: alone.index, isAlone: true }
  const last = numbers.at(-1)
  return last && isCovered(wanted, numbers) ? { index: last.index, isAlone: false } : undefined
}

/** What each of these holds for holds for the key too. */
const wider: Partial<Record<Operator, readonly Operator[]>> = {
  'has-number': ['number-equals', 'number-gt', 'number-gte', 'number-lt', 'number-lte', 'number-between'],
  'has-date': ['date-before', 'date-on', 'date-after'],
  'has-time': ['time-before', 'time-after'],
}
const ofSomething: readonly Operator[] = [
  ...(['equals', 'same-text', 'one-of', 'contains', 'starts-with', 'ends-with'] as const),
  ...(['any-word', 'all-words', 'phrase', 'only-phrase', 'any-phrase'] as const),
  ...(['has-number', 'has-date', 'has-time', 'has-phone', 'has-email'] as const),
  ...Object.values(wider).flat(),
]

function takesAll(taker: Comparison, rule: Comparison): boolean {
  if (wider[taker.op]?.includes(rule.op)) return true
  if (taker.op === 'not-empty') return ofSomething.includes(rule.op) && !hasTemplate(rule)
  if (taker.op !== 'one-of' || hasTemplate(taker) || hasTemplate(rule)) return false
  const options = new Set(taker.list?.map((option) => fold(option)))
  if (rule.op === 'equals') return options.has(fold(rule.right ?? ''))
  return rule.op === 'one-of' && rule.list !== undefined && rule.list.every((option) => options.has(fold(option)))
}

function hasTemplate({ right = '', list = [] }: Comparison): boolean {
  return [right, ...list].some((text) => text.includes('{{') || text.includes('{%'))
}

/** Numbers from one place on the line to before another. */
interface Stretch {
  readonly from: Place
  readonly before: Place
}

/** A number, and whether the place is the number itself or just above it. */
type Place = readonly [number: number, above: 0 | 1]

const lowest: Place = [Number.NEGATIVE_INFINITY, 0]
const highest: Place = [Number.POSITIVE_INFINITY, 1]

/** The numbers that a rule holds for; undefined for a rule that is about something else, or that cannot be read yet. */
function stretchOf(rule: Comparison): Stretch | undefined {
  if (rule.op === 'number-between') {
    const range = readRange(rule.right ?? '')
    return range && { from: [range[0], 0], before: [range[1], 1] }
  }
  const number = readNumber(rule.right ?? '')
  if (number === undefined) return undefined
  switch (rule.op) {
    case 'number-equals':
      return { from: [number, 0], before: [number, 1] }
    case 'number-gt':
      return { from: [number, 1], before: highest }
    case 'number-gte':
      return { from: [number, 0], before: highest }
    case 'number-lt':
      return { from: lowest, before: [number, 0] }
    case 'number-lte':
      return { from: lowest, before: [number, 1] }
    default:
      return undefined
  }
}

function isCovered(wanted: Stretch, stretches: readonly Stretch[]): boolean {
  let at = wanted.from
  for (const { from, before } of stretches.toSorted((one, other) => compare(one.from, other.from))) {
    if (compare(from, at) <= 0 && compare(before, at) > 0) at = before
  }
  return compare(at, wanted.before) >= 0
}

function compare([one, oneAbove]: Place, [other, otherAbove]: Place): number {
  return one === other ? oneAbove - otherAbove : one < other ? -1 : 1
}
