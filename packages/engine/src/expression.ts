import { Environment, EvaluationError, ParseError, type ParseResult } from '@marcbachmann/cel-js'
import { didYouMean, type Json, type ValueType } from '@textloom/core'
import { ExpressionError, NoValueError } from './expression/expression-error.ts'
import { during, macros, maxItems, withFunctions, withNumberLists } from './expression/functions.ts'
import { type ExpressionIssue, goesOverLists, ruleIssues } from './expression/rules.ts'
import { callOf, partsOf, pathOf, type Syntax } from './expression/syntax.ts'
import { placeOf } from './template/environment.ts'
import { parseCache } from './template/parse-cache.ts'
import type { TemplateScope, TemplateVariable } from './template.ts'

export { ExpressionError } from './expression/expression-error.ts'
export { type ExpressionFunction, expressionFunctions } from './expression/functions.ts'
export type { ExpressionIssue } from './expression/rules.ts'

/** The names an expression may use, with their types. */
export interface ExpressionNames {
  readonly vars: ReadonlyMap<string, ValueType>
  readonly params: ReadonlyMap<string, ValueType>
  readonly results: ReadonlyMap<string, ValueType>
}

/** Longest expression we read, in UTF-16 code units. */
export const maxExpressionLength = 2_000

/** What is wrong with an expression of a flow that has these names; nothing for one that can be evaluated. */
export function checkExpression(source: string, names: ExpressionNames): readonly ExpressionIssue[] {
  const read = readOrIssue(source)
  if ('message' in read) return [read]
  const broken = ruleIssues(read.ast)
  if (broken.length > 0) return broken
  const { error } = typedEnvironment(names).check(source)
  if (!error) return []
  const { start = 0, end = source.length } = error.range ?? {}
  return [{ message: inWords(error.code, error.summary, source.slice(start, end), names), start, end }]
}

/**
 * What an expression comes to for a session. Nothing (null) where a value that it needs is missing or of another kind
 * than it must be: what people text must not fail their session.
 * @throws ExpressionError when the expression cannot be read, or goes through more than it may
 */
export function evaluateExpression(source: string, scope: TemplateScope): Json {
  const { run, ast } = readExpression(source)
  const values = valuesOf(scope)
  if (goesOverLists(ast)) refuseLong(values, 0)
  const { contact, channel } = scope.context
  return during(placeOf(contact, channel), () => {
    try {
      return asJson(run(values))
    } catch (thrown) {
      const cause = thrown instanceof EvaluationError ? (thrown.cause ?? thrown) : thrown
      if (cause instanceof EvaluationError || cause instanceof NoValueError) return null
      throw cause
    }
  })
}

/**
 * The values that an expression reads, each place once, without those that it names itself.
 * @throws ExpressionError when it cannot be read
 */
export function expressionVariables(source: string): readonly TemplateVariable[] {
  const found: TemplateVariable[] = []
  collect(readExpression(source).ast, new Set(), ({ start }, segments) => {
    const before = source.slice(0, start).split('\n')
    found.push({ segments, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 })
  })
  return found
}

interface ReadExpression {
  readonly run: ParseResult
  readonly ast: Syntax
}

const roots = ['vars', 'params', 'results', 'contact', 'reply', 'channel'] as const

const options = { unlistedVariablesAreDyn: false, homogeneousAggregateLiterals: false, limits: { maxAstNodes: 500 } }

/** Knows no types: what is evaluated has been checked, and values decide. */
const untyped = withFunctions(new Environment(options))
for (const root of roots) untyped.registerVariable(root, 'dyn')
untyped.registerVariable('now', 'google.protobuf.Timestamp')

const readCached = parseCache((source): ReadExpression => {
  const run = untyped.parse(source)
  return { run, ast: run.ast }
})

function readExpression(source: string): ReadExpression {
  const read = readOrIssue(source)
  if ('message' in read) throw new ExpressionError(`${read.message} (character ${read.start + 1})`)
  const [broken] = ruleIssues(read.ast)
  if (broken) throw new ExpressionError(`${broken.message} (character ${broken.start + 1})`)
  return read
}

function readOrIssue(source: string): ReadExpression | ExpressionIssue {
  if (source.trim() === '') return { message: 'The expression is empty.', start: 0, end: source.length }
  if (source.length > maxExpressionLength) {
    return {
      message: `The expression is longer than ${maxExpressionLength} characters.`,
      start: maxExpressionLength,
      end: source.length,
    }
  }
  try {
    return readCached(source)
  } catch (thrown) {
    if (!(thrown instanceof ParseError)) throw thrown
    const { start = 0, end = source.length } = thrown.range ?? {}
    const word = source.slice(start, end)
    const message = word === '' ? 'The expression breaks off here.' : `This cannot be read here: ${word}`
    return { message, start, end }
  }
}

const environments = new WeakMap<ExpressionNames, Environment>()

function typedEnvironment(names: ExpressionNames): Environment {
  const known = environments.get(names)
  if (known) return known
  const typed = (of: ReadonlyMap<string, ValueType>) =>
    Object.fromEntries([...of].map(([name, type]) => [name, celTypes[type]]))
  const results = Object.fromEntries(
    [...names.results].map(([name, type]) => [name, { value: celTypes[type], category: 'string' }]),
  )
  const environment = withNumberLists(withFunctions(new Environment(options)))
    .registerVariable('vars', { schema: typed(names.vars) })
    .registerVariable('params', { schema: typed(names.params) })
    .registerVariable('results', { schema: results })
    .registerVariable('contact', {
      schema: {
        phone: 'string',
        name: 'string',
        language: 'string',
        timezone: 'string',
        fields: 'map<string, dyn>',
        groups: 'list<string>',
      },
    })
    .registerVariable('reply', { schema: { text: 'string' } })
    .registerVariable('channel', {
      schema: { id: 'string', address: 'string', country: 'string', timezone: 'string', languages: 'list<string>' },
    })
    .registerVariable('now', 'google.protobuf.Timestamp')
  environments.set(names, environment)
  return environment
}

const celTypes: Readonly<Record<ValueType, string>> = { text: 'string', number: 'double', boolean: 'bool', json: 'dyn' }

/** The values as an expression sees them: what is null is not there, so that `has` can ask for it. */
function valuesOf({ context, now }: TemplateScope): { readonly [root: string]: unknown } {
  const { vars, params, results, contact, reply, channel } = context
  return {
    vars: present(vars),
    params: present(params),
    results: Object.fromEntries(Object.entries(results).map(([name, result]) => [name, present({ ...result })])),
    contact: { ...present({ ...contact }), fields: present(contact.fields) },
    reply,
    channel,
    now: new Date(now),
  }
}

function present(values: { readonly [name: string]: unknown }): { readonly [name: string]: unknown } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined))
}

function refuseLong(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null || value instanceof Date) return
  const items = Object.values(value)
  // The outermost two are the roots and their names, which are no list to go over.
  if (items.length > maxItems && (depth > 1 || Array.isArray(value))) {
    throw new ExpressionError(`The expression goes over lists, and one has ${items.length} items: at most ${maxItems}.`)
  }
  for (const item of items) refuseLong(item, depth + 1)
}

function collect(
  part: Syntax,
  own: ReadonlySet<string>,
  found: (at: Syntax, path: readonly (string | number)[]) => void,
): void {
  const path = pathOf(part)
  if (path) {
    if (!own.has(String(path[0]))) found(part, path)
    for (const index of indexesOf(part)) collect(index, own, found)
    return
  }
  const { name, on, args } = callOf(part) ?? { args: [] }
  const [item] = args
  if (name !== undefined && on && macros.has(name) && item?.op === 'id') {
    collect(on, own, found)
    for (const inner of args.slice(1)) collect(inner, new Set([...own, item.args]), found)
    return
  }
  for (const inner of partsOf(part)) collect(inner, own, found)
}

/** The computed indexes along a path. */
function indexesOf(part: Syntax): readonly Syntax[] {
  if (part.op === '.') return indexesOf(part.args[0])
  return part.op === '[]' ? [...indexesOf(part.args[0]), part.args[1]] : []
}

/** CEL's wording is for programmers; these are the problems that authors meet. */
function inWords(code: string, summary: string, at: string, names: ExpressionNames): string {
  if (code === 'unknown_variable') {
    return `There is nothing called "${at}".${didYouMean(at, roots) || ` Names begin with ${roots.join(', ')}, or are now.`}`
  }
  if (code === 'no_such_key') {
    const all = [...names.vars.keys(), ...names.params.keys(), ...names.results.keys()]
    return `There is no "${at}" there.${didYouMean(at, all)}`
  }
  if (code === 'no_such_overload') {
    return `These do not go together: ${plainTypes(summary.replace(/^no such overload: /, ''))}.`
  }
  const said = plainTypes(summary)
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${/[.!?]$/.test(said) ? '' : '.'}`
}

function plainTypes(text: string): string {
  return text
    .replace(/\bstring\b/g, 'text')
    .replace(/\b(double|int)\b/g, 'number')
    .replace(/\bbool\b/g, 'true or false')
    .replace(/\bgoogle\.protobuf\.Timestamp\b/g, 'date')
    .replace(/\bgoogle\.protobuf\.Duration\b/g, 'duration')
    .replace(/\bdyn\b/g, 'anything')
}

/** CEL has whole numbers, dates and lengths of time of its own; what a session remembers is JSON. */
function asJson(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (Array.isArray(value)) return value.map(asJson)
  if (typeof value !== 'object') return null
  const isPlain = [Object.prototype, null].includes(Object.getPrototypeOf(value))
  return isPlain ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, asJson(item)])) : null
}
