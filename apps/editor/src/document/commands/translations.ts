import type { FlowDocument } from '@textloom/core'
import type { FlowDraft } from './draft.ts'

/** Puts the text of one place in another language; an empty one takes it away. */
export function setTranslation(draft: FlowDraft, language: string, key: string, text: string): void {
  const before = draft.translations?.[language]?.[key] ?? ''
  if (before === text) return
  const texts = { ...draft.translations?.[language] }
  if (text === '') delete texts[key]
  else texts[key] = text
  putTexts(draft, language, texts)
}

/** Gives the flow another language to be translated into. */
export function addLanguage(draft: FlowDraft, language: string): void {
  const { base, others = [] } = draft.languages
  if (language === base || others.includes(language)) return
  draft.languages.others = [...others, language]
}

/** Takes a language out, with all that was translated into it. */
export function removeLanguage(draft: FlowDraft, language: string): void {
  const others = draft.languages.others?.filter((other) => other !== language) ?? []
  if (others.length === 0) delete draft.languages.others
  else if (others.length !== draft.languages.others?.length) draft.languages.others = others
  if (draft.translations?.[language]) putTexts(draft, language, {})
}

/** Takes over the languages and translations of another version of the flow, and nothing else of it. */
export function takeTranslations(
  draft: FlowDraft,
  { languages, translations = {} }: Pick<FlowDocument, 'languages' | 'translations'>,
): void {
  for (const language of languages.others ?? []) addLanguage(draft, language)
  for (const language of new Set([...Object.keys(draft.translations ?? {}), ...Object.keys(translations)])) {
    const texts = translations[language] ?? {}
    if (JSON.stringify(draft.translations?.[language] ?? {}) !== JSON.stringify(texts)) putTexts(draft, language, texts)
  }
}

/** The texts of a language as they are from now on; a language without any leaves no trace. */
export function putTexts(draft: FlowDraft, language: string, texts: { readonly [key: string]: string }): void {
  const { [language]: _, ...rest } = draft.translations ?? {}
  const next = Object.keys(texts).length === 0 ? rest : { ...draft.translations, [language]: { ...texts } }
  if (Object.keys(next).length === 0) delete draft.translations
  else draft.translations = next
}
