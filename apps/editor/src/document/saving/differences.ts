import { diffFlows, type FlowChange, type FlowDocument, type NodeRegistry } from '@textloom/core'
import { nodeName, readNode } from '../node-reading.ts'

/** What is different between two versions, each a short sentence; none where people would see no difference. */
export function differences(before: FlowDocument, after: FlowDocument, registry: NodeRegistry): string[] {
  const changes = diffFlows(before, after)
  const { nameOf, exitOf } = namesIn(before, after, registry)
  const isIn = (flow: FlowDocument, id: string) => flow.nodes.some((node) => node.id === id)
  const moved = changes.flatMap((change) => (change.kind === 'node-moved' ? [change.node] : []))
  return [
    ...saidOf(changes, 'node-added', ({ node }) => [`Added ${nameOf(node.id)}`]),
    ...saidOf(changes, 'node-removed', ({ node }) => [`Removed ${nameOf(node.id)}`]),
    ...saidOf(changes, 'node-changed', ({ node }) => [changed(nameOf(node, before), nameOf(node))]),
    // What leads out of a step that is new, or from one that is gone, needs no words of its own.
    ...saidOf(changes, 'exit-connected', ({ node, exit, to }) =>
      isIn(before, node) ? [`Connected ${exitOf(node, exit)} to ${nameOf(to)}`] : [],
    ),
    ...saidOf(changes, 'exit-disconnected', ({ node, exit, from }) =>
      isIn(after, node) && isIn(after, from) ? [`Disconnected ${exitOf(node, exit)} from ${nameOf(from)}`] : [],
    ),
    ...saidOf(changes, 'edge-changed', ({ node, exit, changes }) =>
      changes.some(({ path }) => path !== 'id') ? [`Changed what is written at ${exitOf(node, exit)}`] : [],
    ),
    ...(before.name === after.name ? [] : [`Renamed the flow from “${before.name}” to “${after.name}”`]),
    ...sections.flatMap(([words, isOf]) => (changes.some(isOf) ? [`Changed ${words}`] : [])),
    ...(moved.length === 0
      ? []
      : [moved.length === 1 ? `Moved ${nameOf(moved[0] ?? '')}` : `Moved ${moved.length} steps`]),
  ]
}

const sections: readonly (readonly [words: string, isOf: (change: FlowChange) => boolean])[] = [
  ['the variables', inSetting('variables')],
  ['the parameters', inSetting('params')],
  ['the settings', inSetting('settings')],
  ['the languages', inSetting('languages')],
  ['the translations', ({ kind }) => kind === 'translation-changed'],
  ['the saved tests', ({ kind }) => kind.startsWith('test-')],
  ['the notes', ({ kind }) => kind === 'note-changed'],
  ['the order of the steps', isOrderOf('nodes')],
  ['the order of the saved tests', isOrderOf('tests')],
]

function isOrderOf(section: string): (change: FlowChange) => boolean {
  return (change) => change.kind === 'reordered' && change.section === section
}

function inSetting(section: string): (change: FlowChange) => boolean {
  const isWithin = new RegExp(`^${section}(?![\\w-])`)
  return (change) => change.kind === 'setting-changed' && change.changes.some(({ path }) => isWithin.test(path))
}

function saidOf<Kind extends FlowChange['kind']>(
  changes: readonly FlowChange[],
  kind: Kind,
  say: (change: Extract<FlowChange, { kind: Kind }>) => string[],
): string[] {
  return changes.flatMap((change) => (isA(change, kind) ? say(change) : []))
}

function isA<Kind extends FlowChange['kind']>(
  change: FlowChange,
  kind: Kind,
): change is Extract<FlowChange, { kind: Kind }> {
  return change.kind === kind
}

function changed(was: string, is: string): string {
  return was === is ? `Changed ${is}` : `Changed ${was} to ${is}`
}

/** What people call the steps and exits of two versions, as they are now where they still are. */
function namesIn(before: FlowDocument, after: FlowDocument, registry: NodeRegistry) {
  const nodes = new Map([...before.nodes, ...after.nodes].map((node) => [node.id, node]))
  const nameOf = (id: string, flow?: FlowDocument) => {
    const node = flow?.nodes.find((one) => one.id === id) ?? nodes.get(id)
    return node ? nodeName(node, registry) : id
  }
  const exitOf = (id: string, exit: string) => {
    const node = nodes.get(id)
    const exits = node ? readNode(node, registry).exits : []
    const known = exits.find((one) => one.id === exit)?.label ?? exit
    return exits.length > 1 ? `“${known}” of ${nameOf(id)}` : nameOf(id)
  }
  return { nameOf, exitOf }
}
