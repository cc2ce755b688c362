import type { Json, JsonObject } from '@textloom/core'

/** A copy of some data with another value at a path such as `options[0].label`. */
export function setAt(data: JsonObject, path: string, value: Json): JsonObject {
  const segments = [...path.matchAll(/[^.[\]]+/g)].map(([segment]) => segment)
  return replaced(data, segments, value) as JsonObject
}

function replaced(data: Json | undefined, [segment, ...rest]: readonly string[], value: Json): Json {
  if (segment === undefined) return value
  if (Array.isArray(data)) {
    return data.map((item, index) => (index === Number(segment) ? replaced(item, rest, value) : item))
  }
  const object = typeof data === 'object' && data !== null ? (data as JsonObject) : {}
  return { ...object, [segment]: replaced(object[segment], rest, value) }
}
