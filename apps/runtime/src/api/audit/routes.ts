import * as z from 'zod'
import { listAudit } from '../../accounts/audit-trail.ts'
import { drizzleOver } from '../../db/drizzle.ts'
import { timeText } from '../http/fields.ts'
import { numberCursor, pageFrom, pageOf, pageQuery } from '../http/page.ts'
import { createRoute, json, resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'

const deedSchema = z
  .object({
    seq: z.int().meta({ description: '1, 2, 3, … without gaps.' }),
    at: z.iso.datetime(),
    actor: z.string().meta({ description: '`user:<id>`, `key:<id>`, `env`, `cli` or `nobody`.' }),
    actorName: z.string().meta({ description: 'Their name as it was then.' }),
    action: z.string().meta({ description: '`user.signed-in`, `key.revoked`, …' }),
    subject: z.string().nullable().meta({ description: 'What it was done to: `user:<id>`, `flow:<id>`, …' }),
    data: z.unknown(),
    address: z.string().nullable().meta({ description: 'Where from; null for the machine itself.' }),
  })
  .meta({ id: 'Deed' })

const list = createRoute({
  method: 'get',
  path: '/',
  tags: ['Users'],
  summary: 'Who did what, when and from where',
  request: { query: z.object(pageQuery) },
  responses: { 200: json(pageOf(deedSchema), 'The newest first.') },
})

/** `/audit`: the trail, which nothing deletes. */
export function auditRoutes({ sql }: ApiServices) {
  const db = drizzleOver(sql)
  return resource().openapi(list, async (c) => {
    const { limit, cursor } = c.req.valid('query')
    const found = await listAudit(db, { before: numberCursor(cursor), limit: limit + 1 })
    const page = pageFrom(found, limit, ({ seq }) => String(seq))
    return c.json(
      { items: page.items.map((row) => ({ ...row, at: timeText(row.at) })), nextCursor: page.nextCursor },
      200,
    )
  })
}
