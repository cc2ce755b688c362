import { foldBare, words } from '@textloom/core'

/**
 * What a reply says to a yes-or-no question: a word or phrase of one side, or a first word of one side with none of the
 * other after it (`yes please`, `no thanks`, but neither `yes and no` nor `not sure`).
 */
export function readYesNo(reply: string): boolean | undefined {
  const whole = foldBare(reply)
  if (wholeReplies.yes.has(whole)) return true
  if (wholeReplies.no.has(whole)) return false
  const [first = '', ...rest] = words(reply)
  if (yesWords.has(first)) return rest.some((word) => noWords.has(word)) ? undefined : true
  if (noWords.has(first)) return rest.some((word) => yesWords.has(word)) ? undefined : false
  return undefined
}

// English, Spanish, French, German, Hungarian, Indonesian, Portuguese, Italian, Dutch; all as `fold` writes them.
const yesWords = new Set(
  ['yes yeah yep yup yess yea ok okay okey okie sure', 'si sip claro', 'oui ouais', 'ja jep', 'igen', 'ya iya', 'sim']
    .join(' ')
    .split(' '),
)
const noWords = new Set(
  ['no nope nah not never', 'non', 'nein nee', 'nem', 'tidak nggak gak enggak', 'nao', 'nunca'].join(' ').split(' '),
)

/** Replies that count only when they are all that was written: letters and numbers mean too much in a sentence. */
const wholeReplies = {
  yes: new Set([
    '1',
    'y',
    's',
    'j',
    'i',
    'k',
    '👍',
    '✅',
    'true',
    'of course',
    'no problem',
    'why not',
    'dale',
    'daccord',
  ]),
  no: new Set(['2', 'n', '👎', '❌', 'false']),
}
