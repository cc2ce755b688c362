import type { FlowDocument, TemplateField } from '@textloom/core'
import { type Extent, textExtent } from '../template/extent.ts'
import { TemplateError } from '../template/template-error.ts'
import type { SubjectNode } from './subject.ts'

/** A text that a node sends, in one language. */
export interface MessageText {
  /** Path within the node's data. */
  readonly path: string
  /** Path within the document, of the text or of its translation. */
  readonly place: string
  readonly language: string
  readonly template: string
  readonly extent: Extent
  /** How often one visit of the node sends it. */
  readonly times: NonNullable<TemplateField['times']>
}

/** The texts of a node in a language of its flow: its own where it has them, else those of the base language. */
export function messageTexts(
  { id, index, nodeType, data }: SubjectNode,
  language: string,
  { languages, translations = {} }: FlowDocument,
): readonly MessageText[] {
  const fields = (nodeType.templates?.(data) ?? []).filter(({ use }) => use === 'message')
  return fields.flatMap(({ path, template: original, times = { least: 1, most: 1 } }) => {
    const translated = language === languages.base ? undefined : translations[language]?.[`${id}.${path}`]
    const isTranslated = translated !== undefined && translated.trim() !== ''
    const template = isTranslated ? translated : original
    const extent = readableExtent(template)
    if (!extent || template.trim() === '') return []
    const place = isTranslated
      ? `translations[${JSON.stringify(language)}][${JSON.stringify(`${id}.${path}`)}]`
      : `nodes[${index}].data.${path}`
    return [{ path, place, language: isTranslated ? language : languages.base, template, extent, times }]
  })
}

/** Undefined for a template that cannot be read: another check says so. */
function readableExtent(template: string): Extent | undefined {
  try {
    return textExtent(template)
  } catch (error) {
    if (error instanceof TemplateError) return undefined
    throw error
  }
}
