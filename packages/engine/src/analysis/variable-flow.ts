import type {
  AnyNodeType,
  FlowDocument,
  FlowNode,
  FlowParam,
  FlowVariable,
  JsonObject,
  NodeRegistry,
  ValueType,
  VariableUse,
} from '@textloom/core'
import { NameSets, type SetAndEmpty as State } from './name-sets.ts'

/** Where values come from: what stands before the first dot. */
export type VariableRoot = 'vars' | 'params' | 'results' | 'contact' | 'reply' | 'channel' | 'now'

/** A value that texts, rules and expressions of a node can use. */
export interface KnownVariable {
  /** As a template writes it: `vars.age`, `results.vote.category`. */
  readonly path: string
  readonly root: VariableRoot
  /** What the author called it; for contacts, replies and channels the last part of the path. */
  readonly name: string
  readonly type: ValueType
  /** True when it has a value whichever way a session came; false when it may be empty here. */
  readonly isCertain: boolean
}

/** What a session knows at each node of a flow. */
export interface VariableFlow {
  /** Every value that can exist when a session comes to a node, those of the flow first. */
  at(node: string): readonly KnownVariable[]
  /** Whether a way to the node sets a variable, or it has a default. Names that the flow does not have are never set. */
  canBeSet(root: 'vars' | 'results', name: string, node: string): boolean
}

/** The parts of a flow that variables come from; a draft may be in pieces. */
export type VariableSources = Pick<FlowDocument, 'nodes' | 'edges'> & {
  readonly variables?: readonly FlowVariable[] | undefined
  readonly params?: readonly FlowParam[] | undefined
}

/**
 * Follows the variables of a flow along its edges. A node sets what it writes for all who leave it, except by the exits
 * `other`, `timeout` and `failure` of a node that waits: those lead on without what was waited for. To a node that no way
 * leads to, everything may have come. Nodes that cannot be read write nothing. Takes about as long as the flow is large.
 * @param contactFields the names that fields of contacts are known by
 */
export function variablesAt(
  flow: VariableSources,
  registry: NodeRegistry,
  contactFields: readonly string[] = [],
): VariableFlow {
  const { variables = [], params = [] } = flow
  const writers = new Map(flow.nodes.map((node) => [node.id, readWriter(node, registry)]))
  const results = resultTypes([...writers.values()])
  const names = [
    ...variables.map(({ name }) => `vars.${name}`),
    ...[...results.keys()].map((name) => `results.${name}`),
  ]
  const sets = new NameSets(names)
  const everything = sets.all()
  const defaults = variables.filter(({ default: usual }) => usual !== undefined && usual !== null)
  const states = spread(flow, writers, sets, sets.of(defaults.map(({ name }) => `vars.${name}`)))

  function canBeSet(root: 'vars' | 'results', name: string, node: string): boolean {
    const state = states.get(node)
    return state ? sets.has(state.possible, `${root}.${name}`) : sets.has(everything, `${root}.${name}`)
  }
  function isCertain(path: string, node: string): boolean {
    const state = states.get(node)
    return state ? !sets.has(state.empty, path) : defaults.some(({ name }) => `vars.${name}` === path)
  }
  return {
    canBeSet,
    at: (node) => [
      ...variables
        .filter(({ name }) => canBeSet('vars', name, node))
        .map(({ name, type }) => known('vars', name, type, isCertain(`vars.${name}`, node))),
      ...params.map(({ name, type, required }) => known('params', name, type, required === true)),
      ...[...results]
        .filter(([name]) => canBeSet('results', name, node))
        .flatMap(([name, type]) => {
          const sure = isCertain(`results.${name}`, node)
          return [
            { ...known('results', name, type, sure), path: `results.${name}.value` },
            // Only answers that were chosen among some have a category.
            { ...known('results', name, 'text', false), path: `results.${name}.category` },
          ]
        }),
      ...fixed,
      ...contactFields.map(
        (name): KnownVariable => ({
          ...known('contact', name, 'json', false),
          path: `contact.fields.${name}`,
        }),
      ),
    ],
  }
}

function known(root: VariableRoot, name: string, type: ValueType, isCertain: boolean): KnownVariable {
  return { path: `${root}.${name}`, root, name, type, isCertain }
}

const fixed: readonly KnownVariable[] = [
  known('contact', 'name', 'text', false),
  known('contact', 'phone', 'text', true),
  known('contact', 'language', 'text', false),
  known('contact', 'timezone', 'text', false),
  known('contact', 'groups', 'json', true),
  known('reply', 'text', 'text', true),
  known('channel', 'id', 'text', true),
  known('channel', 'address', 'text', false),
  { path: 'now', root: 'now', name: 'now', type: 'text', isCertain: true },
]

type Written = Pick<VariableUse, 'name' | 'type'>

/** What one node does to the variables. */
export interface Writer {
  readonly isStart: boolean
  /** True when some of its exits lead on without what it writes. */
  readonly waits: boolean
  readonly writes: readonly Written[]
  /** What it records under `results`. */
  readonly results: readonly Written[]
}

const exitsWithout: ReadonlySet<string> = new Set(['other', 'timeout', 'failure'])

function readWriter({ type, data }: FlowNode, registry: NodeRegistry): Writer {
  const nodeType = registry.get(type)
  if (!nodeType) return { isStart: false, waits: false, writes: [], results: [] }
  const read = nodeType.schema.safeParse(data)
  return read.success ? writerOf(nodeType, read.data) : { ...shapeOf(nodeType), writes: [], results: [] }
}

/** What a node of a type does to the variables. */
export function writerOf(nodeType: AnyNodeType, data: JsonObject): Writer {
  const writes = nodeType.writes?.(data) ?? []
  const answers = nodeType.waits === 'reply' || nodeType.waits === 'agent' ? writes : []
  return { ...shapeOf(nodeType), writes, results: [...answers, ...(nodeType.results?.(data) ?? [])] }
}

function shapeOf({ start, waits }: AnyNodeType): Pick<Writer, 'isStart' | 'waits'> {
  return { isStart: start !== undefined, waits: waits !== null }
}

/** The results that nodes record; one that is recorded as several types may be any. */
export function resultTypes(writers: readonly Writer[]): ReadonlyMap<string, ValueType> {
  const types = new Map<string, ValueType>()
  for (const { results } of writers) {
    for (const { name, type = 'text' } of results) {
      const before = types.get(name)
      types.set(name, before === undefined || before === type ? type : 'json')
    }
  }
  return types
}

/** Walks the edges, from the starts onward, until nothing changes any more: both sets of a node only ever grow. */
function spread(
  { edges }: VariableSources,
  writers: ReadonlyMap<string, Writer>,
  sets: NameSets,
  defaults: Uint32Array,
): ReadonlyMap<string, State> {
  const nothing = sets.of([])
  const written = new Map([...writers].map(([id, writer]) => [id, sets.of(namesOf(writer))]))
  const exits = new Map<string, { target: string; sets: Uint32Array }[]>([...writers.keys()].map((id) => [id, []]))
  for (const { source, sourceHandle, target } of edges) {
    const writer = writers.get(source)
    if (!writer || !writers.has(target)) continue
    const passes = writer.waits && exitsWithout.has(sourceHandle)
    exits.get(source)?.push({ target, sets: passes ? nothing : (written.get(source) ?? nothing) })
  }
  const starts = [...writers].filter(([, { isStart }]) => isStart).map(([id]) => id)
  const order = forwardOrder(starts, (id) => (exits.get(id) ?? []).map(({ target }) => target))
  const states = new Map(order.map((id) => [id, { possible: sets.of([]), empty: sets.of([]) }]))
  for (const id of starts) {
    const state = states.get(id)
    if (state) sets.pass(state, { possible: defaults, empty: sets.all() }, defaults)
  }
  const changed = new Set(order)
  while (changed.size > 0) {
    for (const id of order) {
      const state = changed.delete(id) ? states.get(id) : undefined
      for (const exit of state ? (exits.get(id) ?? []) : []) {
        const next = states.get(exit.target)
        if (state && next && sets.pass(next, state, exit.sets)) changed.add(exit.target)
      }
    }
  }
  return states
}

/** The nodes that can be reached, each before those that it leads to, circles aside: so that one walk does nearly all. */
function forwardOrder(starts: readonly string[], next: (id: string) => readonly string[]): readonly string[] {
  const seen = new Set<string>()
  const left: string[] = []
  for (const start of starts) {
    if (seen.has(start)) continue
    seen.add(start)
    // A stack of our own, since a flow may be a chain of many thousand nodes.
    const walk = [{ id: start, ways: next(start).values() }]
    for (let at = walk.at(-1); at; at = walk.at(-1)) {
      const { value: id, done } = at.ways.next()
      if (done) {
        left.push(at.id)
        walk.pop()
      } else if (!seen.has(id)) {
        seen.add(id)
        walk.push({ id, ways: next(id).values() })
      }
    }
  }
  return left.reverse()
}

function namesOf({ writes, results }: Writer): readonly string[] {
  return [...writes.map(({ name }) => `vars.${name}`), ...results.map(({ name }) => `results.${name}`)]
}
