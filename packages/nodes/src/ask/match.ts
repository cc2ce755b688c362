import type { Json } from '@textloom/core'
import { readNumber } from '../number-text.ts'
import { wordOf } from '../options.ts'
import type { RecogniseContext } from '../recognise/context.ts'
import { recogniseDate } from '../recognise/date.ts'
import { recogniseEmail } from '../recognise/email.ts'
import { matchesPattern } from '../recognise/pattern.ts'
import { recognisePhone } from '../recognise/phone.ts'
import { ratingScales, readRating } from '../recognise/rating.ts'
import { recogniseTime } from '../recognise/time.ts'
import { readYesNo } from './yes-no.ts'

/** What counts as an answer, as JSON: it stands in the compiled machine. */
export type Wanted =
  | { readonly kind: 'text' | 'date' | 'time' | 'email' | 'phone' | 'rating-5' | 'rating-10' }
  | { readonly kind: 'number'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'pattern'; readonly pattern: string }
  | { readonly kind: 'yes' | 'no' | 'yes-no' }
  | { readonly kind: 'words'; readonly words: readonly string[] }

/** What is wrong with a reply that is no answer. */
export type Misfit = 'unreadable' | 'tooSmall' | 'tooLarge'

/** What a reply says where an answer of some kind is wanted; undefined when it says nothing of the kind. */
export function readAnswer(reply: string, wanted: Wanted, writer: RecogniseContext): Json | undefined {
  switch (wanted.kind) {
    case 'text':
      // Phones put a space after the word they complete.
      return reply.trim() || undefined
    case 'number':
      return readNumber(reply)
    case 'date':
      return recogniseDate(reply, writer)?.value
    case 'time':
      return recogniseTime(reply, writer)?.value
    case 'email':
      return recogniseEmail(reply)?.value
    case 'phone':
      return recognisePhone(reply, writer)?.value
    case 'rating-5':
      return readRating(reply, '1-5')
    case 'rating-10':
      return readRating(reply, '0-10')
    case 'pattern':
      return matchesPattern(wanted.pattern, reply, 'whole') ? reply.trim() : undefined
    case 'yes':
      return readYesNo(reply) === true || undefined
    case 'no':
      return readYesNo(reply) === false || undefined
    case 'yes-no':
      return readYesNo(reply)
    case 'words':
      return wanted.words.includes(wordOf(reply)) || undefined
  }
}

/** What is wrong with a reply as an answer; undefined when nothing is. */
export function misfitOf(reply: string, wanted: Wanted, writer: RecogniseContext): Misfit | undefined {
  const answer = readAnswer(reply, wanted, writer)
  if (answer === undefined) return 'unreadable'
  if (typeof answer !== 'number') return undefined
  const { min = -Infinity, max = Infinity } = rangeOf(wanted)
  if (answer < min) return 'tooSmall'
  return answer > max ? 'tooLarge' : undefined
}

function rangeOf(wanted: Wanted): { readonly min?: number; readonly max?: number } {
  if (wanted.kind === 'rating-5') return ratingScales['1-5']
  if (wanted.kind === 'rating-10') return ratingScales['0-10']
  return wanted.kind === 'number' ? wanted : {}
}
