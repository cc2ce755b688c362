import type { Json } from '@textloom/core'
import { parseCache } from './parse-cache.ts'

/** A template that only fills in variables: its texts, and between them the paths of its variables. */
export interface PlainTemplate {
  /** One more than `paths`. */
  readonly texts: readonly string[]
  readonly paths: readonly (readonly string[])[]
}

/**
 * Most texts that people write only fill in variables, as in `Hello {{ vars.name }}`. They are read and rendered
 * without Liquid, several times as fast. Null for every template with more in it.
 */
export const plainTemplate: (template: string) => PlainTemplate | null = parseCache(readPlain)

/** A template filled in by what `show` makes of its values; undefined where Liquid must do it. */
export function fillIn(
  { texts, paths }: PlainTemplate,
  variables: object,
  show: (value: Json) => string,
): string | undefined {
  let filled = texts[0] ?? ''
  for (const [index, path] of paths.entries()) {
    const value = valueAt(variables, path)
    if (value === undefined) return undefined
    filled += show(value) + texts[index + 1]
  }
  return filled.length <= maxLength ? filled : undefined
}

/** What stands at a path through objects; undefined where it has no such property, which Liquid may still make sense of. */
export function valueAt(variables: object, path: readonly string[]): Json | undefined {
  let value: unknown = variables
  for (const name of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
      return undefined
    value = value[name as keyof typeof value]
  }
  return value as Json
}

/** Longer ones are Liquid's, which knows the limits. UTF-16 code units. */
const maxLength = 10_000

const output = /\{\{\s*((?:vars|params|contact|results|reply|channel)(?:\.[A-Za-z_]\w*)+)\s*\}\}/g

function readPlain(template: string): PlainTemplate | null {
  if (template.length > maxLength) return null
  const texts: string[] = []
  const paths: string[][] = []
  let end = 0
  for (const { 0: whole, 1: path = '', index } of template.matchAll(output)) {
    texts.push(template.slice(end, index))
    paths.push(path.split('.'))
    end = index + whole.length
  }
  texts.push(template.slice(end))
  // An opening brace before an output would belong to it.
  return texts.some((text) => /\{\{|\{%|\{$/.test(text)) ? null : { texts, paths }
}
