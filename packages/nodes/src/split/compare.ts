import { fold, type Json, words } from '@textloom/core'
import { convert } from '../convert.ts'
import { numbersIn, readNumber } from '../number-text.ts'
import type { Operator } from './operators.ts'

/**
 * Whether a value passes an operator. Texts are compared folded; a value that is a number, true or false is compared
 * as what it is; operators on numbers look at the first number in a text. To look for nothing finds nothing.
 */
export function holds(op: Operator, left: Json, right: string): boolean {
  return comparisons[op](left, right)
}

/** The two numbers of `number-between`, both inclusive: `7..8`. */
export function readRange(text: string): readonly [number, number] | undefined {
  const [low, high, ...more] = text.split('..').map((part) => readNumber(part))
  return low === undefined || high === undefined || more.length > 0 ? undefined : [low, high]
}

const comparisons: Readonly<Record<Operator, (left: Json, right: string) => boolean>> = {
  equals,
  'not-equals': (left, right) => !equals(left, right),
  contains,
  'not-contains': (left, right) => !contains(left, right),
  'starts-with': (left, right) => fold(right) !== '' && fold(textOf(left)).startsWith(fold(right)),
  'ends-with': (left, right) => fold(right) !== '' && fold(textOf(left)).endsWith(fold(right)),
  'any-word': (left, right) => words(right).some((word) => words(textOf(left)).includes(word)),
  'all-words': (left, right) =>
    words(right).length > 0 && words(right).every((word) => words(textOf(left)).includes(word)),
  phrase: (left, right) => words(right).length > 0 && spaced(left).includes(spaced(right)),
  'only-phrase': (left, right) => words(right).length > 0 && spaced(left) === spaced(right),
  'has-number': (left) => numberOf(left) !== undefined,
  'number-equals': byNumber((left, right) => left === right),
  'number-gt': byNumber((left, right) => left > right),
  'number-gte': byNumber((left, right) => left >= right),
  'number-lt': byNumber((left, right) => left < right),
  'number-lte': byNumber((left, right) => left <= right),
  'number-between': (left, right) => {
    const [number, range] = [numberOf(left), readRange(right)]
    return number !== undefined && range !== undefined && range[0] <= number && number <= range[1]
  },
  'is-empty': isEmpty,
  'not-empty': (left) => !isEmpty(left),
}

function equals(left: Json, right: string): boolean {
  if (typeof left === 'number') return readNumber(right) === left
  if (typeof left === 'boolean') return convert(right, 'boolean') === left
  return fold(textOf(left)) === fold(right)
}

/** A list contains its items, a text its parts. */
function contains(left: Json, right: string): boolean {
  const wanted = fold(right)
  if (wanted === '') return false
  return isList(left) ? left.some((item) => fold(textOf(item)) === wanted) : fold(textOf(left)).includes(wanted)
}

function byNumber(compare: (left: number, right: number) => boolean): (left: Json, right: string) => boolean {
  return (left, right) => {
    const [leftNumber, rightNumber] = [numberOf(left), readNumber(right)]
    return leftNumber !== undefined && rightNumber !== undefined && compare(leftNumber, rightNumber)
  }
}

function isEmpty(left: Json): boolean {
  if (left === null) return true
  if (typeof left === 'object') return Object.keys(left).length === 0
  return textOf(left).trim() === ''
}

function numberOf(value: Json): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' ? numbersIn(value)[0] : undefined
}

/** A value as the text that operators on text look at: the items of a list are words side by side. */
function textOf(value: Json): string {
  if (value === null) return ''
  if (isList(value)) return value.map(textOf).join(' ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The words of a value between spaces, so that whole words are found and no parts of them. */
function spaced(value: Json): string {
  return ` ${words(textOf(value)).join(' ')} `
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
