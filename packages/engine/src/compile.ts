import {
  type FlowDocument,
  type JsonObject,
  type NodeRegistry,
  parseDuration,
  type StoredContext,
  type WaitKind,
} from '@textloom/core'
import { type AnyStateMachine, createMachine } from 'xstate'
import { type CompiledNode, type ComputedDelay, compileNode, stateId } from './compile/compile-node.ts'
import { exitsOf } from './compile/exits.ts'
import { delaysOf, implementationsOf } from './compile/implementations.ts'
import { Snapshots } from './compile/snapshots.ts'
import { type Transition, transitionOf } from './compile/transitions.ts'
import { type Translate, translationsOf } from './compile/translations.ts'
import { variantsOf } from './compile/variants.ts'

/** The state of a session that has not begun; no node can have this id. */
export const idleState = '(idle)'

/** The id of the timer that ends a session nobody answers. */
export const expiryTimerId = 'session.expiry'

const defaultExpiry = 'P7D'

/**
 * Most microsteps of one step: far more nodes than any sound flow passes without waiting. XState's own default is to
 * go on for ever.
 */
export const maxMicrosteps = 1_000

/** A flow as a machine: made once per revision, never changed. */
export interface CompiledFlow {
  readonly id: string
  readonly name: string
  /** Plain JSON that XState's own `createMachine` accepts; its root is `flow`, its states are the nodes. */
  readonly config: JsonObject
  readonly machine: AnyStateMachine
  readonly nodes: ReadonlyMap<string, CompiledNode>
  /** The nodes that can begin a session, in the order of the document. */
  readonly starts: readonly CompiledNode[]
  /** What a session remembers when it begins. */
  readonly initialContext: StoredContext
  /** How long a session lives without an MO. */
  readonly expiryMs: number
  /** The texts of the flow in the language of a contact. */
  readonly translate: Translate
  /** The ids of the flows that its nodes call. */
  readonly calls: readonly string[]
  /** The node that a state value stands in. */
  nodeOf(stateValue: string | JsonObject): string
  /** What a session that rests in a node waits for; null for nodes that pass on at once. */
  waitsOf(nodeId: string): WaitKind | null
  readonly snapshots: Snapshots
  /** Moves the machine. */
  readonly transition: Transition
}

/**
 * Makes the machine of a flow that has no errors.
 * @throws Error naming the node, when the flow is one that analysis refuses
 */
export function compileFlow(flow: FlowDocument, registry: NodeRegistry): CompiledFlow {
  const nodes = compiledNodes(flow, registry)
  const starts = [...nodes.values()].filter(({ nodeType }) => nodeType.start)
  const delays = new Map<string, ComputedDelay>()
  const initialContext = initialContextOf(flow)
  const config = deepFreeze({
    id: 'flow',
    initial: idleState,
    context: initialContext,
    // Ends that can come from anywhere; the exit actions of the node left (timers, requests) happen like on any way out.
    on: {
      interrupt: [{ target: stateId('(interrupted)') }],
      [expiryTimerId]: [{ target: stateId('(expired)') }],
    },
    states: {
      [idleState]: { on: Object.fromEntries(starts.map(({ id }) => [`start.${id}`, [{ target: stateId(id) }]])) },
      ...nodeStates(flow, nodes, delays),
      '(interrupted)': { type: 'final', entry: [{ type: 'end', params: { outcome: 'interrupted' } }] },
      '(expired)': { type: 'final', entry: [{ type: 'end', params: { outcome: 'expired' } }] },
    },
    options: { maxIterations: maxMicrosteps },
  } as unknown as JsonObject)
  const machine = machineOf(config, registry, delays)
  return {
    id: flow.id,
    name: flow.name,
    config,
    machine,
    nodes,
    starts,
    initialContext,
    expiryMs: parseDuration(flow.settings?.expiry ?? defaultExpiry),
    translate: translationsOf(flow, nodes),
    calls: [...new Set([...nodes.values()].flatMap(callsOf))],
    nodeOf: (stateValue) => (typeof stateValue === 'string' ? stateValue : (Object.keys(stateValue)[0] ?? '')),
    waitsOf: (nodeId) => nodes.get(nodeId)?.nodeType.waits ?? null,
    snapshots: new Snapshots(machine),
    transition: transitionOf(machine),
  }
}

function compiledNodes(flow: FlowDocument, registry: NodeRegistry): Map<string, CompiledNode> {
  const nodes = new Map<string, CompiledNode>()
  for (const { id, type, data } of flow.nodes) {
    const nodeType = registry.get(type)
    if (!nodeType) throw new Error(`Node "${id}" is of the unknown type "${type}".`)
    const checked = nodeType.schema.safeParse(data)
    if (!checked.success) {
      const [issue] = checked.error.issues
      throw new Error(`Node "${id}" cannot be compiled: data.${issue?.path.join('.')}: ${issue?.message}`)
    }
    const node = { id, nodeType, data: checked.data as JsonObject }
    nodes.set(id, { ...node, variants: variantsOf(node, flow) })
  }
  return nodes
}

function nodeStates(
  flow: FlowDocument,
  nodes: ReadonlyMap<string, CompiledNode>,
  delays: Map<string, ComputedDelay>,
): JsonObject {
  const exits = exitsOf(flow)
  const variableTypes = new Map((flow.variables ?? []).map(({ name, type }) => [name, type]))
  const states: { [nodeId: string]: JsonObject } = {}
  for (const node of nodes.values()) {
    states[node.id] = compileNode(node, { exits: exits.get(node.id), variableTypes, delays })
  }
  return states
}

function initialContextOf({ variables = [], params: declared = [] }: FlowDocument): StoredContext {
  const vars = Object.fromEntries(variables.map((variable) => [variable.name, variable.default ?? null]))
  const params = Object.fromEntries(declared.map(({ name }) => [name, null]))
  return { vars, params, results: {}, reply: { text: '' }, memory: {} }
}

function callsOf({ nodeType, data }: CompiledNode): string[] {
  return nodeType.calls?.(data).map(({ flow }) => flow) ?? []
}

function machineOf(
  config: JsonObject,
  registry: NodeRegistry,
  delays: ReadonlyMap<string, ComputedDelay>,
): AnyStateMachine {
  const implementations = { ...implementationsOf(registry), delays: delaysOf(delays) }
  // XState infers events and context from literal configs; ours is data.
  return createMachine(config as never, implementations as never) as AnyStateMachine
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const item of Object.values(value)) deepFreeze(item)
  return value
}
