import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type FlowDocument,
  type FlowParam,
  type FlowVariable,
  flowFormat,
  type JsonObject,
  parseFlowValue,
} from '@textloom/core'
import { analyseFlow, isSound } from '@textloom/engine'
import { registry } from '@textloom/nodes'

/** A node that is right by itself: its type, its data, and where it can be left. */
export interface ValidNode {
  readonly type: string
  readonly data: JsonObject
  readonly exits: readonly string[]
  readonly isStart: boolean
  /** What it needs the flow to declare. */
  readonly needs: Declarations
  /** Nodes that record what it reads: they come before it, each left by its exit `next`. */
  readonly before: readonly ValidNode[]
}

/** Names that a flow declares, by their types. */
export interface Declarations {
  readonly variables: readonly FlowVariable[]
  readonly params: readonly FlowParam[]
}

interface Case {
  readonly data: JsonObject
  readonly variables?: readonly FlowVariable[]
  readonly declares?: readonly FlowParam[]
  readonly before?: readonly { readonly type: string; readonly data: JsonObject }[]
}

const folder = join(import.meta.dirname, '../../packages/nodes/src')

/** Nodes of every type, out of their golden conversations, with those that must come before them. */
export function validNodes(): readonly ValidNode[] {
  return [...registry.keys()].flatMap((type) => {
    const cases: readonly Case[] = JSON.parse(readFileSync(join(folder, type, `${type}.cases.json`), 'utf8'))
    // Of conversations with the same node one with nodes before it, which it may need.
    const longestWay = cases.toSorted((one, other) => wayTo(one) - wayTo(other))
    const distinct = new Map(longestWay.map((each) => [JSON.stringify(each.data), each]))
    return [...distinct.values()].map((each) => asValid(type, each)).filter(isSoundAlone)
  })
}

function wayTo({ before = [] }: Case): number {
  return before.length
}

/** What both need together; undefined where they want a name to be of different types. */
export function together(one: Declarations, other: Declarations): Declarations | undefined {
  const variables = merged(one.variables, other.variables)
  const params = merged(one.params, other.params)
  return variables && params && { variables, params }
}

function merged<Declared extends { readonly name: string; readonly type: string }>(
  one: readonly Declared[],
  other: readonly Declared[],
): readonly Declared[] | undefined {
  const known = new Map(one.map((each) => [each.name, each]))
  for (const each of other) {
    const before = known.get(each.name)
    if (before && before.type !== each.type) return undefined
    known.set(each.name, before ?? each)
  }
  return [...known.values()]
}

function asValid(type: string, { data, variables = [], declares = [], before = [] }: Case): ValidNode {
  const nodeType = registry.get(type)
  if (!nodeType) throw new Error(`There is no node type "${type}".`)
  const read = nodeType.schema.parse(data)
  const declared = new Map(variables.map(({ name, type }) => [name, { name, type }]))
  for (const { name, type: written = 'text' } of nodeType.writes?.(read) ?? []) {
    declared.set(name, declared.get(name) ?? { name, type: written })
  }
  return {
    type,
    data,
    exits: nodeType.handles(read).map(({ id }) => id),
    isStart: nodeType.start !== undefined,
    needs: { variables: [...declared.values()], params: declares.map(({ name, type }) => ({ name, type })) },
    before: before.map((each) => asValid(each.type, each)),
  }
}

function isSoundAlone({ type, data, exits, isStart, needs, before }: ValidNode): boolean {
  const position = { x: 0, y: 0 }
  const way = before.map((each, index) => ({ id: `before-${index}`, type: each.type, position, data: each.data }))
  const steps = [...(isStart ? [] : ['start']), ...way.map(({ id }) => id), 'one']
  const flow: FlowDocument = {
    format: flowFormat,
    id: 'alone',
    name: 'Alone',
    languages: { base: 'en' },
    variables: [...needs.variables],
    params: [...needs.params],
    nodes: [
      ...(isStart ? [] : [{ id: 'start', type: 'catch-all', position, data: {} }]),
      ...way,
      { id: 'one', type, position, data },
      { id: 'end', type: 'end', position, data: { outcome: 'completed' } },
    ],
    edges: [
      ...steps.slice(1).map((target, index) => ({
        id: `to-${target}`,
        source: steps[index] ?? '',
        sourceHandle: 'next',
        target,
      })),
      ...exits.map((sourceHandle) => ({ id: `out-${sourceHandle}`, source: 'one', sourceHandle, target: 'end' })),
    ],
  }
  const parsed = parseFlowValue(flow, registry)
  return parsed.ok && isSound(analyseFlow(parsed.flow, registry))
}
