import type { Guard, JsonObject, NodeRegistry, Scope, StoredContext, Update } from '@textloom/core'
import { assign } from 'xstate'
import { evaluateExpression } from '../expression.ts'
import { evaluate, renderText, type TemplateScope } from '../template.ts'
import { changeContact, changeContactAction } from './change-contact.ts'
import type { ComputedDelay } from './compile-node.ts'
import type { MachineContext } from './machine-context.ts'

/** The guards and actions that machines name, as XState takes them. */
export interface Implementations {
  readonly guards: { [name: string]: (args: { context: MachineContext }, params: JsonObject) => boolean }
  readonly actions: { [name: string]: ReturnType<typeof assign> }
}

const known = new WeakMap<NodeRegistry, Implementations>()

/** What stands behind the names in a machine of these node types: `<node type>.<guard or update>`. */
export function implementationsOf(registry: NodeRegistry): Implementations {
  const before = known.get(registry)
  if (before) return before
  const implementations: Implementations = { guards: {}, actions: { [changeContactAction]: contactAssign() } }
  for (const { type, guards = {}, updates = {} } of registry.values()) {
    for (const [name, guard] of Object.entries(guards)) implementations.guards[`${type}.${name}`] = asXStateGuard(guard)
    for (const [name, update] of Object.entries(updates)) implementations.actions[`${type}.${name}`] = asAssign(update)
  }
  known.set(registry, implementations)
  return implementations
}

/** What stands behind the computed delays that one machine names. Milliseconds, and never less than none. */
export function delaysOf(delays: ReadonlyMap<string, ComputedDelay>): {
  [name: string]: (args: { context: MachineContext }) => number
} {
  return Object.fromEntries(
    [...delays].map(([name, { delay, params }]) => [
      name,
      ({ context }: { context: MachineContext }) =>
        watched(context, params, () => Math.max(0, Math.round(delay(scopeOf(context), params)))),
    ]),
  )
}

/** What templates of a step are rendered over. */
export function templateScopeOf(context: MachineContext): TemplateScope {
  return { context, now: context.moment.now, random: context.moment.random }
}

function asXStateGuard(guard: Guard) {
  return ({ context }: { context: MachineContext }, params: JsonObject): boolean =>
    watched(context, params, () => guard(scopeOf(context), params))
}

function asAssign(update: Update): ReturnType<typeof assign> {
  const change = ({ context }: { context: MachineContext }, params: JsonObject): Partial<StoredContext> =>
    watched(context, params, () => update(scopeOf(context), params))
  // XState's types tie an assign to one machine's events and params; ours serves every machine that names it.
  return assign(change as never)
}

function contactAssign(): ReturnType<typeof assign> {
  const change = ({ context }: { context: MachineContext }, params: JsonObject) =>
    watched(context, params, () => changeContact(context, params, templateScopeOf(context)))
  return assign(change as never)
}

function scopeOf(context: MachineContext): Scope {
  const scope = templateScopeOf(context)
  return {
    context,
    event: context.moment.event,
    now: context.moment.now,
    render: (template) => renderText(template, scope),
    evaluate: (template) => evaluate(template, scope),
    expression: (source) => evaluateExpression(source, scope),
    random: context.moment.random,
  }
}

function watched<T>(context: MachineContext, params: JsonObject, act: () => T): T {
  try {
    return act()
  } catch (cause) {
    context.moment.thrown = { cause, ...(typeof params?.node === 'string' ? { node: params.node } : {}) }
    throw cause
  }
}
