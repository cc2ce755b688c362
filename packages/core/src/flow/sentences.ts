import type * as z from 'zod'
import { didYouMean } from '../nearest.ts'

/** One thing that does not fit a schema. */
export interface Misfit {
  readonly path: readonly PropertyKey[]
  /** Completes a sentence that begins with the path (`must be text, not a number`), or a sentence of its own. */
  readonly says: string
  /** Set for a field that the schema does not know. */
  readonly unknownField?: string
}

/**
 * Checks a value against a schema and says what does not fit in words for the author of a flow. Messages that a schema
 * brings itself are kept.
 */
export function misfits(schema: z.ZodType, value: unknown): readonly Misfit[] {
  const result = schema.safeParse(value, { error: sentence, reportInput: true })
  return result.success ? [] : result.error.issues.flatMap((issue) => flatten(issue))
}

type Issue = z.core.$ZodIssue

function flatten(issue: Issue, base: readonly PropertyKey[] = []): readonly Misfit[] {
  const path = [...base, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], says: 'is not a known field', unknownField: key }))
  }
  if (issue.code === 'invalid_key')
    return [{ path, says: `has a name that ${issue.issues[0]?.message ?? 'is not valid'}` }]
  if (issue.code === 'invalid_union' && issue.errors.length > 0 && issue.input !== undefined) {
    return ofUnion(issue.errors, path)
  }
  return [{ path, says: issue.message }]
}

/** Of the alternatives of a union, the author meant the one that fits best; when several fit alike, all are named. */
function ofUnion(alternatives: readonly (readonly Issue[])[], path: readonly PropertyKey[]): readonly Misfit[] {
  const ranked = alternatives.flatMap(innermost).map((issues) => ({
    issues,
    wrongKind: issues.some((issue) => issue.path.length === 0 && issue.code === 'invalid_type'),
    found: issues.flatMap((issue) => flatten(issue, path)),
  }))
  const rightKind = ranked.filter(({ wrongKind }) => !wrongKind)
  const fewest = Math.min(...rightKind.map(({ found }) => found.length))
  const best = rightKind.filter(({ found }) => found.length === fewest)
  const [only] = best
  if (only && best.length === 1) return only.found
  if (!only)
    return [{ path, says: `must be ${list([...new Set(ranked.flatMap(({ issues }) => issues.flatMap(expected)))])}` }]
  const depth = path.length
  const unknown = best.flatMap(({ found }) => found.flatMap(({ unknownField }) => unknownField ?? []))
  const needed = best.flatMap(({ found }) =>
    found
      .filter((misfit) => misfit.path.length === depth + 1 && !misfit.unknownField)
      .map(({ path }) => String(path.at(-1))),
  )
  const fields = [...new Set(needed)]
  if (fields.length === 0) return only.found
  const meant = unknown[0] === undefined ? '' : `.${didYouMean(unknown[0], fields)}`.replace(/^\.$/, '')
  return [{ path, says: `must have the field ${list(fields.map((field) => JSON.stringify(field)))}${meant}` }]
}

/** A union within a union is one union. */
function innermost(issues: readonly Issue[]): readonly (readonly Issue[])[] {
  const [issue] = issues
  const isUnion = issue?.code === 'invalid_union' && issues.length === 1 && issue.path.length === 0
  return isUnion && issue.errors.length > 0 ? issue.errors.flatMap(innermost) : [issues]
}

function expected(issue: Issue): string[] {
  return issue.code === 'invalid_type' ? [kindName(issue.expected)] : []
}

/** Zod's error map: words for whatever the schema has no message of its own for. */
function sentence(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined && issue.code === 'invalid_type') {
    return `is missing: it must be ${kindName(issue.expected)}`
  }
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kindName(issue.expected)}, not ${kindOf(issue.input)}`
    case 'invalid_value':
      return notAmong(issue.input, issue.values.map(String))
    case 'invalid_union':
      if (issue.input === undefined) return 'is missing'
      return notAmong(
        Object(issue.input)[String(issue.discriminator)],
        (Array.isArray(issue.options) ? issue.options : []).map(String),
      )
    case 'too_small':
      return `must ${size(issue.origin, Number(issue.minimum), issue.inclusive ?? true, 'at least', 'more than')}`
    case 'too_big':
      return `must ${size(issue.origin, Number(issue.maximum), issue.inclusive ?? true, 'at most', 'less than')}`
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`
    case 'invalid_format':
      return `must be a valid ${issue.format === 'regex' ? 'text of its kind' : issue.format}`
    default:
      return 'is not valid'
  }
}

function notAmong(input: unknown, options: readonly string[]): string {
  const names = options.map((option) => JSON.stringify(option))
  if (input === undefined) return `is missing: it must be ${list(names)}`
  const meant = typeof input === 'string' ? didYouMean(input, options) : ''
  return `must be ${list(names)}, not ${shown(input)}${meant === '' ? '' : `.${meant}`}`
}

function size(origin: string, limit: number, inclusive: boolean, reaching: string, passing: string): string {
  if (origin === 'string' || origin === 'array' || origin === 'record' || origin === 'map') {
    if (limit === 1 && reaching === 'at least') return 'not be empty'
    const what = origin === 'string' ? 'character' : 'entry'
    const plural = origin === 'string' ? 'characters' : 'entries'
    return `have ${inclusive ? reaching : passing} ${limit} ${limit === 1 ? what : plural}`
  }
  return `be ${inclusive ? reaching : passing} ${limit}`
}

function kindName(expected: string): string {
  const names: { readonly [expected: string]: string } = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object',
    record: 'an object',
    null: 'null',
  }
  return names[expected] ?? expected
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'string') return 'text'
  if (typeof value === 'number' && !Number.isInteger(value)) return 'a number with decimals'
  return typeof value === 'number' ? 'a number' : String(value)
}

function shown(value: unknown): string {
  if (typeof value !== 'string') return kindOf(value)
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}
