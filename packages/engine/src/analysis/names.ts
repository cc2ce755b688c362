import { didYouMean } from '@textloom/core'
import type { ExpressionNames } from '../expression.ts'
import type { Subject } from './subject.ts'
import { resultTypes, writerOf } from './variable-flow.ts'

/** The names that templates and expressions of one flow may use, with their types. */
export type KnownNames = ExpressionNames

/** What a template can begin with, and what is fixed below it. */
const roots = ['vars', 'params', 'contact', 'results', 'reply', 'channel', 'now'] as const

const fixedFields: { readonly [root: string]: readonly string[] } = {
  contact: ['phone', 'name', 'language', 'timezone', 'fields', 'groups'],
  reply: ['text'],
  channel: ['id', 'address', 'country', 'timezone', 'languages'],
}

/** The names a flow declares; results are the answers that its waiting nodes write, and what other nodes record. */
export function knownNames({ flow, nodes }: Subject): KnownNames {
  return {
    vars: new Map(flow.variables?.map(({ name, type }) => [name, type])),
    params: new Map(flow.params?.map(({ name, type }) => [name, type])),
    results: resultTypes(nodes.map(({ nodeType, data }) => writerOf(nodeType, data))),
  }
}

/**
 * What is wrong with a variable that a template reads, as the rest of a sentence that begins with the variable; undefined
 * when the flow has it. Only the fixed part of the path is looked at.
 */
export function whyUnknown(segments: readonly (string | number)[], names: KnownNames): string | undefined {
  const [root, first, second] = segments.map(String)
  if (root === undefined) return undefined
  if (!roots.some((known) => known === root)) return whyUnknownRoot(root, names)
  if (first === undefined) return undefined
  const fixed = fixedFields[root]
  if (fixed) {
    if (fixed.includes(first)) return undefined
    return `but ${root} has only ${fixed.join(', ')}.${didYouMean(first, fixed)}`
  }
  if (root === 'params') return missing(first, names.params, 'the flow declares no parameter')
  if (root === 'vars') return missing(first, names.vars, 'the flow declares no variable')
  const unknown = missing(first, names.results, 'no node of the flow records a result')
  if (unknown !== undefined || second === undefined || second === 'value' || second === 'category') return unknown
  return `but a result has only value and category.${didYouMean(second, ['value', 'category'])}`
}

function missing(name: string, known: ReadonlyMap<string, unknown>, complaint: string): string | undefined {
  return known.has(name) ? undefined : `but ${complaint} "${name}".${didYouMean(name, known.keys())}`
}

function whyUnknownRoot(root: string, { vars, params, results }: KnownNames): string {
  const said = 'but there is nothing of that name.'
  if (vars.has(root)) return `${said} Did you mean "vars.${root}"?`
  if (params.has(root)) return `${said} Did you mean "params.${root}"?`
  if (results.has(root)) return `${said} Did you mean "results.${root}.value"?`
  return `${said}${didYouMean(root, roots) || ` Names begin with ${roots.join(', ')}.`}`
}
