import type { FlowDocument } from '@textloom/core'
import type { CompiledNode } from './compile-node.ts'

/**
 * The text of a node in the first of these languages that has it; as the author wrote it where that is the base language,
 * or none has it.
 */
export type Translate = (node: string, template: string, languages: readonly (string | undefined)[]) => string

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
  const base = flow.languages.base.toLowerCase()
  return (node, template, languages) => {
    const key = keyOf(node, template)
    for (const language of languages) {
      for (const tag of tagsOf(language)) {
        const translated = byLanguage.get(tag)?.get(key)
        if (translated !== undefined) return translated
        if (tag === base) return template
      }
    }
    return template
  }
}

/** `pt-BR` is served by `pt` where it has no text of its own. */
function tagsOf(language: string | undefined): string[] {
  const parts = language?.toLowerCase().split('-') ?? []
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('-'))
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
