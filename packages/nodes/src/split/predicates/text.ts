import { fold, type Json } from '@textloom/core'
import { convert } from '../../convert.ts'
import { readNumber } from '../../number-text.ts'
import { about, amongst, comparing, type Predicate } from './predicate.ts'
import { isEmpty, isList, textOf } from './value.ts'

/** Predicates on a text as a whole. Spelling is folded; a number, true or false is compared as what it is. */
export const textPredicates = {
  equals: comparing('text', 'is', equals),
  'not-equals': comparing('text', 'is not', (left, right) => !equals(left, right)),
  'same-text': comparing(
    'text',
    'is exactly',
    (left, right) => textOf(left).normalize('NFC') === right.normalize('NFC'),
  ),
  'one-of': amongst('is one of', isOneOf),
  'not-one-of': amongst('is none of', (left, list) => !isOneOf(left, list)),
  contains: comparing('text', 'contains', contains),
  'not-contains': comparing('text', 'does not contain', (left, right) => !contains(left, right)),
  'starts-with': comparing('text', 'begins with', startsWith),
  'not-starts-with': comparing('text', 'does not begin with', (left, right) => !startsWith(left, right)),
  'ends-with': comparing('text', 'ends with', endsWith),
  'is-empty': about('is empty', isEmpty),
  'not-empty': about('is not empty', (left) => !isEmpty(left)),
  'is-missing': about('has no value', (left) => left === null),
} satisfies { readonly [name: string]: Predicate }

function equals(left: Json, right: string): boolean {
  if (typeof left === 'number') return readNumber(right) === left
  if (typeof left === 'boolean') return convert(right, 'boolean') === left
  return fold(textOf(left)) === fold(right)
}

/** A list is one of others when one of its items is. */
function isOneOf(left: Json, list: readonly string[]): boolean {
  const options = list.filter((option) => fold(option) !== '')
  return options.some((option) => (isList(left) ? left.some((item) => equals(item, option)) : equals(left, option)))
}

/** A list contains its items, a text its parts. To look for nothing finds nothing. */
function contains(left: Json, right: string): boolean {
  const wanted = fold(right)
  if (wanted === '') return false
  return isList(left) ? left.some((item) => fold(textOf(item)) === wanted) : fold(textOf(left)).includes(wanted)
}

function startsWith(left: Json, right: string): boolean {
  return fold(right) !== '' && fold(textOf(left)).startsWith(fold(right))
}

function endsWith(left: Json, right: string): boolean {
  return fold(right) !== '' && fold(textOf(left)).endsWith(fold(right))
}
