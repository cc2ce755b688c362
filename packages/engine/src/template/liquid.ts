import { Context, Liquid, type Template, toValueSync } from 'liquidjs'
import type { FilterEnvironment } from './environment.ts'
import { templateFilters } from './filters.ts'
import { parseCache } from './parse-cache.ts'
import { encoded, shown } from './shown.ts'
import { templateTags } from './tags.ts'
import { asTemplateError, TemplateError } from './template-error.ts'

/**
 * The dialects of our Liquid. They differ in what becomes of an output: `text` shows it, `url` encodes it as a URL
 * component (a last filter `raw` or `url_encode` says that it is one already), `value` leaves it alone.
 */
export type Dialect = 'text' | 'url' | 'value'

/** Longest template we read, in UTF-16 code units. */
export const maxTemplateLength = 100_000
/** Most a template may write, in UTF-16 code units: more than 255 segments, which is all that one SMS can have. */
export const maxOutputLength = 100_000
/** Tags, outputs and stretches of text one rendering may pass, loops counted. Counted, not timed: a busy machine must not change what a flow does. */
export const maxRenderedParts = 20_000
/** What filters and loops of one rendering may make: characters and list items together. */
export const maxMade = 100_000

const dialects: Record<Dialect, Liquid> = {
  text: liquid(shown),
  url: liquid(encoded),
  value: liquid(undefined),
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
export function renderContext(dialect: Dialect, variables: object, environment: FilterEnvironment): Context {
  const context = new Context(
    { ...variables, now: new Date(environment.now).toISOString() },
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

/** Liquid with nothing in it but our filters and tags: what it brings beyond them is taken out again. */
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
  for (const name of Object.keys(engine.tags)) if (!Object.hasOwn(templateTags, name)) delete engine.tags[name]
  for (const name of Object.keys(engine.filters)) engine.unregisterFilter(name)
  for (const [name, { apply, standsInUrls }] of templateFilters) {
    engine.registerFilter(name, standsInUrls ? { raw: true, handler: apply } : apply)
  }
  return engine
}
