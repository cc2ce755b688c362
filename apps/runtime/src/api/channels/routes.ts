import { idSchema } from '@textloom/core'
import * as z from 'zod'
import {
  type ChannelDeclaration,
  channelDeclaration,
  channelSchema,
  channelValues,
} from '../../catalogue/channel-schema.ts'
import {
  type ChannelRow,
  deleteChannel,
  findChannel,
  insertChannel,
  listChannels,
  replaceChannel,
} from '../../catalogue/channels.ts'
import { knownLinks } from '../../catalogue/links.ts'
import { listeningOn } from '../../catalogue/revisions.ts'
import { type Db, drizzleOver, inTransaction } from '../../db/drizzle.ts'
import { noting } from '../audit/noting.ts'
import { pageFrom, pageOf, pageQuery } from '../http/page.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, jsonBody, resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'

const tags = ['Channels']
const params = z.object({ id: idSchema })
const enabled = z
  .boolean()
  .optional()
  .meta({ description: 'False switches it off: nothing is sent or answered. Default true.' })

const newChannelSchema = channelSchema.extend({ enabled }).meta({ id: 'NewChannel' })

const ignored = z.unknown().optional().meta({ description: 'Ignored.' })
const changedChannelSchema = channelSchema
  .extend({ id: idSchema.optional(), enabled, source: ignored, flows: ignored })
  .meta({ id: 'ChangedChannel', description: 'What a GET answers may be sent back.' })

const channelItemSchema = channelSchema
  .extend({
    enabled: z.boolean(),
    source: z
      .enum(['config', 'api'])
      .meta({ description: '`config`: declared by TEXTLOOM_CONFIG and read-only here.' }),
    flows: z.array(z.object({ flow: z.string(), revision: z.int() })).meta({ description: 'What listens here.' }),
  })
  .meta({ id: 'Channel' })

const routes = {
  list: createRoute({
    method: 'get',
    path: '/',
    tags,
    summary: 'List channels',
    request: { query: z.object(pageQuery) },
    responses: { 200: json(pageOf(channelItemSchema), 'In the order of their ids.') },
  }),
  create: createRoute({
    method: 'post',
    path: '/',
    tags,
    summary: 'Add a channel',
    request: { body: jsonBody(newChannelSchema) },
    responses: { 201: json(channelItemSchema, 'Added.') },
  }),
  get: createRoute({
    method: 'get',
    path: '/{id}',
    tags,
    summary: 'One channel',
    request: { params },
    responses: { 200: json(channelItemSchema, 'And what listens on it.') },
  }),
  replace: createRoute({
    method: 'put',
    path: '/{id}',
    tags,
    summary: 'Change a channel',
    request: { params, body: jsonBody(changedChannelSchema) },
    responses: { 200: json(channelItemSchema, 'Changed.') },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/{id}',
    tags,
    summary: 'Remove a channel',
    description: 'Every flow leaves it. Its messages and sessions are kept.',
    request: { params },
    responses: { 204: { description: 'Removed.' } },
  }),
}

/** `/channels`: the addresses that contacts text. */
export function channels(services: ApiServices) {
  const { sql, clock, configurationChanged } = services
  const db = drizzleOver(sql)
  const now = () => new Date(clock.now())
  const note = noting(services)

  async function shown(rows: readonly ChannelRow[]) {
    const listening = await listeningOn(
      db,
      rows.map(({ id }) => id),
    )
    return rows.map((row) => ({
      ...channelDeclaration(row),
      enabled: row.isEnabled,
      source: row.source,
      flows: listening
        .filter(({ channel }) => channel === row.id)
        .map(({ flowId: flow, revision }) => ({ flow, revision })),
    }))
  }
  const shownOne = async (id: string) => (await shown([await channelOf(db, id)]))[0] ?? notFound(id)

  return resource()
    .openapi(routes.list, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const page = pageFrom(await listChannels(db, { after: cursor, limit: limit + 1 }), limit, ({ id }) => id)
      return c.json({ items: await shown(page.items), nextCursor: page.nextCursor }, 200)
    })
    .openapi(routes.create, async (c) => {
      const { enabled: isEnabled = true, ...declaration } = c.req.valid('json')
      const { id } = declaration
      await inTransaction(sql, async (tx) => {
        await checkLinks(tx, declaration)
        if (!(await insertChannel(tx, channelValues(declaration), 'api', now()))) {
          throw new Problem('channels/exists', `A channel with the id "${id}" exists.`, { id })
        }
        if (!isEnabled) await replaceChannel(tx, { ...channelValues(declaration), isEnabled }, now())
        await note(tx, c, { action: 'channel.created', subject: `channel:${id}`, data: { enabled: isEnabled } })
      })
      await configurationChanged()
      c.header('location', `/api/v1/channels/${id}`)
      return c.json(await shownOne(id), 201)
    })
    .openapi(routes.get, async (c) => c.json(await shownOne(c.req.valid('param').id), 200))
    .openapi(routes.replace, async (c) => {
      const { id } = c.req.valid('param')
      const { id: named = id, enabled: isEnabled = true, source: _source, flows: _flows, ...rest } = c.req.valid('json')
      if (named !== id) throw new Problem('request/invalid', 'A channel keeps its id.')
      await inTransaction(sql, async (tx) => {
        checkWritable(await channelOf(tx, id))
        await checkLinks(tx, { id, ...rest })
        await replaceChannel(tx, { ...channelValues({ id, ...rest }), isEnabled }, now())
        await note(tx, c, { action: 'channel.changed', subject: `channel:${id}`, data: { enabled: isEnabled } })
      })
      await configurationChanged()
      return c.json(await shownOne(id), 200)
    })
    .openapi(routes.remove, async (c) => {
      const { id } = c.req.valid('param')
      await inTransaction(sql, async (tx) => {
        checkWritable(await channelOf(tx, id))
        await deleteChannel(tx, id)
        await note(tx, c, { action: 'channel.removed', subject: `channel:${id}` })
      })
      await configurationChanged()
      return c.body(null, 204)
    })
}

async function checkLinks(tx: Db, { link }: ChannelDeclaration): Promise<void> {
  const wanted = typeof link === 'string' ? [link] : link
  const known = await knownLinks(tx, wanted)
  const issues = wanted
    .filter((id) => !known.has(id))
    .map((id) => ({ in: 'body', path: 'link', message: `link names "${id}", which is no link: add it first.` }))
  if (issues.length > 0)
    throw new Problem('request/invalid', issues.map(({ message }) => message).join(' '), { issues })
}

async function channelOf(tx: Db, id: string): Promise<ChannelRow> {
  return (await findChannel(tx, id)) ?? notFound(id)
}

function notFound(id: string): never {
  throw new Problem('channels/not-found', `There is no channel "${id}".`)
}

function checkWritable({ id, source }: ChannelRow): void {
  if (source !== 'config') return
  throw new Problem(
    'config/read-only',
    `The channel "${id}" is declared by TEXTLOOM_CONFIG: change the file and start again.`,
  )
}
