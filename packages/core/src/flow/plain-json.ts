import type { Json, JsonObject } from '../json.ts'
import type { StructureCode } from './issue-codes.ts'
import type { DocumentPath } from './path.ts'

/** How deep lists and objects may stand in each other, counted from the root of the document. */
export const maxDepth = 100

/** How many values a document may hold: more than fit into the largest file, fewer than would hang a reader. */
export const maxValues = 5_000_000

/** Something in a value that no document can hold. `says` completes a sentence that begins with the path. */
export interface PlainDefect {
  readonly path: DocumentPath
  readonly code: StructureCode
  readonly says: string
}

/**
 * Copies a value into plain JSON objects, with a list of what could not be copied as it was: nesting without end,
 * numbers JSON cannot say, characters a database cannot store, and keys that would reach an object's prototype.
 * Terminates on cycles; never throws on data.
 */
export function toPlainJson(value: unknown): { readonly value: Json; readonly defects: readonly PlainDefect[] } {
  const defects: PlainDefect[] = []
  let valuesLeft = maxValues
  const say = (path: DocumentPath, says: string, code: StructureCode = 'flow/schema') =>
    defects.push({ path, code, says })

  function copy(item: unknown, path: DocumentPath): Json {
    if (--valuesLeft < 0) {
      if (valuesLeft === -1) say(path, `is past the ${maxValues} values that a document may hold`)
      return null
    }
    if (typeof item === 'string') return copyText(item, path)
    if (typeof item === 'boolean' || item === null) return item
    if (typeof item === 'number') return copyNumber(item, path)
    const isList = Array.isArray(item)
    if (!isList && !isRecord(item)) {
      if (item !== undefined) say(path, 'must be a JSON value')
      return null
    }
    if (path.length >= maxDepth) {
      say(path.slice(0, 8), `is nested more than ${maxDepth} levels deep`)
      return null
    }
    return isList ? copyList(item, path) : copyObject(item, path)
  }

  function copyText(text: string, path: DocumentPath): string {
    // PostgreSQL stores neither, and neither can be sent as an SMS.
    if (text.includes('\0')) say(path, 'must not hold the character U+0000')
    if (!text.isWellFormed()) say(path, 'must not hold half of a surrogate pair')
    return text
  }

  function copyNumber(number: number, path: DocumentPath): number {
    if (!Number.isFinite(number)) say(path, 'must be a number that JSON can write')
    return number === 0 ? 0 : number
  }

  function copyList(list: readonly unknown[], path: DocumentPath): Json[] {
    const copied: Json[] = []
    for (let index = 0; index < list.length && valuesLeft >= 0; index++)
      copied.push(copy(list[index], [...path, index]))
    return copied
  }

  function copyObject(object: Record<string, unknown>, path: DocumentPath): JsonObject {
    const copied: Record<string, Json> = {}
    for (const [key, item] of Object.entries(object)) {
      const place = [...path, key]
      if (key === '__proto__') say(place, 'cannot be the name of a field', 'flow/unknown-field')
      else if (item !== undefined) copied[copyText(key, place)] = copy(item, place)
    }
    return copied
  }

  return { value: copy(value, []), defects }
}

/** True for `{…}` as JSON.parse makes it; not for lists, dates, maps and other classes. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null
}
