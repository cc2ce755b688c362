import type { FlowDocument, FlowEdge, FlowNode } from '@textloom/core'

/**
 * A flow document as the editor holds it: nodes and edges by id, so that a change touches one of them and nothing else,
 * and their order beside them, because the order of a document is part of it. Maps rather than objects: any id is
 * allowed, `constructor` too.
 */
export interface FlowState extends Omit<FlowDocument, 'nodes' | 'edges'> {
  readonly nodes: ReadonlyMap<string, FlowNode>
  readonly nodeOrder: readonly string[]
  readonly edges: ReadonlyMap<string, FlowEdge>
  readonly edgeOrder: readonly string[]
}

/** Takes a document apart. The inverse of `toDocument`. */
export function fromDocument({ nodes, edges, ...rest }: FlowDocument): FlowState {
  return {
    ...rest,
    nodes: new Map(nodes.map((node) => [node.id, node])),
    nodeOrder: nodes.map(({ id }) => id),
    edges: new Map(edges.map((edge) => [edge.id, edge])),
    edgeOrder: edges.map(({ id }) => id),
  }
}

/** Puts a document together again, with the same values in the same order. */
export function toDocument({ nodes, nodeOrder, edges, edgeOrder, ...rest }: FlowState): FlowDocument {
  return { ...rest, nodes: inOrder(nodes, nodeOrder), edges: inOrder(edges, edgeOrder) }
}

/** The nodes of a flow in document order. */
export function nodesOf({ nodes, nodeOrder }: Pick<FlowState, 'nodes' | 'nodeOrder'>): FlowNode[] {
  return inOrder(nodes, nodeOrder)
}

/** The edges of a flow in document order. */
export function edgesOf({ edges, edgeOrder }: Pick<FlowState, 'edges' | 'edgeOrder'>): FlowEdge[] {
  return inOrder(edges, edgeOrder)
}

function inOrder<Item>(items: ReadonlyMap<string, Item>, order: readonly string[]): Item[] {
  return order.flatMap((id) => items.get(id) ?? [])
}
