import type { Json, StartKind, ValueType } from '@textloom/core'
import { soundness } from './issue-codes.ts'
import type { Check } from './subject.ts'

/** Starts whose asker says what the parameters are. */
const bringsParams: ReadonlySet<StartKind> = new Set<StartKind>(['api', 'call', 'campaign'])

/** Defaults fit the types they are declared with, and required parameters can be given. */
export const checkDeclarations: Check = ({ flow, nodes }) => {
  const defaults = (flow.variables ?? []).flatMap(({ name, type, default: value }, index) => {
    if (value === undefined || value === null || isOfType(value, type)) return []
    const message = `The default of "${name}" is not of its type ${type}: change the default or the type.`
    return [soundness('flow/variable-type', `variables[${index}].default`, message)]
  })
  const bare = nodes.find(({ nodeType: { start } }) => start && !bringsParams.has(start.on))
  if (!bare) return defaults
  const what = bare.nodeType.start?.on === 'mo' ? 'a text that starts this flow' : `the start "${bare.id}"`
  const required = (flow.params ?? []).flatMap(({ name, required: isRequired }, index) => {
    if (!isRequired) return []
    const message = `The parameter "${name}" is required, but ${what} brings none: make it optional.`
    return [soundness('flow/required-param', `params[${index}]`, message)]
  })
  return [...defaults, ...required]
}

function isOfType(value: Json, type: ValueType): boolean {
  return type === 'json' || typeof value === (type === 'text' ? 'string' : type)
}
