import { type FlowDocument, type FlowEdge, type FlowNode, flowFormat, type JsonObject } from '@textloom/core'

/** A node of `flowOf`, with where its exits lead. */
export interface NodeSketch {
  readonly type: string
  readonly data?: JsonObject
  /** Node ids by handle. */
  readonly to?: { readonly [handle: string]: string }
}

/** A flow document written as briefly as tests like it: nodes by id, edges with their nodes. */
export function flowOf(
  nodes: { readonly [id: string]: NodeSketch },
  more: Partial<Omit<FlowDocument, 'nodes' | 'edges'>> = {},
): FlowDocument {
  const sketches = Object.entries(nodes)
  return {
    format: flowFormat,
    id: 'flow',
    name: 'Flow',
    languages: { base: 'en' },
    nodes: sketches.map(([id, { type, data = {} }]): FlowNode => ({ id, type, position: { x: 0, y: 0 }, data })),
    edges: sketches.flatMap(([source, { to = {} }]) =>
      Object.entries(to).map(
        ([sourceHandle, target]): FlowEdge => ({ id: `${source}-${sourceHandle}`, source, sourceHandle, target }),
      ),
    ),
    ...more,
  }
}
