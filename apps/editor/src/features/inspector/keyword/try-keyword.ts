import type { FlowDocument, JsonObject } from '@textloom/core'
import { type PreviewedText, previewKeyword } from '@textloom/nodes'

/** What a keyword start is tried with; the data may be half typed. */
export type KeywordData = Parameters<typeof previewKeyword>[0]

/** The data of a keyword start as far as it can be read, with its keywords in all languages: all of them count. */
export function keywordData(
  { keywords, match, typos }: JsonObject,
  node: string,
  translations: FlowDocument['translations'] = {},
): KeywordData {
  const modes = ['exact', 'only', 'first', 'any'] as const
  const translated = Object.values(translations).flatMap((texts) => (texts[`${node}.keywords`] ?? '').split(','))
  const own = Array.isArray(keywords) ? keywords.map(String) : []
  return {
    keywords: [...own, ...translated].map((word) => word.trim()).filter((word) => word !== ''),
    match: modes.find((mode) => mode === match) ?? 'exact',
    typos: typos === true,
  }
}

/** Texts around the first keyword, those that start the flow first. */
export function examplesOf(data: KeywordData): readonly PreviewedText[] {
  const around = previewKeyword({ ...data, keywords: data.keywords.slice(0, 1) }).map(({ text }) => text)
  const order = ['yes', 'typo', 'no']
  return previewKeyword(data, around).toSorted((one, other) => order.indexOf(one.fits) - order.indexOf(other.fits))
}

/** A text somebody tries, and what would become of it. */
export type Trial = PreviewedText['fits'] | 'if-forgiven'

/** Whether a text starts the flow; `if-forgiven`: it would, if typing errors were forgiven. */
export function tryText(data: KeywordData, text: string): Trial {
  const fits = fitOf(data, text)
  return fits === 'no' && fitOf({ ...data, typos: true }, text) === 'typo' ? 'if-forgiven' : fits
}

function fitOf(data: KeywordData, text: string): PreviewedText['fits'] {
  return previewKeyword(data, [text])[0]?.fits ?? 'no'
}
