import { fold, tokens } from '@textloom/core'
import { fits, fitsWithTypos, type KeywordMatch } from './match.ts'

/** A text somebody could send, and what becomes of it. */
export interface PreviewedText {
  readonly text: string
  /** `no`: it does not start the flow. `typo`: it does, although it is written wrong. */
  readonly fits: 'yes' | 'typo' | 'no'
}

/** Sample texts that would and would not start the flow, made of its first keywords; or the texts that are given. */
export function previewKeyword(
  data: KeywordMatch,
  texts: readonly string[] = samplesOf(data),
): readonly PreviewedText[] {
  return texts.map((text) => ({ text, fits: fitOf(data, text) }))
}

function fitOf({ keywords, match, typos = false }: KeywordMatch, text: string): PreviewedText['fits'] {
  if (keywords.some((keyword) => fits(keyword, match, text))) return 'yes'
  return typos && keywords.some((keyword) => fitsWithTypos(keyword, match, text)) ? 'typo' : 'no'
}

function samplesOf({ keywords }: KeywordMatch): readonly string[] {
  const filled = keywords.filter((keyword) => tokens(keyword).length > 0).slice(0, 3)
  return [...new Set(filled.flatMap((keyword) => samplesAround(keyword.trim())))]
}

function samplesAround(keyword: string): readonly string[] {
  return [keyword, fold(keyword), `${keyword}!`, `${keyword} 2`, `OK ${keyword}`, `${keyword}s`, ...slipped(keyword)]
}

/** The keyword with two letters swapped, one left out, one doubled: somewhere in the middle, where people slip. */
function slipped(keyword: string): readonly string[] {
  const letters = [...keyword]
  const middle = Math.floor(letters.length / 2)
  const [before = '', at = ''] = letters.slice(middle - 1, middle + 1)
  if (letters.length < 3) return []
  const [start, end] = [letters.slice(0, middle - 1).join(''), letters.slice(middle + 1).join('')]
  return [start + at + before + end, start + before + end, start + before + at + at + end]
}
