import * as z from 'zod'
import type { JsonObject } from '../json.ts'
import type { NodeRegistry } from '../node/define-node.ts'
import { flowNodeSchema, flowSchema } from './document.ts'

/**
 * The JSON Schema (draft 2020-12) of flow documents as they are stored, with the node types of a registry. What a
 * schema cannot say (ids used twice, edges that lead nowhere) is left to `parseFlow`.
 */
export function flowJsonSchema(registry: NodeRegistry): JsonObject {
  const [first, ...others] = [...registry.values()].map(({ type, title, summary, schema }) =>
    flowNodeSchema.extend({ type: z.literal(type), data: schema }).meta({ title, description: summary }),
  )
  const nodes = first ? z.array(z.discriminatedUnion('type', [first, ...others])) : z.array(flowNodeSchema)
  return jsonSchemaOf(flowSchema.extend({ nodes }).meta({ title: 'Textloom flow' }))
}

/** The JSON Schema of what may be written for one schema: before defaults are filled in. */
export function jsonSchemaOf(schema: z.ZodType): JsonObject {
  const made = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input', unrepresentable: 'any' })
  return JSON.parse(JSON.stringify(made)) as JsonObject
}
