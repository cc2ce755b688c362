import { type AnyNodeType, type FlowDocument, fold, type JsonObject, type NodeRegistry } from '@textloom/core'
import { variantsOf } from '../compile/variants.ts'

/** A node that begins its flow at a text. */
export interface TextStart {
  readonly node: string
  /** Index of the node in its document. */
  readonly index: number
  readonly nodeType: AnyNodeType
  readonly data: JsonObject
  /** Its data in each language: as the author wrote it first, then with its words translated. */
  readonly variants: readonly JsonObject[]
  /** What people text to it, as it is written, in every language. */
  readonly words: readonly StartWord[]
}

/** A word that begins a flow. */
export interface StartWord {
  readonly word: string
  /** Path within the document of the list it stands in. */
  readonly path: string
}

/** The nodes of a flow, which may be a draft, that begin it at a text; those that are not filled in yet are left out. */
export function textStartsOf(flow: FlowDocument, registry: NodeRegistry): readonly TextStart[] {
  return flow.nodes.flatMap(({ id, type, data: raw }, index) => {
    const nodeType = registry.get(type)
    if (nodeType?.start?.on !== 'mo') return []
    const read = nodeType.schema.safeParse(raw)
    if (!read.success) return []
    const data = read.data as JsonObject
    return [textStart({ id, index, nodeType, data, variants: variantsOf({ id, nodeType, data }, flow) })]
  })
}

/** A node that begins its flow at a text, with the words of all its languages. */
export function textStart({
  id,
  index,
  nodeType,
  data,
  variants,
}: Pick<TextStart, 'index' | 'nodeType' | 'data' | 'variants'> & { readonly id: string }): TextStart {
  const words = variants.flatMap((variant) => wordsIn(nodeType, variant, index))
  return { node: id, index, nodeType, data, variants, words: distinct(words) }
}

/** How well a text fits a start in whichever language it does best, 0 for not at all, whoever texts it. */
export function scoreOf({ nodeType, variants }: TextStart, text: string, channel?: string): number {
  const mo = { text, ...(channel !== undefined && { channel }) }
  return Math.max(0, ...variants.map((variant) => nodeType.start?.score?.(variant, mo) ?? 0))
}

function wordsIn(nodeType: AnyNodeType, data: JsonObject, index: number): StartWord[] {
  return (nodeType.words?.(data) ?? []).flatMap(({ path, words }) =>
    (typeof words === 'string' ? [words] : words)
      .filter((word) => fold(word) !== '')
      .map((word) => ({ word, path: `nodes[${index}].data.${path}` })),
  )
}

function distinct(words: readonly StartWord[]): readonly StartWord[] {
  return [...new Map(words.toReversed().map((each) => [fold(each.word), each])).values()].reverse()
}
