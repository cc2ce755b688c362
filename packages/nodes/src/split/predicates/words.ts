import { hasPhrase, isOnlyPhrase } from '@textloom/core'
import { matchesPattern } from '../../recognise/pattern.ts'
import { amongst, comparing, type Predicate } from './predicate.ts'
import { textOf } from './value.ts'

/** Predicates on the words of a text, script by script, and on its pattern. */
export const wordPredicates = {
  'any-word': comparing('words', 'has one of the words', (left, right) =>
    wordsIn(right).some((word) => hasPhrase(textOf(left), word)),
  ),
  'all-words': comparing('words', 'has all of the words', (left, right) => {
    const wanted = wordsIn(right)
    return wanted.length > 0 && wanted.every((word) => hasPhrase(textOf(left), word))
  }),
  phrase: comparing('words', 'has the phrase', (left, right) => hasPhrase(textOf(left), right)),
  'only-phrase': comparing('words', 'is only the phrase', (left, right) => isOnlyPhrase(textOf(left), right)),
  'any-phrase': amongst('mentions one of', (left, list) => list.some((phrase) => hasPhrase(textOf(left), phrase))),
  matches: comparing('pattern', 'matches the pattern', (left, right) =>
    matchesPattern(right, textOf(left), 'anywhere'),
  ),
  'matches-whole': comparing('pattern', 'is wholly the pattern', (left, right) =>
    matchesPattern(right, textOf(left), 'whole'),
  ),
} satisfies { readonly [name: string]: Predicate }

/** The words of an operand: between spaces and commas of any script. */
function wordsIn(text: string): readonly string[] {
  return text.split(/[\s,;、，；،؛]+/u).filter((word) => word !== '')
}
