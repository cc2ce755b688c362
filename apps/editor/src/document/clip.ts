import {
  type FlowDocument,
  type FlowEdge,
  type FlowNode,
  type FlowVariable,
  flowFormat,
  type Issue,
  type NodeRegistry,
  parseFlowValue,
} from '@textloom/core'
import type { FlowState } from './flow-state.ts'
import { nodesOf } from './flow-state.ts'

/** The value of `textloom` in what the editor puts on the clipboard. */
export const clipFormat = 'clip@1'

/** Part of a flow on its way to somewhere else: nodes, the edges between them, and what they need to mean the same. */
export interface Clip {
  readonly textloom: typeof clipFormat
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly FlowEdge[]
  readonly variables: readonly FlowVariable[]
  readonly translations?: NonNullable<FlowDocument['translations']>
}

/** What was found on the clipboard. */
export type ReadClip =
  | { readonly kind: 'clip'; readonly clip: Clip }
  /** Some other text: it becomes the text of a message. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly issues: readonly Issue[] }
  | { readonly kind: 'nothing' }

/** Takes a copy of some nodes. */
export function clipOf(flow: FlowState, ids: ReadonlySet<string>): Clip {
  const nodes = nodesOf(flow).filter(({ id }) => ids.has(id))
  const edges = flow.edgeOrder.flatMap((id) => flow.edges.get(id) ?? [])
  const text = JSON.stringify(nodes)
  const translations = translationsOf(flow, ids)
  return {
    textloom: clipFormat,
    nodes,
    edges: edges.filter(({ source, target }) => ids.has(source) && ids.has(target)),
    variables: (flow.variables ?? []).filter(({ name }) => new RegExp(`\\b${name}\\b`).test(text)),
    ...(translations && { translations }),
  }
}

/** The text of a clip, for the clipboard. */
export function clipText(clip: Clip): string {
  return JSON.stringify(clip, null, 2)
}

/** Reads what is on the clipboard: a clip, a whole flow document, or any text. Never throws. */
export function readClip(text: string, registry: NodeRegistry): ReadClip {
  if (text.trim() === '') return { kind: 'nothing' }
  const value = asJson(text)
  if (typeof value !== 'object' || value === null) return { kind: 'text', text }
  const isClip = 'textloom' in value && value.textloom === clipFormat
  const isFlow = 'format' in value && typeof value.format === 'string' && value.format.startsWith('textloom/flow')
  if (!isClip && !isFlow) return { kind: 'text', text }
  const { textloom: _, ...parts } = value as Record<string, unknown>
  const parsed = parseFlowValue(isFlow ? value : { ...carrier(parts), ...parts }, registry)
  if (!parsed.ok) return { kind: 'refused', issues: parsed.issues }
  const { nodes, edges, variables = [], translations } = parsed.flow
  return {
    kind: 'clip',
    clip: { textloom: clipFormat, nodes, edges, variables, ...(translations && { translations }) },
  }
}

/** A clip is checked as the flow document it would be. */
function carrier({ translations }: Record<string, unknown>): Record<string, unknown> {
  const others = typeof translations === 'object' && translations !== null ? Object.keys(translations) : []
  return { format: flowFormat, id: 'clip', name: 'Clip', languages: { base: 'en', others } }
}

function translationsOf(flow: FlowState, ids: ReadonlySet<string>): FlowDocument['translations'] {
  const kept = Object.entries(flow.translations ?? {}).flatMap(([language, texts]) => {
    const ours = Object.entries(texts).filter(([key]) => ids.has(key.slice(0, key.indexOf('.'))))
    return ours.length === 0 ? [] : [[language, Object.fromEntries(ours)] as const]
  })
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
