import * as z from 'zod'
import { isRecord } from './plain-json.ts'
import { alternatives, zodOf } from './schema-fields.ts'

/** A copy of a JSON value with the keys of its objects in the order in which their schemas list them. */
export function orderKeys<Value>(schema: z.core.$ZodType, value: Value): Value {
  // Only the order of keys changes, so the copy has the type of the original.
  return ordered(alternatives(schema), value) as Value
}

function ordered(schemas: readonly z.core.$ZodType[], value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item, index) => ordered(elementSchemas(schemas, index), item))
  if (!isRecord(value)) return value
  const shape = shapeOf(schemas, value)
  if (!shape) {
    const inside = schemas.flatMap(recordValues)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, ordered(inside, item)]))
  }
  const known = Object.entries(shape).filter(([key]) => Object.hasOwn(value, key))
  const unknown = Object.entries(value).filter(([key]) => !Object.hasOwn(shape, key))
  return Object.fromEntries([
    ...known.map(([key, schema]): [string, unknown] => [key, ordered(alternatives(schema), value[key])]),
    ...unknown,
  ])
}

/** Of several objects that may stand here, the one that takes this value. */
function shapeOf(schemas: readonly z.core.$ZodType[], value: unknown): z.core.$ZodShape | undefined {
  const objects = schemas.flatMap((schema) => {
    const { def } = zodOf(schema)
    return def.type === 'object' ? [{ schema, shape: def.shape }] : []
  })
  if (objects.length < 2) return objects[0]?.shape
  return (objects.find(({ schema }) => fits(schema, value)) ?? objects[0])?.shape
}

function fits(schema: z.core.$ZodType, value: unknown): boolean {
  return z.core.safeParse(schema, value).success
}

function elementSchemas(schemas: readonly z.core.$ZodType[], index: number): readonly z.core.$ZodType[] {
  return schemas.flatMap((schema) => {
    const { def } = zodOf(schema)
    if (def.type === 'array') return alternatives(def.element)
    return def.type === 'tuple' && def.items[index] ? alternatives(def.items[index]) : []
  })
}

function recordValues(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  const { def } = zodOf(schema)
  return def.type === 'record' ? alternatives(def.valueType) : []
}
