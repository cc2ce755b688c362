import type { FlowEdge, FlowNode, NodeRegistry } from '@textloom/core'
import type { Draft } from 'immer'
import type { FlowState } from '../flow-state.ts'
import type { NewId } from '../new-id.ts'

/** A flow while a command changes it. */
export type FlowDraft = Draft<FlowState>

/** What commands need beside the flow. */
export interface CommandTools {
  readonly registry: NodeRegistry
  readonly newId: NewId
}

/** A place on the canvas. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** Puts a node at the end of the document. */
export function putNode(draft: FlowDraft, node: FlowNode): void {
  draft.nodes.set(node.id, node as Draft<FlowNode>)
  draft.nodeOrder.push(node.id)
}

/** Puts an edge at the end of the document. */
export function putEdge(draft: FlowDraft, edge: FlowEdge): void {
  draft.edges.set(edge.id, edge)
  draft.edgeOrder.push(edge.id)
}

/** Takes edges out. */
export function dropEdges(draft: FlowDraft, isDoomed: (edge: FlowEdge) => boolean): void {
  const doomed = new Set([...draft.edges.values()].filter(isDoomed).map(({ id }) => id))
  if (doomed.size === 0) return
  for (const id of doomed) draft.edges.delete(id)
  draft.edgeOrder = draft.edgeOrder.filter((id) => !doomed.has(id))
}

/** Canvas positions are multiples of this many pixels. */
export const gridPx = 20

/** The nearest point of the grid. */
export function snapped({ x, y }: Point): Point {
  return { x: Math.round(x / gridPx) * gridPx, y: Math.round(y / gridPx) * gridPx }
}
