import type { Json, ValueType } from '@textloom/core'
import { soundness } from './issue-codes.ts'
import type { Check } from './subject.ts'

/** Defaults fit the types they are declared with, and required parameters can be given. */
export const checkDeclarations: Check = ({ flow, nodes }) => {
  const defaults = (flow.variables ?? []).flatMap(({ name, type, default: value }, index) => {
    if (value === undefined || value === null || isOfType(value, type)) return []
    const message = `The default of "${name}" is not of its type ${type}: change the default or the type.`
    return [soundness('flow/variable-type', `variables[${index}].default`, message)]
  })
  if (!nodes.some(({ nodeType }) => nodeType.start)) return defaults
  const required = (flow.params ?? []).flatMap(({ name, required: isRequired }, index) => {
    if (!isRequired) return []
    const message = `The parameter "${name}" is required, but a text that starts this flow brings none: make it optional.`
    return [soundness('flow/required-param', `params[${index}]`, message)]
  })
  return [...defaults, ...required]
}

function isOfType(value: Json, type: ValueType): boolean {
  return type === 'json' || typeof value === (type === 'text' ? 'string' : type)
}
