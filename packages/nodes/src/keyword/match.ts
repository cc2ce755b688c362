import { comparable, fold, foldBare, isSameWord, type StartText, standsAt, tokens } from '@textloom/core'
import type { KeywordData } from './schema.ts'
import { isSlipOf } from './slips.ts'

const written = { exact: 400, only: 300, first: 200, any: 100 } as const
const slipped = { exact: 40, only: 30, first: 20, any: 10 } as const

/** What a start says about the texts it is for. */
export type KeywordMatch = Pick<KeywordData, 'keywords' | 'match' | 'typos' | 'priority' | keyof Scope>

interface Scope {
  readonly channels?: readonly string[] | undefined
  readonly groups?: readonly string[] | undefined
  readonly exceptGroups?: readonly string[] | undefined
}

/**
 * How well a text fits a start: 0 for not at all. The author's `priority` counts first; then how closely the start says
 * whom it is for (its channels count 4, its groups 2, the groups it leaves out 1); then the keyword as it is written
 * beats one with a slip, stricter ways of fitting beat looser ones, and of two alike the longer keyword wins, so that
 * STOP NEWS beats STOP.
 */
export function scoreOf(data: KeywordMatch, { text, channel, groups }: StartText): number {
  if (!isFor(data, channel, groups)) return 0
  const { keywords, match, typos = false, priority = 0 } = data
  const fit = Math.max(0, ...keywords.map((keyword) => fitOf(keyword, match, text, typos)))
  return fit === 0 ? 0 : priority * 10_000 + closeness(data) * 1_000 + fit
}

/**
 * Whether a text fits one keyword as it is written, spelling folded.
 * `exact`: the whole text is the keyword, punctuation around it aside. `only`: its words are the keyword's words.
 * `first`: it begins with the keyword's words. `any`: the keyword's words stand in it side by side.
 */
export function fits(keyword: string, match: KeywordData['match'], text: string): boolean {
  return stands(keyword, match, text, isSameWord)
}

/** `fits`, and the keyword may have slips of the finger in it: never in short words, numbers or words of consent. */
export function fitsWithTypos(keyword: string, match: KeywordData['match'], text: string): boolean {
  return stands(keyword, match, text, (said, wanted) => isSameWord(said, wanted) || isSlipOf(said, wanted))
}

function fitOf(keyword: string, match: KeywordData['match'], text: string, typos: boolean): number {
  const { length } = fold(keyword)
  if (fits(keyword, match, text)) return written[match] + Math.min(99, length)
  return typos && fitsWithTypos(keyword, match, text) ? slipped[match] + Math.min(9, length) : 0
}

function stands(
  keyword: string,
  match: KeywordData['match'],
  text: string,
  isSame: (said: string, wanted: string) => boolean,
): boolean {
  const wanted = tokens(keyword)
  // A keyword such as ? or + has no words: it fits only a text that is nothing else.
  if (wanted.length === 0) return fold(keyword) !== '' && fold(keyword) === fold(text)
  if (match === 'exact' && foldBare(keyword) === foldBare(text)) return true
  const said = comparable(tokens(text), wanted)
  if (match === 'exact') {
    // Letters that only look alike, and slips, are no other keyword; other marks between the words are.
    return marksOf(keyword) === marksOf(text) && said.length === wanted.length && standsAt(said, wanted, 0, isSame)
  }
  if (match === 'only') return said.length === wanted.length && standsAt(said, wanted, 0, isSame)
  if (match === 'first') return standsAt(said, wanted, 0, isSame)
  return said.some((_, start) => standsAt(said, wanted, start, isSame))
}

/** What stands between the words of a text. */
function marksOf(text: string): string {
  return foldBare(text).replace(/[\p{L}\p{N}\p{M}]+/gu, 'x')
}

function isFor(
  { channels = [], groups: wanted = [], exceptGroups = [] }: Scope,
  channel: string | undefined,
  groups: readonly string[] | undefined,
): boolean {
  // What is not known rules nothing out: the editor asks which starts could clash.
  if (channel !== undefined && channels.length > 0 && !channels.includes(channel)) return false
  if (groups === undefined) return true
  const isIn = (group: string) => groups.some((other) => fold(other) === fold(group))
  return (wanted.length === 0 || wanted.some(isIn)) && !exceptGroups.some(isIn)
}

function closeness({ channels = [], groups = [], exceptGroups = [] }: Scope): number {
  return (channels.length > 0 ? 4 : 0) + (groups.length > 0 ? 2 : 0) + (exceptGroups.length > 0 ? 1 : 0)
}
