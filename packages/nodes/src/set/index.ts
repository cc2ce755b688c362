import { defineNode, type Scope, type StoredContext, type ValueType } from '@textloom/core'
import { convert } from '../convert.ts'
import { setSchema } from './schema.ts'

/** Gives a variable a new value. */
export const set = defineNode({
  type: 'set',
  version: 1,
  family: 'do',
  title: 'Set a variable',
  summary: 'Remembers a value for later in the conversation.',
  icon: 'variable',
  schema: setSchema,
  waits: null,
  handles: () => [{ id: 'next', label: 'Next' }],
  compile: ({ variable, value }, { update, variableType, exit }) => ({
    entry: [update('assign', { variable, value, as: variableType(variable) ?? 'json' })],
    always: [exit('next')],
  }),
  updates: { assign },
  describe: ({ variable, value }) => ({ title: 'Set', body: `${variable} = ${value}` }),
  templates: ({ value }) => [{ path: 'value', template: value, use: 'value' }],
  writes: ({ variable, value }) => [
    {
      name: variable,
      path: 'variable',
      ...(isFixed(value) && { canBe: (type) => convert(value, type) !== undefined }),
    },
  ],
})

/** Whether a value is the same in every conversation. */
function isFixed(value: string): boolean {
  return !value.includes('{{') && !value.includes('{%')
}

type Assignment = {
  readonly variable: string
  readonly value: string
  readonly as: ValueType
}

const nouns: Readonly<Record<ValueType, string>> = {
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  json: 'JSON',
}

function assign({ context, evaluate }: Scope, { variable, value, as }: Assignment): Partial<StoredContext> {
  const converted = convert(evaluate(value), as)
  if (converted === undefined) {
    // Names the author's template and not what it gave, which somebody may have texted.
    throw new Error(`vars.${variable} must be ${nouns[as]}, but "${value}" gave something else.`)
  }
  return { vars: { ...context.vars, [variable]: converted } }
}
