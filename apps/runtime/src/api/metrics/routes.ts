import * as z from 'zod'
import { createRoute, resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'

const route = createRoute({
  method: 'get',
  path: '/metrics',
  tags: ['Operation'],
  summary: 'Counters and timings for Prometheus',
  responses: {
    200: {
      content: { 'text/plain': { schema: z.string() } },
      description: 'Prometheus text format. Wants a key with `metrics:read`.',
    },
  },
})

/** `/metrics`. */
export function metrics({ metrics: registry }: ApiServices) {
  return resource().openapi(route, async (c) =>
    c.text(await registry.metrics(), 200, { 'content-type': registry.contentType, 'cache-control': 'no-store' }),
  )
}
