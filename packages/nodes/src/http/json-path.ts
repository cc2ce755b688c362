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
  return (readPath(path) ?? [path]).reduce<Json>((found, key) => {
    if (isList(found)) return found[Number(key)] ?? null
    const isThere = found !== null && typeof found === 'object' && Object.hasOwn(found, key)
    return isThere ? (found[key] ?? null) : null
  }, value)
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
