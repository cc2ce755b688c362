import {
  type AnyNodeType,
  defineNode,
  type FlowDocument,
  type FlowEdge,
  type FlowNode,
  type FlowParam,
  type FlowVariable,
  flowFormat,
  type JsonObject,
  jsonObjectSchema,
  type NodeRegistry,
  nodeRegistry,
} from '@textloom/core'

/** What can be chosen about the flow around a node. */
export interface FlowAroundOptions {
  readonly variables?: readonly FlowVariable[]
  readonly params?: readonly FlowParam[]
  readonly settings?: FlowDocument['settings']
  /** Nodes of other types that lie on the way to the node, each left by its exit `next`. */
  readonly before?: readonly Pick<FlowNode, 'type' | 'data'>[]
  /** Handles without an edge. */
  readonly open?: readonly string[]
  /** Where else handles lead: the name of the node type itself makes a loop. */
  readonly to?: { readonly [handle: string]: string }
}

/** The node that an exit of the node under test leads to. */
export function nodeAfter(handle: string): string {
  return `by-${handle}`
}

/**
 * The smallest flow around one node: a start before it (unless it is one itself) and behind each of its exits a node
 * `by-<handle>` that waits for ever. The id of the node under test is the name of its type.
 */
export function flowAround(
  nodeType: AnyNodeType,
  data: JsonObject,
  { variables = [], params = [], settings, before = [], open = [], to = {} }: FlowAroundOptions = {},
): FlowDocument {
  const handles = nodeType
    .handles(nodeType.schema.parse(data))
    .map(({ id }) => id)
    .filter((id) => !open.includes(id))
  const nodes = [node(nodeType.type, nodeType.type, data)]
  const edges: FlowEdge[] = []
  if (!nodeType.start) {
    const way = [
      node('begin', 'test-begin'),
      ...before.map(({ type, data }, index) => node(`before-${index + 1}`, type, data)),
    ]
    const targets = [...way.slice(1).map(({ id }) => id), nodeType.type]
    nodes.unshift(...way)
    edges.push(...way.map(({ id }, index) => ({ id, source: id, sourceHandle: 'next', target: targets[index] ?? '' })))
  }
  for (const handle of handles) {
    const target = to[handle] ?? nodeAfter(handle)
    if (target === nodeAfter(handle)) nodes.push(node(target, 'test-left'))
    edges.push({ id: `edge-${handle}`, source: nodeType.type, sourceHandle: handle, target })
  }
  return {
    format: flowFormat,
    id: 'around',
    name: `Around ${nodeType.title}`,
    languages: { base: 'en' },
    variables: [...variables],
    params: [...params],
    nodes,
    edges,
    ...(settings ? { settings } : {}),
  }
}

/** The node types of `flowAround`, and others for flows that it calls. */
export function registryAround(nodeType: AnyNodeType, others: readonly AnyNodeType[] = []): NodeRegistry {
  return nodeRegistry([begin, left, nodeType, ...others])
}

function node(id: string, type: string, data: JsonObject = {}): FlowNode {
  return { id, type, position: { x: 0, y: 0 }, data }
}

const begin = defineNode({
  type: 'test-begin',
  version: 1,
  family: 'start',
  title: 'Begin',
  summary: 'Starts at once.',
  icon: 'flag',
  schema: jsonObjectSchema,
  waits: null,
  handles: () => [{ id: 'next', label: 'Next' }],
  compile: (_data, { exit }) => ({ always: [exit('next')] }),
  describe: () => ({ title: 'Begin', body: '' }),
  start: { on: 'mo', score: () => 1, whenBusy: () => 'skip' },
})

/** Where a session rests once it has left the node under test, so that what it remembers can be looked at. */
const left = defineNode({
  type: 'test-left',
  version: 1,
  family: 'wait',
  title: 'Left',
  summary: 'Waits for ever.',
  icon: 'flag-off',
  schema: jsonObjectSchema,
  waits: 'reply',
  handles: () => [],
  compile: () => ({}),
  describe: () => ({ title: 'Left', body: '' }),
})
