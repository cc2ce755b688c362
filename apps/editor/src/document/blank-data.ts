import { type AnyNodeType, alternatives, type Json, type JsonObject, zodOf } from '@textloom/core'
import * as z from 'zod'

/**
 * Data of a node that was just put on the canvas: it fits the schema, and says as little as it can. Fields that may be
 * left out are; the others are empty, or what their description calls usual, or their placeholder where a text must have
 * a shape (a duration, a variable's name).
 */
export function blankData({ type, schema }: AnyNodeType): JsonObject {
  const blank = blankOf(schema)
  const data: JsonObject =
    typeof blank === 'object' && blank !== null && !Array.isArray(blank) ? (blank as JsonObject) : {}
  return { ...data, ...beginnings[type] }
}

/** Where an empty node would be of little help. */
const beginnings: Readonly<Record<string, JsonObject>> = {
  menu: {
    options: [
      { id: 'option-1', label: 'First option', synonyms: [] },
      { id: 'option-2', label: 'Second option', synonyms: [] },
    ],
  },
  'split-hours': { hours: officeHours() },
  'split-random': {
    ways: [
      { id: 'a', label: 'A', weight: 1 },
      { id: 'b', label: 'B', weight: 1 },
    ],
  },
  'wait-hours': { hours: officeHours() },
}

function officeHours(): JsonObject {
  return Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['09:00-17:00']]))
}

/** The smallest value a schema takes; undefined where it may be left out. */
function blankOf(schema: z.core.$ZodType): Json | undefined {
  const { def } = zodOf(schema)
  if (def.type === 'optional' || def.type === 'default') return undefined
  const [inner] = alternatives(schema)
  if (!inner) return undefined
  const meta = metaOf(schema) ?? metaOf(inner)
  if (meta?.usual !== undefined) return meta.usual
  const { def: shape } = zodOf(inner)
  switch (shape.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(shape.shape).flatMap(([key, field]): [string, Json][] => {
          const value = blankOf(field)
          return value === undefined ? [] : [[key, value]]
        }),
      )
    case 'array':
      return []
    case 'record':
      return {}
    case 'enum':
      return Object.values(shape.entries)[0] ?? ''
    case 'number':
      return 0
    case 'boolean':
      return false
    case 'string':
      return ['', meta?.placeholder ?? ''].find((text) => z.safeParse(inner, text).success) ?? ''
    default:
      return null
  }
}

interface Hints {
  readonly usual?: string | number | boolean
  readonly placeholder?: string
}

function metaOf(schema: z.core.$ZodType): Hints | undefined {
  return z.globalRegistry.get(schema) as Hints | undefined
}
