import * as z from 'zod'
import { durationSchema } from '../duration.ts'
import type { JsonObject } from '../json.ts'
import { savedTestSchema } from './saved-test.ts'

/** The value of `format` in every flow document of this version. */
export const flowFormat = 'textloom/flow@1'

/** Most characters of the name of a flow. */
export const maxFlowNameLength = 200

/** Most nodes of a flow: far more than anybody can draw, few enough to be checked in seconds. */
export const maxNodes = 25_000

/** Most edges of a flow. */
export const maxEdges = 100_000

/** Ids of nodes, edges and handles: they name states and timers, so they hold no dots or spaces. */
export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, hyphens or underscores')

/** Names of variables, parameters and results: what a template can write after `vars.`. */
export const nameSchema = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'must begin with a letter and hold only letters, digits and underscores')

/** A BCP 47 language tag, for example `en` or `pt-BR`. */
export const languageSchema = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as "en" or "pt-BR"')

/** Any JSON object; a node type's own schema says what its data may hold. */
export const jsonObjectSchema: z.ZodType<JsonObject> = z.record(z.string(), z.json()) as z.ZodType<JsonObject>

const positionSchema = z.strictObject({ x: z.number(), y: z.number() })

/** A node as React Flow draws it. `data` is checked by its node type. */
export const flowNodeSchema = z.strictObject({
  id: idSchema,
  type: z.string(),
  position: positionSchema,
  data: jsonObjectSchema,
  parentId: idSchema.optional(),
  width: z.number().optional(),
  height: z.number().optional(),
})

/** An edge as React Flow draws it: from an exit of one node to another node. */
export const flowEdgeSchema = z.strictObject({
  id: idSchema,
  source: idSchema,
  sourceHandle: idSchema,
  target: idSchema,
  targetHandle: z.string().optional(),
  label: z.string().optional(),
})

const valueTypeSchema = z.enum(['text', 'number', 'boolean', 'json'])

/** A declared variable: texts and rules may use it as `vars.<name>`. */
export const variableSchema = z.strictObject({
  name: nameSchema,
  type: valueTypeSchema,
  default: z.json().optional(),
})

/** A value handed in when a session is started by the API or another flow: `params.<name>`. */
export const paramSchema = z.strictObject({
  name: nameSchema,
  type: valueTypeSchema,
  required: z.boolean().optional(),
})

const languagesSchema = z.strictObject({ base: languageSchema, others: z.array(languageSchema).optional() })

const settingsSchema = z.strictObject({
  /** ISO 8601 duration without an MO after which a session ends as expired. Default `P7D`. */
  expiry: durationSchema.optional(),
})

/** A comment on the canvas. */
const noteSchema = z.strictObject({
  id: idSchema,
  position: positionSchema,
  text: z.string(),
  width: z.number().optional(),
  height: z.number().optional(),
})

/** The shape of a flow document, keys in canonical order. Structure beyond shapes is checked by `parseFlow`. */
export const flowSchema = z.strictObject({
  format: z.literal(flowFormat),
  id: idSchema,
  name: z.string().min(1).max(maxFlowNameLength),
  languages: languagesSchema,
  variables: z.array(variableSchema).optional(),
  params: z.array(paramSchema).optional(),
  nodes: z.array(flowNodeSchema).max(maxNodes),
  edges: z.array(flowEdgeSchema).max(maxEdges),
  translations: z.record(languageSchema, z.record(z.string(), z.string())).optional(),
  settings: settingsSchema.optional(),
  tests: z.array(savedTestSchema).optional(),
  notes: z.array(noteSchema).optional(),
})

/** A flow document that has passed `parseFlow`. */
export type FlowDocument = z.infer<typeof flowSchema>
export type FlowNode = z.infer<typeof flowNodeSchema>
export type FlowEdge = z.infer<typeof flowEdgeSchema>
export type FlowVariable = z.infer<typeof variableSchema>
export type FlowParam = z.infer<typeof paramSchema>
