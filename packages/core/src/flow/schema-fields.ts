import type * as z from 'zod'

/**
 * The schemas that stand at a path within a schema: more than one where a union lies on the way. Wrappers (optional,
 * default, …) are looked through.
 */
export function schemasAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly z.core.$ZodType[] {
  return path.reduce<readonly z.core.$ZodType[]>(
    (schemas, key) => schemas.flatMap((one) => stepInto(one, key)).flatMap(alternatives),
    alternatives(schema),
  )
}

/** The names of the fields that may stand at a path, in the schema's order. */
export function fieldsAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  const fields = schemasAt(schema, path).flatMap((one) => {
    const { def } = zodOf(one)
    return def.type === 'object' ? Object.keys(def.shape) : []
  })
  return [...new Set(fields)]
}

/** What a schema is behind optional, nullable, default, readonly, catch, pipe and lazy; all branches of a union. */
export function alternatives(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  const { def } = zodOf(schema)
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return alternatives(def.innerType)
    case 'pipe':
      return alternatives(def.in)
    case 'lazy':
      return alternatives(def.getter())
    case 'union':
      return def.options.flatMap(alternatives)
    case 'intersection':
      return [...alternatives(def.left), ...alternatives(def.right)]
    default:
      return [schema]
  }
}

/** Zod's own description of a schema, as a union told apart by `type`. */
export function zodOf(schema: z.core.$ZodType): { readonly def: z.core.$ZodTypes['_zod']['def'] } {
  return { def: (schema as z.core.$ZodTypes)._zod.def }
}

function stepInto(schema: z.core.$ZodType, key: PropertyKey): readonly z.core.$ZodType[] {
  const { def } = zodOf(schema)
  if (def.type === 'object') {
    const field = typeof key === 'string' && Object.hasOwn(def.shape, key) ? def.shape[key] : undefined
    return field ? [field] : []
  }
  if (def.type === 'array') return [def.element]
  if (def.type === 'record') return [def.valueType]
  if (def.type === 'tuple') return typeof key === 'number' && def.items[key] ? [def.items[key]] : []
  return []
}
