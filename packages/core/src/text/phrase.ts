import { looksLike } from './look-alikes.ts'
import { isEmoji, tokens } from './tokens.ts'

/** Whether a token of a text is the one that is wanted. */
export type SameToken = (said: string, wanted: string) => boolean

/**
 * The same word: spelt alike, spelt in letters that look alike, or Korean with a particle behind it (`예약을` is `예약`;
 * single syllables stand alone, for they begin too many other words).
 */
export function isSameWord(said: string, wanted: string): boolean {
  if (said === wanted || looksLike(said, wanted)) return true
  return said.startsWith(wanted) && /^\p{sc=Hang}{2,}$/u.test(wanted)
}

/** Whether the wanted tokens stand in a text from a place on, side by side. */
export function standsAt(
  said: readonly string[],
  wanted: readonly string[],
  start: number,
  isSame: SameToken = isSameWord,
): boolean {
  return wanted.every((token, index) => {
    const other = said[start + index]
    return other !== undefined && isSame(other, token)
  })
}

/**
 * Whether a phrase stands somewhere in a text as whole words, or, in scripts without spaces, as whole syllables. Emoji
 * count only if the phrase has some. A phrase without words stands nowhere.
 */
export function hasPhrase(text: string, phrase: string): boolean {
  const wanted = tokens(phrase)
  const said = comparable(tokens(text), wanted)
  return wanted.length > 0 && said.some((_, start) => standsAt(said, wanted, start))
}

/** Whether a text is a phrase and nothing else, punctuation aside. */
export function isOnlyPhrase(text: string, phrase: string): boolean {
  const wanted = tokens(phrase)
  const said = comparable(tokens(text), wanted)
  return wanted.length > 0 && said.length === wanted.length && standsAt(said, wanted, 0)
}

/** The tokens of a text that a phrase is compared with: without emoji if it has none itself. */
export function comparable(said: readonly string[], wanted: readonly string[]): readonly string[] {
  return wanted.some(isEmoji) ? said : said.filter((token) => !isEmoji(token))
}
