import * as z from 'zod'
import { drizzleOver, inTransaction } from '../../db/drizzle.ts'
import { createKey, findKeyById, type KeyRow, listKeys, revokeKey } from '../access/keys.ts'
import { allows, type Scope, scopes } from '../access/permissions.ts'
import { noting } from '../audit/noting.ts'
import { textField, timeText, uuidParams } from '../http/fields.ts'
import { idCursor, pageFrom, pageOf, pageQuery } from '../http/page.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, jsonBody, resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'

const tags = ['Keys']

const scopeSchema = z.custom<Scope>((value) => scopes.some((scope) => scope === value), {
  error: `must be one of ${scopes.join(', ')}`,
})

const newKeySchema = z
  .strictObject({
    label: textField.trim().min(1).max(200).meta({ description: 'For people: what uses it.' }),
    scopes: z
      .array(scopeSchema.openapi({ type: 'string', enum: [...scopes] }))
      .min(1)
      .max(100)
      .meta({ description: '`*` for everything; `write` includes `read`.' }),
  })
  .meta({ id: 'NewKey' })

const keySchema = z
  .object({
    id: z.uuid(),
    label: z.string(),
    prefix: z.string().meta({ description: 'How it begins, to tell keys apart.' }),
    scopes: z.array(z.string()),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable().meta({ description: 'To the minute.' }),
    revokedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Key' })

const createdSchema = keySchema
  .extend({ key: z.string().meta({ description: 'Shown this once.' }) })
  .meta({ id: 'CreatedKey' })

const routes = {
  create: createRoute({
    method: 'post',
    path: '/',
    tags,
    summary: 'Make a key',
    request: { body: jsonBody(newKeySchema) },
    responses: { 201: json(createdSchema, 'The key is in this answer and nowhere else.') },
  }),
  list: createRoute({
    method: 'get',
    path: '/',
    tags,
    summary: 'List keys',
    request: { query: z.object(pageQuery) },
    responses: { 200: json(pageOf(keySchema), 'The newest first, revoked ones too.') },
  }),
  revoke: createRoute({
    method: 'delete',
    path: '/{id}',
    tags,
    summary: 'Revoke a key',
    request: { params: uuidParams },
    responses: { 204: { description: 'The next request with it is refused.' } },
  }),
}

/** `/keys`: who may use the API, and for what. */
export function keys(services: ApiServices) {
  const { sql, clock, ids } = services
  const db = drizzleOver(sql)
  const note = noting(services)
  return resource()
    .openapi(routes.create, async (c) => {
      const { label, scopes: wanted } = c.req.valid('json')
      const { scopes: held, user } = c.get('principal')
      const tooMuch = wanted.filter((scope) => !allows(held, scope))
      if (tooMuch.length > 0) {
        throw new Problem('auth/forbidden', `A key cannot give what it has not: ${tooMuch.join(', ')}.`, {
          scopes: tooMuch,
        })
      }
      const made = await inTransaction(sql, async (tx) => {
        const means = { now: new Date(clock.now()), ids }
        const key = await createKey(tx, { label, scopes: wanted, createdBy: user?.id }, means)
        await note(tx, c, { action: 'key.created', subject: `key:${key.id}`, data: { label, scopes: wanted } })
        return key
      })
      return c.json({ ...shown(made), key: made.key }, 201)
    })
    .openapi(routes.list, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const found = await listKeys(db, { before: idCursor(cursor), limit: limit + 1 })
      const page = pageFrom(found, limit, ({ id }) => id)
      return c.json({ items: page.items.map(shown), nextCursor: page.nextCursor }, 200)
    })
    .openapi(routes.revoke, async (c) => {
      const { id } = c.req.valid('param')
      if ((await findKeyById(db, id)) === undefined) throw new Problem('keys/not-found', `There is no key ${id}.`)
      await inTransaction(sql, async (tx) => {
        if (await revokeKey(tx, id, new Date(clock.now())))
          await note(tx, c, { action: 'key.revoked', subject: `key:${id}` })
      })
      return c.body(null, 204)
    })
}

function shown({ id, label, prefix, scopes: held, createdAt, lastUsedAt, revokedAt }: KeyRow) {
  return {
    id,
    label,
    prefix,
    scopes: [...held],
    createdAt: timeText(createdAt),
    lastUsedAt: lastUsedAt && timeText(lastUsedAt),
    revokedAt: revokedAt && timeText(revokedAt),
  }
}
