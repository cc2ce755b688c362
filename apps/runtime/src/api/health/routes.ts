import { setTimeout } from 'node:timers/promises'
import * as z from 'zod'
import { createRoute, json, resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'

/** A load balancer gives up after a second or two. */
const PATIENCE_MS = 1_500

const alive = createRoute({
  method: 'get',
  path: '/healthz',
  tags: ['Operation'],
  summary: 'Alive?',
  responses: { 200: json(z.object({ status: z.literal('ok') }), 'The process answers.') },
})

const readySchema = z.object({
  status: z.enum(['ready', 'not-ready']),
  storage: z.string().meta({ description: 'Where it is stored.' }),
  reasons: z.array(z.string()).meta({ description: 'Why it is not ready, one sentence each.' }),
  warnings: z.array(z.string()).meta({ description: 'What the operator should know about the storage.' }),
})

const ready = createRoute({
  method: 'get',
  path: '/readyz',
  tags: ['Operation'],
  summary: 'Ready to accept and store messages?',
  responses: { 200: json(readySchema, 'It is.'), 503: json(readySchema, 'It is not, and why.') },
})

/** `/healthz` and `/readyz`. */
export function health({ sql, storage, health: board }: ApiServices) {
  async function reasons(): Promise<string[]> {
    const patience = new AbortController()
    const late = setTimeout(PATIENCE_MS, 'database: it does not answer', patience)
    const asked = sql.query('select 1').then(
      () => undefined,
      (error: Error) => `database: ${error.message}`,
    )
    const found = await Promise.race([asked, late])
    patience.abort()
    late.catch(() => undefined)
    return [...new Set([...(found === undefined ? [] : [found]), ...board.reasons()])]
  }

  return resource()
    .openapi(alive, (c) => c.json({ status: 'ok' as const }, 200))
    .openapi(ready, async (c) => {
      const why = await reasons()
      const body = { storage: storage.describe, reasons: why, warnings: [...storage.warnings] }
      c.header('cache-control', 'no-store')
      return why.length === 0
        ? c.json({ status: 'ready' as const, ...body }, 200)
        : c.json({ status: 'not-ready' as const, ...body }, 503)
    })
}
