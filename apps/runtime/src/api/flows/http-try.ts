import * as z from 'zod'
import { answerTo } from '../../host/http.ts'
import { jsonField, textField } from '../http/fields.ts'
import { createRoute, json, jsonBody, resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'
import { flowParams } from './schemas.ts'

const LONGEST_MS = 30_000

const requestSchema = z
  .strictObject({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']),
    url: textField.max(8_000),
    headers: z.record(z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/), textField.max(8_000)).default({}),
    body: jsonField.optional().meta({ description: 'Text is sent as it is, anything else as JSON.' }),
    timeoutMs: z.int().min(1).max(LONGEST_MS).default(10_000),
  })
  .meta({ id: 'TriedRequest' })

const answerSchema = z
  .union([
    z.object({
      status: z.int(),
      body: jsonField.optional().meta({ description: 'Parsed where it is JSON, else text.' }),
    }),
    z.object({ error: z.enum(['timeout', 'network', 'refused']), message: z.string() }),
  ])
  .meta({ id: 'TriedAnswer' })

const route = createRoute({
  method: 'post',
  path: '/{id}/http-try',
  tags: ['Flows'],
  summary: 'Make one HTTP request as the flow would',
  description: 'For trying a flow against the real thing: the same client, limits and rules as for conversations.',
  request: { params: flowParams, body: jsonBody(requestSchema) },
  responses: { 200: json(answerSchema, 'What came back, or why nothing did.') },
})

/** `/flows/{id}/http-try`: the simulator's live mode. The flow itself may not even be stored yet. */
export function httpTry({ guarded }: ApiServices) {
  return resource().openapi(route, async (c) => {
    const { body, ...request } = c.req.valid('json')
    const payload = { ...request, ...(body !== undefined && { body }) }
    const answer = await answerTo({ id: c.get('reservedId'), payload }, guarded)
    // What was parsed here is ours alone: its type may be as mutable as its value.
    return c.json(answer as z.infer<typeof answerSchema>, 200)
  })
}
