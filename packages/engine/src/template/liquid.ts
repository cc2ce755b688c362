import type { Json, Random } from '@textloom/core'
import { Context, type FilterImplOptions, filters, Liquid, type Template, toValueSync } from 'liquidjs'
import { parseCache } from './parse-cache.ts'
import { asTemplateError, TemplateError } from './template-error.ts'

/**
 * The dialects of our Liquid. They differ in what becomes of an output: `text` shows it, `url` encodes it as a URL
 * component (a last filter `raw` or `url_encode` says that it is one already), `value` leaves it alone.
 */
export type Dialect = 'text' | 'url' | 'value'

/** Longest template we read, in UTF-16 code units. */
const maxTemplateLength = 100_000
/** Most a template may write, in UTF-16 code units: more than 255 segments, which is all that one SMS can have. */
const maxOutputLength = 100_000
/** Tags, outputs and stretches of text one rendering may pass, loops counted. Counted, not timed: a busy machine must not change what a flow does. */
const maxRenderedParts = 20_000
/** What filters and loops of one rendering may make: characters and list items together. */
const maxMade = 100_000

/** Time and chance inside templates, so that a session run twice is the same session twice. */
export interface TemplateEnvironment {
  /** Epoch milliseconds; what the date filters call `now`. */
  readonly now: number
  readonly random: Random
}

const dialects: Record<Dialect, Liquid> = {
  text: liquid(shown),
  url: liquid(encoded),
  value: liquid(undefined),
}
for (const name of ['url_encode', 'cgi_escape', 'uri_escape']) {
  const filter = filters[name as keyof typeof filters] as FilterHandler
  dialects.url.registerFilter(name, { raw: true, handler: filter })
}

const caches: Record<Dialect, (template: string) => Template[]> = {
  text: parseCache((template) => dialects.text.parse(template)),
  url: parseCache((template) => dialects.url.parse(template)),
  value: parseCache((template) => dialects.value.parse(template)),
}

/**
 * Reads a template; what was read lately is remembered.
 * @throws TemplateError
 */
export function parse(dialect: Dialect, template: string): Template[] {
  if (template.length > maxTemplateLength) {
    throw new TemplateError(`The template is longer than ${maxTemplateLength} characters.`, 1, 1)
  }
  try {
    return caches[dialect](template)
  } catch (thrown) {
    throw asTemplateError(thrown)
  }
}

/** What Liquid keeps while it renders one template over `variables`; its limits count from here. */
export function renderContext(dialect: Dialect, variables: object, environment: TemplateEnvironment): Context {
  // A copy, because the tags `increment` and `decrement` write into the outermost object.
  const context = new Context(
    { ...variables },
    dialects[dialect].options,
    { sync: true },
    { liquid: dialects[dialect] },
  )
  context.setRegister('environment', environment)
  let parts = 0
  context.renderLimit.check = () => {
    parts += 1
    if (parts > maxRenderedParts) throw new Error('The template goes round too many times. Make its loops shorter.')
  }
  return context
}

/**
 * Renders templates that `parse` made.
 * @throws TemplateError
 */
export function write(dialect: Dialect, templates: Template[], context: Context): string {
  const output = {
    buffer: '',
    write(html: unknown) {
      this.buffer += shown(html)
      if (this.buffer.length > maxOutputLength) {
        throw new Error(`The template writes more than ${maxOutputLength} characters.`)
      }
    },
  }
  try {
    toValueSync(dialects[dialect].renderer.renderTemplates(templates, context, output))
    return output.buffer
  } catch (thrown) {
    throw asTemplateError(thrown)
  }
}

/** A value as a component of a URL. */
export function encoded(value: unknown): string {
  return encodeURIComponent(shown(value).toWellFormed())
}

/** A value as people read it: lists joined as Liquid does, objects as JSON instead of "[object Object]". */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(shown).join('')
  return typeof value === 'object' ? JSON.stringify(value as Json) : String(value)
}

type FilterHandler = Extract<FilterImplOptions, (...args: never[]) => unknown>
type FilterThis = ThisParameterType<FilterHandler>

function liquid(outputEscape: ((value: unknown) => string) | undefined): Liquid {
  const engine = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    parseLimit: maxTemplateLength,
    memoryLimit: maxMade,
    // There are no files: nothing can be included.
    templates: {},
    locale: 'en-US',
    timezoneOffset: 0,
    ...(outputEscape ? { outputEscape } : {}),
  })
  for (const tag of ['include', 'render', 'layout', 'block']) delete engine.tags[tag]
  // They need Node's crypto or a browser's secure context: not the same everywhere.
  for (const filter of ['sha256', 'hmac_sha256']) engine.unregisterFilter(filter)
  for (const name of [
    'date',
    'date_to_xmlschema',
    'date_to_rfc822',
    'date_to_string',
    'date_to_long_string',
  ] as const) {
    const original = filters[name] as FilterHandler
    engine.registerFilter(name, function (this: FilterThis, value: unknown, ...rest: unknown[]) {
      return original.call(this, moment(value, environmentOf(this.context)), ...rest)
    })
  }
  engine.registerFilter('sample', function (this: FilterThis, value: unknown) {
    const list: unknown[] = Array.isArray(value) ? value : Array.from(shown(value))
    return list[Math.floor(environmentOf(this.context).random() * list.length)]
  })
  return engine
}

function environmentOf(context: Context): TemplateEnvironment {
  return context.getRegister<TemplateEnvironment>('environment')
}

/** A date as the date filters should take it: `now` is the time of the step, and a text without a zone is UTC. */
function moment(value: unknown, { now }: TemplateEnvironment): unknown {
  if (value === 'now' || value === 'today') return new Date(now)
  if (typeof value !== 'string' || /^\s*(\d+|\d{4}-\d\d(-\d\d)?)\s*$/.test(value)) return value
  if (/(z|utc|gmt|[+-]\d\d:?\d\d)\s*(\([^)]*\))?\s*$/i.test(value)) return value
  // JavaScript would read it in the zone of the machine.
  return /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(value) ? `${value.trim().replace(' ', 'T')}Z` : `${value} UTC`
}
