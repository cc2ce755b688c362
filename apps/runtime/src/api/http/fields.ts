import { z } from '@hono/zod-openapi'
import { parseDuration } from '@textloom/core'
import { storable } from '../../host/border.ts'

/** A text that can be stored: PostgreSQL has no U+0000. */
export const textField = z
  .string()
  .refine((text) => storable(text) === text, 'must not hold U+0000 or half of a surrogate pair')

/** A time as RFC 3339 has it, as epoch milliseconds. */
export const timeField = z.iso
  .datetime({ offset: true, error: 'must be a time such as 2026-01-01T12:00:00Z' })
  .transform((text) => Date.parse(text))

/** An ISO 8601 duration, as milliseconds. */
export const durationField = z.string().transform((text, context) => {
  try {
    return parseDuration(text)
  } catch {
    context.addIssue('must be an ISO 8601 duration such as PT2H')
    return z.NEVER
  }
})

/** Any JSON. The generator of the OpenAPI document would follow a bare `z.json()` for ever. */
export const jsonField = z.json().openapi({ type: ['object', 'array', 'string', 'number', 'boolean', 'null'] })

/** A JSON object of any content. */
export const jsonObjectField = z.record(z.string(), jsonField).openapi({ type: 'object', additionalProperties: true })

/** An id that the runtime gave out. */
export const uuidParams = z.object({ id: z.uuid('must be an id as the API gives them') })

/** `…Z` with milliseconds. */
export function timeText(at: number | Date): string {
  return new Date(at).toISOString()
}
