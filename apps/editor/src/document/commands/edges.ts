import type { FlowNode, NodeRegistry } from '@textloom/core'
import type { FlowState } from '../flow-state.ts'
import { readNode } from '../node-reading.ts'
import { type CommandTools, dropEdges, type FlowDraft, type Point, putEdge, snapped } from './draft.ts'
import { addNode, type ExitOf, type NewNode } from './nodes.ts'

/** A connection to be. */
export interface Connection extends ExitOf {
  readonly target: string
}

/**
 * Why two nodes cannot be connected, as a sentence; undefined when they can. Nothing leads into a start, nothing leaves
 * an end, and a step that does not wait cannot lead to itself.
 */
export function refusal(
  { nodes }: Pick<FlowState, 'nodes'>,
  { source, sourceHandle, target }: Connection,
  registry: NodeRegistry,
): string | undefined {
  const from = nodes.get(source)
  const to = nodes.get(target)
  if (!from || !to) return 'One of the two steps is gone.'
  const { nodeType, exits } = readNode(from, registry)
  if (!exits.some(({ id }) => id === sourceHandle)) return 'This exit is gone.'
  if (!takesEdges(to, registry)) return 'Nothing can lead to a step that starts the flow.'
  if (source === target && nodeType?.waits === null) return 'A step that does not wait cannot lead to itself.'
  return undefined
}

/** True for nodes that other nodes may lead to. */
function takesEdges(node: Pick<FlowNode, 'type'>, registry: NodeRegistry): boolean {
  return registry.get(node.type)?.start === undefined
}

/** Leads an exit to a node; an exit has one edge, so an earlier one gives way. Refused connections change nothing. */
export function connect(draft: FlowDraft, connection: Connection, { registry, newId }: CommandTools): void {
  if (refusal(draft, connection, registry) !== undefined) return
  const { source, sourceHandle, target } = connection
  const there = [...draft.edges.values()].find((edge) => edge.source === source && edge.sourceHandle === sourceHandle)
  if (there) {
    if (there.target !== target) there.target = target
    return
  }
  putEdge(draft, { id: newId('edge'), source, sourceHandle, target })
}

/** Takes edges out. */
export function disconnect(draft: FlowDraft, edgeIds: ReadonlySet<string>): void {
  dropEdges(draft, ({ id }) => edgeIds.has(id))
}

/** The exit by which a node is led on when it is put between two others: the first that counts. */
function mainExit(node: FlowNode, registry: NodeRegistry): string | undefined {
  const { exits } = readNode(node, registry)
  return (exits.find(({ optional }) => !optional) ?? exits[0])?.id
}

/**
 * Puts a new node between the two ends of an edge. What comes after moves down by `makeRoomPx` when the gap is too small
 * for it.
 */
export function insertOnEdge(
  draft: FlowDraft,
  edgeId: string,
  node: NewNode,
  tools: CommandTools,
  makeRoomPx = 0,
): void {
  const edge = draft.edges.get(edgeId)
  if (!edge) return
  const { target } = edge
  addNode(draft, node, tools)
  const added = draft.nodes.get(node.id)
  const exit = added && mainExit(added, tools.registry)
  edge.target = node.id
  if (exit !== undefined) putEdge(draft, { id: tools.newId('edge'), source: node.id, sourceHandle: exit, target })
  if (makeRoomPx > 0) shiftDown(draft, target, makeRoomPx, new Set([node.id, edge.source]))
}

/** Moves a node and all that comes after it and below it. */
function shiftDown(draft: FlowDraft, from: string, byPx: number, stay: ReadonlySet<string>): void {
  const top = draft.nodes.get(from)?.position.y ?? 0
  const reached = new Set<string>(stay)
  const queue = [from]
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (reached.has(id)) continue
    reached.add(id)
    const node = draft.nodes.get(id)
    if (!node || node.position.y < top) continue
    node.position = snapped({ x: node.position.x, y: node.position.y + byPx } satisfies Point)
    for (const edge of draft.edges.values()) if (edge.source === id) queue.push(edge.target)
  }
}
