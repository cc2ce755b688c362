import { type FlowDocument, type NodeRegistry, translatablesOf } from '@textloom/core'

/** The translations of a flow as a table: what translators work on. */
export interface TranslationTable {
  readonly base: string
  /** The other languages, in the order of the document. */
  readonly languages: readonly string[]
  readonly rows: readonly TranslationRow[]
}

/** One text in every language. */
export interface TranslationRow {
  /** Node id, a dot, the path within the node's data. */
  readonly key: string
  /** In the base language; empty when the flow does not have this text any more. */
  readonly text: string
  /** By language; a language without an entry has no translation. */
  readonly translations: ReadonlyMap<string, string>
  /** What the text is for, for the translator. */
  readonly note: string
}

/**
 * The translations of a flow, one row for each of its texts in the order of its nodes; translations of texts that are
 * gone follow, so that nothing is lost.
 * @throws Error for a node that `parseFlow` with the same registry would have refused
 */
export function tableOf(flow: FlowDocument, registry: NodeRegistry): TranslationTable {
  const stored = flow.translations ?? {}
  const languages = [...new Set([...(flow.languages.others ?? []), ...Object.keys(stored)])]
  const known = translatablesOf(
    flow.nodes.map(({ id, type, data }) => {
      const nodeType = registry.get(type)
      if (!nodeType) throw new Error(`Node "${id}" is of the unknown type "${type}".`)
      return { id, nodeType, data: nodeType.schema.parse(data) }
    }),
  )
  const titles = new Map(flow.nodes.map(({ id, type }) => [id, registry.get(type)?.title ?? type]))
  const rows = known.map(({ key, text, node, path, use }) => ({
    key,
    text,
    translations: translationsOf(key, stored),
    note: `${titles.get(node)}, ${path}${use === 'words' ? ' (words people may reply with)' : ''}`,
  }))
  const keys = new Set(rows.map(({ key }) => key))
  const gone = new Set(Object.values(stored).flatMap((texts) => Object.keys(texts).filter((key) => !keys.has(key))))
  return {
    base: flow.languages.base,
    languages,
    rows: [
      ...rows,
      ...[...gone].map((key) => ({ key, text: '', translations: translationsOf(key, stored), note: 'not in use' })),
    ],
  }
}

function translationsOf(key: string, stored: NonNullable<FlowDocument['translations']>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(stored).flatMap(([language, texts]) => {
      const text = texts[key]
      return text === undefined ? [] : [[language, text] as const]
    }),
  )
}
