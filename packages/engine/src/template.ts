import type { Json, SessionContext } from '@textloom/core'
import { analyzeSync, Output, toValueSync } from 'liquidjs'
import { placeOf, type TemplateEnvironment } from './template/environment.ts'
import { type Dialect, parse, renderContext, write } from './template/liquid.ts'
import { parseCache } from './template/parse-cache.ts'
import { fillIn, plainTemplate, valueAt } from './template/plain.ts'
import { encoded, shown } from './template/shown.ts'
import { asTemplateError } from './template/template-error.ts'

export type { FilterGroup, TemplateFilter } from './template/filters/filter.ts'
export { filterGroups } from './template/filters.ts'
export { type TemplateTag, templateTags } from './template/tags.ts'
export { TemplateError } from './template/template-error.ts'

/** What a template can see: the variables of the session, and the time and chance of the step. */
export interface TemplateScope extends TemplateEnvironment {
  readonly context: Omit<SessionContext, 'memory'>
  /** The short address of the tracked link, in the text that carries one. */
  readonly link?: string
}

/** A variable that a template reads. */
export interface TemplateVariable {
  /** `vars.order[0].id` is `['vars', 'order', 0, 'id']`; ends before the first index that is itself computed. */
  readonly segments: readonly (string | number)[]
  /** From 1, within the template. */
  readonly line: number
  readonly column: number
}

/**
 * Renders a text for people. What a variable holds is shown, never read as a template itself.
 * @throws TemplateError
 */
export function renderText(template: string, scope: TemplateScope): string {
  return render('text', template, scope)
}

/**
 * Renders a URL: the author's part stands as written, every output is encoded as a URL component. An output that is a
 * piece of URL already says so by a last filter `raw`.
 * @throws TemplateError
 */
export function renderUrl(template: string, scope: TemplateScope): string {
  return render('url', template, scope)
}

/**
 * Renders a template that is one single output (`{{ vars.age }}`) to its value, keeping its type; any other to text.
 * What has no value is null.
 * @throws TemplateError
 */
export function evaluate(template: string, scope: TemplateScope): Json {
  const variables = variablesOf(scope)
  const plain = evaluatePlain(template, variables)
  if (plain !== undefined) return plain
  const templates = parse('value', template)
  const context = contextOf('value', variables, scope)
  const [output, more] = templates
  if (!(output instanceof Output) || more) return write('value', templates, context)
  try {
    return asJson(toValueSync(output.value.value(context, false)))
  } catch (thrown) {
    throw asTemplateError(thrown)
  }
}

/**
 * Renders every text within a JSON value by `evaluate`; names of properties stand as they are.
 * @throws TemplateError
 */
export function renderJson(value: Json, scope: TemplateScope): Json {
  if (typeof value === 'string') return evaluate(value, scope)
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((item) => renderJson(item, scope))
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, renderJson(item, scope)]))
}

/**
 * The variables that a template reads, each place once, without those that it makes itself.
 * @throws TemplateError when the template cannot be read
 */
export function templateVariables(template: string): readonly TemplateVariable[] {
  return template.includes('{{') || template.includes('{%') ? variablesIn(template) : []
}

/** Remembered, since a flow is checked anew with each change of one of its texts; of the largest flows there are. */
const variablesIn = parseCache(analysed, 25_000)

function analysed(template: string): readonly TemplateVariable[] {
  const { globals } = analyzeSync(parse('text', template))
  return Object.values(globals)
    .flat()
    .map(({ segments, location }) => ({
      segments: fixedPart(segments),
      line: location.row,
      column: location.col,
    }))
    .sort((a, b) => a.line - b.line || a.column - b.column)
}

function render(dialect: 'text' | 'url', template: string, scope: TemplateScope): string {
  const variables = variablesOf(scope)
  const plain = plainTemplate(template)
  const filled = plain ? fillIn(plain, variables, dialect === 'url' ? encoded : shown) : undefined
  return filled ?? write(dialect, parse(dialect, template), contextOf(dialect, variables, scope))
}

function evaluatePlain(template: string, variables: object): Json | undefined {
  const plain = plainTemplate(template)
  if (!plain) return undefined
  const [path, more] = plain.paths
  const isOneOutput = path && !more && plain.texts.every((text) => text === '')
  return isOneOutput ? valueAt(variables, path) : fillIn(plain, variables, shown)
}

function fixedPart(segments: readonly unknown[]): (string | number)[] {
  const fixed: (string | number)[] = []
  for (const segment of segments) {
    if (typeof segment !== 'string' && typeof segment !== 'number') break
    fixed.push(segment)
  }
  return fixed
}

function contextOf(dialect: Dialect, variables: object, { context, now, random }: TemplateScope) {
  return renderContext(dialect, variables, { now, random, ...placeOf(context.contact, context.channel) })
}

function variablesOf({ context, link }: TemplateScope): object {
  const { vars, params, contact, results, reply, channel } = context
  return { vars, params, contact, results, reply, channel, ...(link === undefined ? {} : { link }) }
}

/** What Liquid computes may be undefined, infinite or one of its own objects; what a session remembers is JSON. */
function asJson(value: unknown): Json {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value) ?? 'null') as Json)
}
