import { idSchema } from '@textloom/core'
import * as z from 'zod'
import { keepSecrets, type LinkConfig, sealLinkConfig, withoutSecrets } from '../../catalogue/link-secrets.ts'
import {
  channelsOnLink,
  deleteLink,
  findLink,
  insertLink,
  type LinkRow,
  listLinks,
  replaceLink,
} from '../../catalogue/links.ts'
import { type Db, drizzleOver, inTransaction } from '../../db/drizzle.ts'
import { noting } from '../audit/noting.ts'
import { timeText } from '../http/fields.ts'
import { pageFrom, pageOf, pageQuery } from '../http/page.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, jsonBody, resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'
import { queueOf } from './queue.ts'
import { changedLinkSchema, linkItemSchema, linkStatusSchema, newLinkSchema } from './schemas.ts'

const tags = ['Links']
const params = z.object({ id: idSchema })

/** `/links`: connections to networks. Secrets go in and never come out. */
export function links(services: ApiServices) {
  const { sql, transports, box, clock, links: own, configurationChanged } = services
  const db = drizzleOver(sql)
  const now = () => new Date(clock.now())
  const note = noting(services)

  const routes = {
    list: createRoute({
      method: 'get',
      path: '/',
      tags,
      summary: 'List links',
      request: { query: z.object(pageQuery) },
      responses: { 200: json(pageOf(linkItemSchema), 'In the order of their ids.') },
    }),
    create: createRoute({
      method: 'post',
      path: '/',
      tags,
      summary: 'Add a link',
      request: { body: jsonBody(newLinkSchema(transports)) },
      responses: { 201: json(linkItemSchema, 'Added, and being connected.') },
    }),
    get: createRoute({
      method: 'get',
      path: '/{id}',
      tags,
      summary: 'One link',
      request: { params },
      responses: { 200: json(linkItemSchema, 'Without its secrets.') },
    }),
    replace: createRoute({
      method: 'put',
      path: '/{id}',
      tags,
      summary: 'Change a link',
      description: 'Secrets that are left out stay as they are.',
      request: { params, body: jsonBody(changedLinkSchema(transports)) },
      responses: { 200: json(linkItemSchema, 'Changed, and being connected anew.') },
    }),
    remove: createRoute({
      method: 'delete',
      path: '/{id}',
      tags,
      summary: 'Remove a link',
      request: { params },
      responses: { 204: { description: 'Removed.' } },
    }),
    status: createRoute({
      method: 'get',
      path: '/{id}/status',
      tags,
      summary: 'How a link is doing',
      request: { params },
      responses: { 200: json(linkStatusSchema, 'As this process sees it.') },
    }),
  }

  const shown = ({ id, kind, config, source, isEnabled }: LinkRow) => ({
    id,
    kind,
    ...withoutSecrets(config, schemaOf(kind)).config,
    enabled: isEnabled,
    source,
    secrets: withoutSecrets(config, schemaOf(kind)).secrets,
    state: own.status(id)?.state ?? ('stopped' as const),
  })
  const schemaOf = (kind: string): z.ZodType => transports.get(kind)?.config ?? z.object({})
  const sealed = (id: string, kind: string, config: LinkConfig) => sealLinkConfig(id, config, schemaOf(kind), box)

  return resource()
    .openapi(routes.list, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const page = pageFrom(await listLinks(db, { after: cursor, limit: limit + 1 }), limit, ({ id }) => id)
      return c.json({ items: page.items.map(shown), nextCursor: page.nextCursor }, 200)
    })
    .openapi(routes.create, async (c) => {
      const { id = '', kind, enabled = true } = c.req.valid('json')
      const config = sealed(id, kind, settingsIn(c.get('bodyText')))
      await inTransaction(sql, async (tx) => {
        if (!(await insertLink(tx, { id, kind, config }, 'api', now()))) {
          throw new Problem('links/exists', `A link with the id "${id}" exists.`, { id })
        }
        if (!enabled) await replaceLink(tx, { id, kind, config, isEnabled: false }, now())
        await note(tx, c, { action: 'link.created', subject: `link:${id}`, data: { kind, enabled } })
      })
      await configurationChanged()
      c.header('location', `/api/v1/links/${id}`)
      return c.json(shown(await linkOf(db, id)), 201)
    })
    .openapi(routes.get, async (c) => c.json(shown(await linkOf(db, c.req.valid('param').id)), 200))
    .openapi(routes.replace, async (c) => {
      const { id } = c.req.valid('param')
      const { id: named, kind, enabled = true } = c.req.valid('json')
      if (named !== undefined && named !== id) throw new Problem('request/invalid', 'A link keeps its id.')
      await inTransaction(sql, async (tx) => {
        const stored = await linkOf(tx, id)
        checkWritable(stored)
        const fresh = sealed(id, kind, settingsIn(c.get('bodyText')))
        const config = stored.kind === kind ? keepSecrets(fresh, stored.config, schemaOf(kind)) : fresh
        await replaceLink(tx, { id, kind, config, isEnabled: enabled }, now())
        await note(tx, c, { action: 'link.changed', subject: `link:${id}`, data: { kind, enabled } })
      })
      await configurationChanged()
      return c.json(shown(await linkOf(db, id)), 200)
    })
    .openapi(routes.remove, async (c) => {
      const { id } = c.req.valid('param')
      await inTransaction(sql, async (tx) => {
        checkWritable(await linkOf(tx, id))
        const used = await channelsOnLink(tx, id)
        if (used.length > 0) {
          const detail = `The link "${id}" is used by ${used.map((one) => `"${one}"`).join(', ')}. Give them another one first.`
          throw new Problem('links/in-use', detail, { channels: used })
        }
        await deleteLink(tx, id)
        await note(tx, c, { action: 'link.removed', subject: `link:${id}` })
      })
      await configurationChanged()
      return c.body(null, 204)
    })
    .openapi(routes.status, async (c) => {
      const { id } = await linkOf(db, c.req.valid('param').id)
      const status = own.status(id)
      const { state = 'stopped', inFlight = 0, windowSize = 0, lastError = null, facts = {} } = status ?? {}
      const since = status === undefined ? null : new Date(status.since).toISOString()
      const { queued, oldestDueAt } = await queueOf(sql, id, clock.now())
      const oldest = oldestDueAt && timeText(oldestDueAt)
      return c.json({ id, state, since, inFlight, windowSize, queued, oldestDueAt: oldest, lastError, facts }, 200)
    })
}

/** The settings as they were written: what was left out stays out, so that defaults can change for the better. */
function settingsIn(body: string): LinkConfig {
  const {
    id: _id,
    kind: _kind,
    enabled: _enabled,
    source: _source,
    secrets: _secrets,
    state: _state,
    ...settings
  } = JSON.parse(body)
  return settings
}

async function linkOf(tx: Db, id: string): Promise<LinkRow> {
  const link = await findLink(tx, id)
  if (link === undefined) throw new Problem('links/not-found', `There is no link "${id}".`)
  return link
}

function checkWritable({ id, source }: LinkRow): void {
  if (source !== 'config') return
  throw new Problem(
    'config/read-only',
    `The link "${id}" is declared by TEXTLOOM_CONFIG: change the file and start again.`,
  )
}
