import type { NodeRegistry } from '../node/define-node.ts'
import { type FlowDocument, flowSchema } from './document.ts'
import { orderKeys } from './order-keys.ts'

/**
 * The canonical form of a flow: 2-space JSON, LF, final newline, keys in schema order within the document and within
 * each node's data, nothing added. Keys whose order no schema knows (languages, headers, …) stay as they are.
 * What `parseFlow` reads from a canonical text is written back byte for byte.
 */
export function formatFlow(flow: FlowDocument, registry: NodeRegistry): string {
  return `${JSON.stringify(canonicalFlow(flow, registry), null, 2)}\n`
}

/** The same flow with its keys in canonical order. */
export function canonicalFlow(flow: FlowDocument, registry: NodeRegistry): FlowDocument {
  const nodes = flow.nodes.map((node) => {
    const nodeType = registry.get(node.type)
    return nodeType ? { ...node, data: orderKeys(nodeType.schema, node.data) } : node
  })
  return orderKeys(flowSchema, { ...flow, nodes })
}
