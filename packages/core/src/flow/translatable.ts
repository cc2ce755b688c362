import type { JsonObject } from '../json.ts'
import type { AnyNodeType } from '../node/define-node.ts'

/** A text of a flow that each language has its own for. */
export interface Translatable {
  /** How `translations` of the document name it: node id, a dot, the path within the node's data. */
  readonly key: string
  readonly node: string
  /** Path within the node's data, for example `options[0].label`. */
  readonly path: string
  /** As the author wrote it; a list of words with commas. */
  readonly text: string
  /** `message`: a template that is sent. `words`: what the contact may write. */
  readonly use: 'message' | 'words'
}

/** A node with its type, and its data as the type's schema reads it. */
interface TypedNode {
  readonly id: string
  readonly nodeType: AnyNodeType
  readonly data: JsonObject
}

/** Everything of some nodes that can be translated, in the order of the nodes; what is empty is left out. */
export function translatablesOf(nodes: Iterable<TypedNode>): Translatable[] {
  return [...nodes].flatMap(({ id, nodeType, data }) => {
    const messages = (nodeType.templates?.(data) ?? []).filter(({ use }) => use === 'message')
    const texts = [
      ...messages.map(({ path, template }) => ({ path, text: template, use: 'message' as const })),
      ...(nodeType.words?.(data) ?? []).map(({ path, words }) => ({
        path,
        text: typeof words === 'string' ? words : words.join(', '),
        use: 'words' as const,
      })),
    ]
    return texts
      .filter(({ text }) => text.trim() !== '')
      .map((each) => ({ key: `${id}.${each.path}`, node: id, ...each }))
  })
}

/** True for a text with words in it: one that is all variables, digits or signs reads the same in every language. */
export function needsTranslation({ text }: Pick<Translatable, 'text'>): boolean {
  return /\p{L}/u.test(text.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, ''))
}
