import { readNumber } from '../number-text.ts'
import { wordOf } from '../options.ts'
import { readYesNo } from './yes-no.ts'

/** What counts as an answer, as JSON: it stands in the compiled machine. */
export type Wanted =
  | { readonly kind: 'text' }
  | { readonly kind: 'number'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'yes' | 'no' | 'yes-no' }
  | { readonly kind: 'words'; readonly words: readonly string[] }

/** Whether a reply is an answer of the kind that is wanted. */
export function isAnswer(reply: string, wanted: Wanted): boolean {
  switch (wanted.kind) {
    case 'text':
      return reply.trim() !== ''
    case 'number':
      return isWithin(readNumber(reply), wanted)
    case 'yes':
      return readYesNo(reply) === true
    case 'no':
      return readYesNo(reply) === false
    case 'yes-no':
      return readYesNo(reply) !== undefined
    case 'words':
      return wanted.words.includes(wordOf(reply))
  }
}

function isWithin(number: number | undefined, { min, max }: { readonly min?: number; readonly max?: number }): boolean {
  return number !== undefined && number >= (min ?? -Infinity) && number <= (max ?? Infinity)
}
