import { fold, foldBare, words } from '@textloom/core'
import type { KeywordData } from './schema.ts'

const base = { exact: 400, only: 300, first: 200, any: 100 } as const

/**
 * How well a text fits the keywords of a start: 0 for not at all; else stricter ways of fitting beat looser ones, and of
 * two alike the longer keyword wins, so that STOP NEWS beats STOP.
 */
export function scoreOf({ keywords, match }: Pick<KeywordData, 'keywords' | 'match'>, text: string): number {
  const lengths = keywords.filter((keyword) => fits(keyword, match, text)).map((keyword) => fold(keyword).length)
  return lengths.length === 0 ? 0 : base[match] + Math.min(99, Math.max(...lengths))
}

/**
 * Whether a text fits one keyword.
 * `exact`: the whole text is the keyword, punctuation around it aside. `only`: its words are the keyword's words.
 * `first`: it begins with the keyword's words. `any`: the keyword's words stand in it side by side.
 */
export function fits(keyword: string, match: KeywordData['match'], text: string): boolean {
  const wanted = words(keyword)
  // A keyword such as ? or + has no words: it fits only a text that is nothing else.
  if (wanted.length === 0) return fold(keyword) !== '' && fold(keyword) === fold(text)
  if (match === 'exact') return foldBare(keyword) === foldBare(text)
  const said = words(text)
  if (match === 'only') return said.length === wanted.length && standsAt(said, wanted, 0)
  if (match === 'first') return standsAt(said, wanted, 0)
  return said.some((_, start) => standsAt(said, wanted, start))
}

function standsAt(said: readonly string[], wanted: readonly string[], start: number): boolean {
  return wanted.every((word, index) => said[start + index] === word)
}
