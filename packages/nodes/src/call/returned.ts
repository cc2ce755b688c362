import type { FlowEndedEvent, Json } from '@textloom/core'

/** A value of a called flow: of a result its value or its category, or a variable. */
export type ReturnedPath =
  | { readonly of: 'results'; readonly name: string; readonly part: 'value' | 'category' }
  | { readonly of: 'vars'; readonly name: string }

/** Reads `results.x`, `results.x.value`, `results.x.category` or `vars.y`; undefined for anything else. */
export function readReturnedPath(path: string): ReturnedPath | undefined {
  const [, of, name = '', part = ''] = /^(results|vars)\.([A-Za-z_]\w*)(?:\.(value|category))?$/.exec(path.trim()) ?? []
  if (of === 'results') return { of, name, part: part === 'category' ? 'category' : 'value' }
  return of === 'vars' && part === '' ? { of, name } : undefined
}

/** What a called flow hands back at a path; null where it has nothing there. */
export function returnedAt(path: string, { results, vars }: FlowEndedEvent['returned']): Json {
  const read = readReturnedPath(path)
  if (!read) return null
  if (read.of === 'vars') return Object.hasOwn(vars, read.name) ? (vars[read.name] ?? null) : null
  return Object.hasOwn(results, read.name) ? (results[read.name]?.[read.part] ?? null) : null
}
