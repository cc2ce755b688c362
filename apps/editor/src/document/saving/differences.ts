import type { FlowDocument, FlowEdge, NodeRegistry } from '@textloom/core'
import { nodeName, readNode } from '../node-reading.ts'

/** What is different between two versions, each a short sentence. */
export function differences(before: FlowDocument, after: FlowDocument, registry: NodeRegistry): string[] {
  const earlier = new Map(before.nodes.map((node) => [node.id, node]))
  const later = new Map(after.nodes.map((node) => [node.id, node]))
  const name = (id: string) => {
    const node = later.get(id) ?? earlier.get(id)
    return node ? nodeName(node, registry) : id
  }
  const said = [
    ...after.nodes.filter(({ id }) => !earlier.has(id)).map(({ id }) => `Added ${name(id)}`),
    ...before.nodes.filter(({ id }) => !later.has(id)).map(({ id }) => `Removed ${name(id)}`),
    ...after.nodes.flatMap((node) => {
      const was = earlier.get(node.id)
      return was && !isSame([was.type, was.data], [node.type, node.data])
        ? [changed(nodeName(was, registry), nodeName(node, registry))]
        : []
    }),
    ...reconnected(before, after, registry, name),
    ...(before.name === after.name ? [] : [`Renamed the flow from “${before.name}” to “${after.name}”`]),
    ...sections.flatMap(([key, words]) => (isSame(before[key], after[key]) ? [] : [`Changed ${words}`])),
  ]
  const moved = after.nodes.filter(({ id, position }) => {
    const was = earlier.get(id)
    return was && !isSame(was.position, position)
  })
  if (moved.length > 0)
    said.push(moved.length === 1 ? `Moved ${name(moved[0]?.id ?? '')}` : `Moved ${moved.length} steps`)
  return said
}

const sections = [
  ['variables', 'the variables'],
  ['params', 'the parameters'],
  ['settings', 'the settings'],
  ['languages', 'the languages'],
  ['translations', 'the translations'],
  ['tests', 'the saved tests'],
  ['notes', 'the notes'],
] as const satisfies readonly (readonly [keyof FlowDocument, string])[]

function changed(was: string, is: string): string {
  return was === is ? `Changed ${is}` : `Changed ${was} to ${is}`
}

/** Exits that lead elsewhere now, between nodes that both versions have. */
function reconnected(
  before: FlowDocument,
  after: FlowDocument,
  registry: NodeRegistry,
  name: (id: string) => string,
): string[] {
  const nodes = new Map([...before.nodes, ...after.nodes].map((node) => [node.id, node]))
  const inBoth = ({ source }: FlowEdge) =>
    before.nodes.some(({ id }) => id === source) && after.nodes.some(({ id }) => id === source)
  const exit = ({ source, sourceHandle }: FlowEdge) => `${source}:${sourceHandle}`
  const earlier = new Map(before.edges.map((edge) => [exit(edge), edge]))
  const later = new Map(after.edges.map((edge) => [exit(edge), edge]))
  const label = ({ source, sourceHandle }: FlowEdge) => {
    const node = nodes.get(source)
    const exits = node ? readNode(node, registry).exits : []
    const known = exits.find(({ id }) => id === sourceHandle)?.label ?? sourceHandle
    return exits.length > 1 ? `“${known}” of ${name(source)}` : name(source)
  }
  return [
    ...[...later].flatMap(([key, edge]) => {
      if (!inBoth(edge) || earlier.get(key)?.target === edge.target) return []
      return [`Connected ${label(edge)} to ${name(edge.target)}`]
    }),
    ...[...earlier].flatMap(([key, edge]) => {
      if (!inBoth(edge) || later.has(key) || !after.nodes.some(({ id }) => id === edge.target)) return []
      return [`Disconnected ${label(edge)} from ${name(edge.target)}`]
    }),
  ]
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}
