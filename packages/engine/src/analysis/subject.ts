import type { AnyNodeType, FlowDocument, FlowNode, Handle, Issue, JsonObject, NodeRegistry } from '@textloom/core'

/** A flow with its nodes' types and their data as the schemas read it: what every check looks at. */
export interface Subject {
  readonly flow: FlowDocument
  readonly nodes: readonly SubjectNode[]
}

/** A node under analysis. */
export interface SubjectNode {
  readonly id: string
  readonly index: number
  readonly nodeType: AnyNodeType
  readonly data: JsonObject
  readonly handles: readonly Handle[]
}

/** One kind of unsoundness to look for. */
export type Check = (subject: Subject) => readonly Issue[]

/**
 * Prepares a flow that `parseFlow` has accepted with the same registry.
 * @throws Error for a node that it would have refused
 */
export function subjectOf(flow: FlowDocument, registry: NodeRegistry): Subject {
  return { flow, nodes: flow.nodes.map((node, index) => subjectNode(node, index, registry)) }
}

function subjectNode({ id, type, data: raw }: FlowNode, index: number, registry: NodeRegistry): SubjectNode {
  const nodeType = registry.get(type)
  if (!nodeType) throw new Error(`Node "${id}" is of the unknown type "${type}".`)
  const data = nodeType.schema.parse(raw)
  return { id, index, nodeType, data, handles: nodeType.handles(data) }
}
