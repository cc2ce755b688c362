import type { AnyNodeType, FlowNode, Handle, NodeRegistry } from '@textloom/core'
import { current, type Draft, isDraft } from 'immer'

/** What a node's type makes of it. */
export interface NodeReading {
  /** Undefined for a type this version does not know. */
  readonly nodeType: AnyNodeType | undefined
  readonly exits: readonly Handle[]
  /** What the card says. */
  readonly title: string
  readonly body: string
}

const readings = new WeakMap<NodeRegistry, WeakMap<FlowNode, NodeReading>>()

/**
 * Reads a node by its type, once for each version of the node. Data in the middle of being edited may not fit its
 * schema; as much is read of it as can be.
 */
export function readNode(node: FlowNode, registry: NodeRegistry): NodeReading {
  // A draft stays the same object while it changes, so nothing is remembered about it.
  if (isDraft(node)) return read(settled(node), registry)
  const known = readings.get(registry) ?? new WeakMap<FlowNode, NodeReading>()
  readings.set(registry, known)
  const reading = known.get(node) ?? read(node, registry)
  known.set(node, reading)
  return reading
}

/** The exits of a node. */
export function exitsOf(node: FlowNode, registry: NodeRegistry): readonly Handle[] {
  return readNode(node, registry).exits
}

/** What a person calls a node: its kind and how it begins, `Menu "What can we do?"`. */
export function nodeName(node: FlowNode, registry: NodeRegistry): string {
  const { title, body } = readNode(node, registry)
  const line = withoutTemplates(body.split('\n', 1)[0] ?? '')
  if (line === '') return title
  return `${title} “${line.length > 40 ? `${line.slice(0, 38).trimEnd()}…` : line}”`
}

/** `Hi {{ contact.name | default: "you" }}!` → `Hi {contact.name}!`: filters and tags are for the inspector. */
function withoutTemplates(line: string): string {
  return line
    .replaceAll(/\{\{-?\s*([^}|]*?)\s*(?:\|[^}]*)?\}\}/g, '{$1}')
    .replaceAll(/\{%.*?%\}/g, '')
    .trim()
}

function read(node: FlowNode, registry: NodeRegistry): NodeReading {
  const nodeType = registry.get(node.type)
  if (!nodeType) return { nodeType, exits: [], title: node.type, body: 'This version does not know this kind of step.' }
  const face = attempt(() => nodeType.describe(node.data)) ?? { title: nodeType.title, body: '' }
  return { nodeType, exits: attempt(() => nodeType.handles(node.data)) ?? [], ...face }
}

/** A node as it stands, whether a command is changing it or not. */
export function settled(node: FlowNode): FlowNode {
  return isDraft(node) ? current(node as Draft<FlowNode>) : node
}

/** Node types may rely on data that fits; undefined when theirs does not. */
function attempt<Value>(look: () => Value): Value | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
