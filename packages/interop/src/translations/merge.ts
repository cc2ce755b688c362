import type { FlowDocument } from '@textloom/core'

/** What a file of translations says: texts by language and key. */
export type ReadTranslations = ReadonlyMap<string, ReadonlyMap<string, string>>

/** A flow with the translations of a file, and what changed. */
export interface MergedTranslations {
  readonly flow: FlowDocument
  /** Texts that are new or say something else now, each language for itself. */
  readonly changed: number
  /** Languages that the flow did not have. */
  readonly added: readonly string[]
}

/**
 * Puts the translations of a file into a flow. What the file does not speak of stays; an empty text takes a translation
 * away.
 */
export function mergeTranslations(flow: FlowDocument, read: ReadTranslations): MergedTranslations {
  const before = flow.translations ?? {}
  const translations: { [language: string]: { [key: string]: string } } = { ...before }
  let changed = 0
  for (const [language, texts] of read) {
    const merged = { ...before[language] }
    for (const [key, text] of texts) {
      if ((merged[key] ?? '') === text) continue
      changed += 1
      if (text === '') delete merged[key]
      else merged[key] = text
    }
    if (Object.keys(merged).length > 0) translations[language] = merged
    else delete translations[language]
  }
  const others = flow.languages.others ?? []
  const added = [...read.keys()].filter((language) => language !== flow.languages.base && !others.includes(language))
  const languages = added.length === 0 ? flow.languages : { ...flow.languages, others: [...others, ...added] }
  const { translations: _, ...rest } = flow
  return {
    flow: { ...rest, languages, ...(Object.keys(translations).length === 0 ? {} : { translations }) },
    changed,
    added,
  }
}
