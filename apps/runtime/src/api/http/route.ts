import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type * as z from 'zod'
import type { ApiEnv } from './env.ts'

/** An empty app for the routes of one resource. */
export function resource(): OpenAPIHono<ApiEnv> {
  return new OpenAPIHono<ApiEnv>()
}

/** A JSON answer, for the `responses` of a route. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { content: { 'application/json': { schema } }, description }
}

/**
 * An answer whose type TypeScript is not asked to check: octets that are sent as they are stored, or JSON of any shape.
 */
export function opaque(
  schema: { readonly $ref: string } | { readonly type: 'object' },
  description: string,
): { description: string } {
  return { description, ...{ content: { 'application/json': { schema } } } }
}

/** A JSON body, for the `request` of a route. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { content: { 'application/json': { schema } }, required: true as const }
}

export { createRoute }
