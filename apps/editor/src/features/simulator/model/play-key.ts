import type { FlowDocument } from '@textloom/core'

/** All of a document that a conversation depends on, as one text: equal means that it plays the same. */
export function playKey({ nodes, edges, tests: _t, notes: _n, name: _m, ...rest }: FlowDocument): string {
  return JSON.stringify({
    ...rest,
    nodes: nodes.map(({ id, type, data }) => [id, type, data]),
    edges: edges.map(({ source, sourceHandle, target }) => [source, sourceHandle, target]),
  })
}
