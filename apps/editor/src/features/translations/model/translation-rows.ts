import { type FlowNode, type NodeRegistry, needsTranslation, type Translatable, translatablesOf } from '@textloom/core'
import { fieldTitle } from '../../../document/field-title.ts'
import { type FlowState, nodesOf } from '../../../document/flow-state.ts'
import { nodeName } from '../../../document/node-reading.ts'
import { dataPath } from '../../../document/problem-text.ts'

/** One text of the flow, as the table shows it. */
export interface TextRow extends Translatable {
  /** What the step is called. */
  readonly step: string
  /** What the text is within its step: `Text`, `Label 2`. */
  readonly place: string
  /** False for what reads the same in every language. */
  readonly isTranslated: boolean
}

const known = new WeakMap<FlowNode, readonly TextRow[]>()

/** Every text, option, synonym and keyword of a flow, in the order of its steps. Steps that cannot be read have none. */
export function textRows(flow: Pick<FlowState, 'nodes' | 'nodeOrder'>, registry: NodeRegistry): readonly TextRow[] {
  return nodesOf(flow).flatMap((node) => {
    const rows = known.get(node) ?? rowsOfNode(node, registry)
    known.set(node, rows)
    return rows
  })
}

function rowsOfNode(node: FlowNode, registry: NodeRegistry): readonly TextRow[] {
  const nodeType = registry.get(node.type)
  const read = nodeType?.schema.safeParse(node.data)
  if (!nodeType || !read?.success) return []
  const step = nodeName(node, registry)
  return translatablesOf([{ id: node.id, nodeType, data: read.data }]).map((text) => {
    const path = dataPath(text.path)
    const index = path.find((key) => typeof key === 'number')
    const number = typeof index === 'number' ? ` ${index + 1}` : ''
    return { ...text, step, place: `${fieldTitle(nodeType, path)}${number}`, isTranslated: needsTranslation(text) }
  })
}

/** Texts by key, as a document keeps those of one language. */
export type Texts = Readonly<Record<string, string>>

/** Whether somebody who speaks the language gets the base text here. */
export function isMissing({ key, isTranslated }: Pick<TextRow, 'key' | 'isTranslated'>, texts: Texts): boolean {
  return isTranslated && (texts[key] ?? '').trim() === ''
}

/** How many texts a language lacks. */
export function missingCount(rows: readonly TextRow[], texts: Texts): number {
  return rows.reduce((count, row) => count + (isMissing(row, texts) ? 1 : 0), 0)
}
