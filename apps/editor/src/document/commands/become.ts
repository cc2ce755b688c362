import type { FlowDocument, FlowEdge, FlowNode, Json } from '@textloom/core'
import type { Draft } from 'immer'
import { type CommandTools, type FlowDraft, putEdge, putNode } from './draft.ts'
import { removeNodes } from './nodes.ts'
import { declareWritten } from './variables.ts'

/**
 * Makes the steps and connections of the flow those of another document, touching only what differs; translations go
 * with the steps that go. What else the document says is left alone.
 */
export function become(
  draft: FlowDraft,
  { nodes, edges }: Pick<FlowDocument, 'nodes' | 'edges'>,
  tools: CommandTools,
): void {
  const stay = new Set(nodes.map(({ id }) => id))
  const gone = new Set([...draft.nodes.keys()].filter((id) => !stay.has(id)))
  if (gone.size > 0) removeNodes(draft, gone, tools)
  for (const node of nodes) {
    const there = draft.nodes.get(node.id)
    if (!there) {
      putNode(draft, node)
      declareWritten(draft, node, tools.registry)
    } else if (!isSame(there as FlowNode, node)) draft.nodes.set(node.id, node as Draft<FlowNode>)
  }
  const kept = new Set(edges.map(({ id }) => id))
  for (const id of [...draft.edges.keys()]) if (!kept.has(id)) draft.edges.delete(id)
  for (const edge of edges) {
    const there = draft.edges.get(edge.id)
    if (!there) putEdge(draft, edge)
    else if (!isSame(there as FlowEdge, edge)) draft.edges.set(edge.id, edge)
  }
  setOrder(draft, 'nodeOrder', nodes)
  setOrder(draft, 'edgeOrder', edges)
}

function setOrder(draft: FlowDraft, key: 'nodeOrder' | 'edgeOrder', items: readonly { readonly id: string }[]): void {
  const order = items.map(({ id }) => id)
  if (order.join('\n') !== draft[key].join('\n')) draft[key] = order
}

function isSame(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(sorted(left as Json)) === JSON.stringify(sorted(right as Json))
}

/** The same value with its keys in the order of the alphabet. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner as Json)]),
  )
}
