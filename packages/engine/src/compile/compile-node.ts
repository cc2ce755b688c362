import {
  type ActionRef,
  type AnyNodeType,
  type CompileContext,
  type Delay,
  type GuardRef,
  type JsonObject,
  parseDuration,
  type StateFragment,
  type TransitionFragment,
  type ValueType,
} from '@textloom/core'
import { changeContactAction } from './change-contact.ts'

/** A node of a flow with its type, and its data as the type's schema gives it: checked, defaults filled in. */
export interface CompiledNode {
  readonly id: string
  readonly nodeType: AnyNodeType
  readonly data: JsonObject
  /** Its data in each language: as the author wrote it first, then with its words translated. */
  readonly variants: readonly JsonObject[]
}

/** What `compileNode` must know of the rest of the flow. */
export interface Surroundings {
  /** The nodes that the exits of this node lead to, by handle. */
  readonly exits: ReadonlyMap<string, string> | undefined
  readonly variableTypes: ReadonlyMap<string, ValueType>
  /** Where the delays that the node computes are noted, by the name that its state has for them. */
  readonly delays: Map<string, ComputedDelay>
}

/** A delay of a node, as its machine names it. */
export interface ComputedDelay {
  readonly delay: Delay
  readonly params: JsonObject
}

/** The state that a node becomes. The machine notes where it goes by the actions `enter` and `exit`. */
export function compileNode(node: CompiledNode, surroundings: Surroundings): JsonObject {
  const fragment: StateFragment = node.nodeType.compile(node.data, compileContext(node, surroundings))
  const { entry = [], ...rest } = fragment
  return {
    ...rest,
    entry: [{ type: 'enter', params: { node: node.id } }, ...entry],
    meta: { nodeType: node.nodeType.type },
  } as unknown as JsonObject
}

/** The name of a node's state, as transitions of any other state write it. */
export function stateId(nodeId: string): string {
  return `#flow.${nodeId}`
}

function compileContext(node: CompiledNode, { exits, variableTypes, delays }: Surroundings): CompileContext {
  const handles = new Set(node.nodeType.handles(node.data).map(({ id }) => id))
  const named = (name: string, kind: 'guards' | 'updates', params: JsonObject = {}): GuardRef => {
    if (!Object.hasOwn(node.nodeType[kind] ?? {}, name)) {
      throw new Error(`Node type "${node.nodeType.type}" names "${name}", which is not among its ${kind}.`)
    }
    return { type: `${node.nodeType.type}.${name}`, params: { ...params, node: node.id } }
  }
  const leave = (handle: string, more: { guard?: GuardRef; actions?: readonly ActionRef[] } = {}) => {
    if (!handles.has(handle)) {
      throw new Error(`Node type "${node.nodeType.type}" leaves by "${handle}", which is not among its handles.`)
    }
    const target = exits?.get(handle)
    if (target === undefined) return undefined
    const exit: ActionRef = { type: 'exit', params: { node: node.id, handle } }
    return {
      target: stateId(target),
      // An exit that leads back to its own node begins that node anew; XState would stay in it.
      ...(target === node.id ? { reenter: true } : {}),
      ...(more.guard ? { guard: more.guard } : {}),
      actions: [exit, ...(more.actions ?? [])],
    } satisfies TransitionFragment
  }
  return {
    nodeId: node.id,
    effect: (template) => ({ type: 'effect', params: { ...template, node: node.id } }),
    guard: (name, params) => named(name, 'guards', params),
    update: (name, params) => named(name, 'updates', params),
    delay: (name, params = {}) => {
      const delay = node.nodeType.delays?.[name]
      if (!delay) throw new Error(`Node type "${node.nodeType.type}" names "${name}", which is not among its delays.`)
      const key = `${node.nodeType.type}.${name}.${node.id}`
      delays.set(key, { delay, params: { ...params, node: node.id } })
      return key
    },
    changeContact: (change) => [
      { type: changeContactAction, params: { change: change as unknown as JsonObject, node: node.id } },
      { type: 'effect', params: { kind: 'contact', node: node.id } },
    ],
    variants: node.variants,
    end: (outcome, label) => ({
      type: 'end',
      params: { outcome, ...(label === undefined ? {} : { label }), node: node.id },
    }),
    leave,
    exit: (handle, more) => {
      const transition = leave(handle, more)
      if (!transition) throw new Error(`Exit "${handle}" of node "${node.id}" leads nowhere. Connect it to a node.`)
      return transition
    },
    durationMs: parseDuration,
    variableType: (name) => variableTypes.get(name),
  }
}
