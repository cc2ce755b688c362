import { type AnyNodeType, schemasAt } from '@textloom/core'
import * as z from 'zod'

/** What the inspector calls a field of a node's data, for labels of changes; its name when it has no title. */
export function fieldTitle(nodeType: AnyNodeType | undefined, path: readonly (string | number)[]): string {
  if (!nodeType) return 'a field'
  for (let length = path.length; length > 0; length--) {
    const title = titleAt(nodeType.schema, path.slice(0, length))
    if (title !== undefined) return title
  }
  return String(path[0] ?? 'a field')
}

/** A wrapper (optional, default) carries the description of a field as often as what it wraps. */
function titleAt(schema: z.core.$ZodType, path: readonly (string | number)[]): string | undefined {
  const key = path.at(-1)
  for (const parent of schemasAt(schema, path.slice(0, -1))) {
    const { def } = (parent as z.core.$ZodTypes)._zod
    const field = def.type === 'object' && typeof key === 'string' ? def.shape[key] : undefined
    const title = field && z.globalRegistry.get(field)?.title
    if (typeof title === 'string') return title
  }
  return schemasAt(schema, path)
    .map((found) => z.globalRegistry.get(found)?.title)
    .find((title) => typeof title === 'string')
}
