import type { Json } from '@textloom/core'

/**
 * The keys that a path into JSON names, or undefined when it cannot be read: `slots[0].time` gives
 * `['slots', 0, 'time']`, `$` (all of it) gives none; a path may begin with `$.` as in JSONPath.
 */
export function readPath(path: string): readonly (string | number)[] | undefined {
  const bare = path.trim().replace(/^\$\.?/, '')
  if (bare === '') return path.trim() === '$' ? [] : undefined
  if (!/^(?:[^.[\]]+|\[\d+\])(?:\.[^.[\]]+|\[\d+\])*$/.test(bare)) return undefined
  return [...bare.matchAll(/\[(?<index>\d+)\]|(?<key>[^.[\]]+)/g)].map(({ groups }) =>
    groups?.index === undefined ? (groups?.key ?? '') : Number(groups.index),
  )
}

/** What stands at a path, or null when nothing does. */
export function pick(value: Json, path: string): Json {
  let found: Json = value
  for (const key of readPath(path) ?? [path]) {
    if (found === null || typeof found !== 'object' || !Object.hasOwn(found, key)) return null
    found = (found as { readonly [key: string | number]: Json })[key] ?? null
  }
  return found
}
