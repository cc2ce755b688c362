import type { FlowDocument } from '@textloom/core'
import type { CompiledNode } from './compile-node.ts'

/** The text of a node in another language, or as it is where that language, or this text in it, is missing. */
export type Translate = (node: string, template: string, language: string | undefined) => string

/**
 * What the translations of a flow make of its texts. Effects carry the template that the author wrote, so that node
 * types need not know of languages: it is looked up by its node and its own words.
 */
export function translationsOf(flow: FlowDocument, nodes: ReadonlyMap<string, CompiledNode>): Translate {
  const byLanguage = new Map(
    Object.entries(flow.translations ?? {}).map(([language, texts]) => [
      language.toLowerCase(),
      byTemplate(texts, nodes),
    ]),
  )
  if (byLanguage.size === 0) return (_node, template) => template
  return (node, template, language) => {
    const key = keyOf(node, template)
    // `pt-BR` is served by `pt` where it has no text of its own.
    const tags = language?.toLowerCase().split('-') ?? []
    for (let count = tags.length; count > 0; count -= 1) {
      const translated = byLanguage.get(tags.slice(0, count).join('-'))?.get(key)
      if (translated !== undefined) return translated
    }
    return template
  }
}

function byTemplate(
  texts: { readonly [path: string]: string },
  nodes: ReadonlyMap<string, CompiledNode>,
): ReadonlyMap<string, string> {
  const translated = new Map<string, string>()
  for (const { id, nodeType, data } of nodes.values()) {
    for (const { path, template, use } of nodeType.templates?.(data) ?? []) {
      const text = texts[`${id}.${path}`]
      if (use === 'message' && text !== undefined && text.trim() !== '') translated.set(keyOf(id, template), text)
    }
  }
  return translated
}

function keyOf(node: string, template: string): string {
  return `${node}\n${template}`
}
