import type { Dice } from './dice.ts'

/** What was broken in a document, and where that must be said. */
export interface Fault {
  readonly what: string
  /** The nodes one of which an error must name; undefined where the fault may do no harm, or belongs to none. */
  readonly nodes?: readonly string[]
}

interface Breakable {
  format: unknown
  nodes: { id: string; type: string; position: unknown; data: Record<string, unknown>; [field: string]: unknown }[]
  variables: { name: string }[]
  edges: { id: string; source: string; sourceHandle: string; target: string; [field: string]: unknown }[]
  [section: string]: unknown
}

/** Values that stand where they should not. */
const junk: readonly unknown[] = [
  ...[null, true, -1, 0.5, 1e300, '', 'x', 'PT', '{{ vars.', '{% if %}', '\u0000', '\uD800', '__proto__'],
  ...[[], {}, [[[]]], { __proto__: null, constructor: 1 }, [null], 'x'.repeat(20_000)],
]

/** Ways to break a document, each at one place. */
export const faults: readonly ((document: Breakable, dice: Dice) => Fault)[] = [
  ({ nodes }, dice) => {
    const node = dice.one(nodes)
    node.type = dice.one(['', 'mesage', 'constructor', '__proto__'])
    return { what: 'a type nobody knows', nodes: [node.id] }
  },
  ({ nodes }, dice) => {
    const node = dice.one(nodes)
    node.data[dice.one(['txt', 'toString', 'Text'])] = dice.one(junk)
    return { what: 'a field nobody knows', nodes: [node.id] }
  },
  ({ nodes }, dice) => {
    const node = dice.one(nodes)
    node[dice.one(['positon', 'style2'])] = 1
    return { what: 'an unknown field of a node', nodes: [node.id] }
  },
  ({ nodes }, dice) => {
    const node = dice.one(nodes)
    node.position = dice.one([null, {}, { x: 'a', y: 0 }, [0, 0]])
    return { what: 'no place', nodes: [node.id] }
  },
  ({ nodes }, dice) => {
    const node = dice.one(nodes)
    node.data = dice.one([null, [], 'x', 7]) as never
    return { what: 'no data', nodes: [node.id] }
  },
  ({ nodes }, dice) => {
    const [one, other] = [dice.one(nodes), dice.one(nodes)]
    if (one === other) return { what: 'nothing' }
    one.id = other.id
    return { what: 'an id twice', nodes: [other.id] }
  },
  ({ edges }, dice) => {
    const edge = dice.one(edges)
    edge.target = 'nowhere'
    return { what: 'an edge to nowhere', nodes: [edge.source] }
  },
  ({ edges }, dice) => {
    const edge = dice.one(edges)
    edge.sourceHandle = 'no-such-exit'
    return { what: 'an exit that is not there', nodes: [edge.source] }
  },
  ({ nodes }, dice) => {
    const node = dice.one(nodes)
    node.parentId = node.id
    return { what: 'a node inside itself', nodes: [node.id] }
  },
  ({ nodes }, dice) => {
    const splits = nodes.filter(({ type }) => type === 'split-result')
    if (splits.length === 0) return { what: 'nothing' }
    const split = dice.one(splits)
    split.data.result = 'nobody_records_it'
    return { what: 'a split by a result that nothing records', nodes: [split.id] }
  },
  ({ nodes, variables }, dice) => {
    if (variables.length === 0) return { what: 'nothing' }
    const [gone] = variables.splice(dice.below(variables.length), 1)
    const users = nodes.filter(({ data }) => JSON.stringify(data).includes(gone?.name ?? ''))
    return { what: 'a variable that is no longer declared', nodes: users.map(({ id }) => id) }
  },
  // What follows may be harmless: then it is played like any other.
  ({ nodes }, dice) => {
    const node = dice.one(nodes)
    const fields = Object.keys(node.data)
    if (fields.length === 0) return { what: 'nothing' }
    spoil(node.data, dice)
    return { what: 'junk within data' }
  },
  ({ edges }, dice) => {
    edges.splice(dice.below(edges.length), 1)
    return { what: 'an edge less' }
  },
  ({ edges, nodes }, dice) => {
    dice.one(edges).target = dice.one(nodes).id
    return { what: 'an edge led back' }
  },
  (document, dice) => {
    document[dice.one(['nodes', 'edges', 'variables', 'languages', 'settings', 'translations', 'tests', 'notes'])] =
      dice.one(junk)
    return { what: 'junk instead of a section' }
  },
  (document, dice) => {
    document.format = dice.one(['textloom/flow@0', 'textloom/flow@2', 'textloom/flow@999999999999', 7, null])
    return { what: 'another format' }
  },
]

/** Puts junk somewhere into a value. */
function spoil(value: Record<string, unknown> | unknown[], dice: Dice): void {
  const keys = Object.keys(value)
  const key = dice.one(keys)
  const item = (value as Record<string, unknown>)[key]
  if (typeof item === 'object' && item !== null && Object.keys(item).length > 0 && dice.chance(0.6)) {
    spoil(item as Record<string, unknown>, dice)
  } else (value as Record<string, unknown>)[key] = dice.one(junk)
}
