import type { AnyNodeType, FlowDocument, JsonObject } from '@textloom/core'
import { setAt } from './set-at.ts'

/** What separates the words of a list in its translation. */
const separators = /[,;\n،、，]/u

/** A list of words as people write it in one field. */
function splitWords(text: string): string[] {
  return text
    .split(separators)
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

/**
 * A node's data in each language of its flow: as the author wrote it first, then with the words of the contact (keywords,
 * labels, synonyms) as each language has them. A language without words of its own for this node is left out.
 */
export function variantsOf(
  node: { readonly id: string; readonly nodeType: AnyNodeType; readonly data: JsonObject },
  { translations = {} }: Pick<FlowDocument, 'translations'>,
): readonly JsonObject[] {
  const fields = node.nodeType.words?.(node.data) ?? []
  const translated = Object.values(translations).flatMap((texts) => {
    const changes = fields.flatMap(({ path, words }) => {
      const text = texts[`${node.id}.${path}`]?.trim() ?? ''
      if (text === '') return []
      return [{ path, value: typeof words === 'string' ? text : splitWords(text) }]
    })
    return changes.length === 0 ? [] : [changes.reduce((data, { path, value }) => setAt(data, path, value), node.data)]
  })
  return [node.data, ...translated]
}
