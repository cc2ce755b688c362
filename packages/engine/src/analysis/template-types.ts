import type { ValueType } from '@textloom/core'
import { Output, type Template, TokenKind, toValueSync, Value } from 'liquidjs'
import type { FilterInput } from '../template/filters/filter.ts'
import { templateFilters } from '../template/filters.ts'
import { parse } from '../template/liquid.ts'

/** The type of a path such as `vars.age`; undefined when it is not known. */
export type TypeOf = (segments: readonly string[]) => ValueType | undefined

/**
 * What a readable template does with values that their types do not allow, each as a sentence that begins with the
 * value. Only what is surely wrong: a text may hold a number, and JSON anything.
 */
export function typeComplaints(template: string, typeOf: TypeOf): readonly string[] {
  if (!template.includes('{{') && !template.includes('{%')) return []
  const complaints = valuesIn(parse('text', template)).flatMap((value) => [
    ...filterComplaints(value, typeOf),
    ...comparisonComplaints(value, typeOf),
  ])
  return [...new Set(complaints)]
}

function valuesIn(templates: readonly Template[]): readonly Value[] {
  return templates.flatMap((template) => {
    const own = template instanceof Output ? [template.value] : [...(template.arguments?.() ?? [])]
    const children = template.children ? (toValueSync(template.children(false, true)) as Template[]) : []
    return [...own.filter((argument) => argument instanceof Value), ...valuesIn(children)]
  })
}

function* filterComplaints({ initial, filters }: Value, typeOf: TypeOf): Generator<string> {
  const [operand, ...others] = initial.postfix
  if (!operand || others.length > 0) return
  const { name, type: first } = readOperand(operand, typeOf)
  let type = first
  for (const filter of filters) {
    const described = templateFilters.get(filter.name)
    if (!described) return
    if (type !== undefined && refuses(described.takes, type)) {
      yield `${name} is ${aType[type]} where the filter ${filter.name} takes ${anInput[described.takes]}.`
      return
    }
    if (described.gives !== 'same') type = described.gives
    if (type === 'json') return
  }
}

function refuses(takes: FilterInput, type: ValueType): boolean {
  if (type === 'json') return false
  if (takes === 'number' || takes === 'date') return type === 'boolean'
  if (takes === 'list') return true
  return takes === 'text or list' && type !== 'text'
}

const ordering: ReadonlySet<string> = new Set(['<', '<=', '>', '>='])

function* comparisonComplaints({ initial }: Value, typeOf: TypeOf): Generator<string> {
  // Reverse Polish notation: an operator stands behind its two operands.
  for (const [index, token] of initial.postfix.entries()) {
    if (token.kind !== TokenKind.Operator || index < 2) continue
    const operator = token.getText()
    const [left, right] = [initial.postfix[index - 2], initial.postfix[index - 1]]
    if (!left || !right || left.kind === TokenKind.Operator || right.kind === TokenKind.Operator) continue
    const [one, other] = [readOperand(left, typeOf), readOperand(right, typeOf)]
    if (one.type === undefined || other.type === undefined || one.type === 'json' || other.type === 'json') continue
    const isOrdered = ordering.has(operator)
    if (isOrdered && (one.type === 'boolean' || other.type === 'boolean')) {
      yield `${one.name} ${operator} ${other.name} never holds: true and false have no order.`
    } else if ((isOrdered || operator === '==' || operator === '!=') && one.type !== other.type) {
      const outcome = operator === '!=' ? 'always' : 'never'
      yield `${one.name} ${operator} ${other.name} ${outcome} holds: ${aType[one.type]} is not ${aType[other.type]}.`
    }
  }
}

interface Operand {
  readonly name: string
  readonly type: ValueType | undefined
}

type Token = Value['initial']['postfix'][number]

function readOperand(token: Token, typeOf: TypeOf): Operand {
  const name = token.getText()
  if (token.kind === TokenKind.Number) return { name, type: 'number' }
  if (token.kind === TokenKind.Quoted) return { name, type: 'text' }
  if (name === 'true' || name === 'false') return { name, type: 'boolean' }
  return { name, type: /^[a-z]+(\.\w+)*$/.test(name) ? typeOf(name.split('.')) : undefined }
}

const aType: Readonly<Record<ValueType, string>> = {
  text: 'text',
  number: 'a number',
  boolean: 'true or false',
  json: 'JSON',
}

const anInput: Readonly<Record<FilterInput, string>> = {
  anything: 'anything',
  text: 'text',
  number: 'a number',
  date: 'a date',
  list: 'a list',
  'text or list': 'text or a list',
}
