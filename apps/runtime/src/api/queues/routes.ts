import { idSchema } from '@textloom/core'
import * as z from 'zod'
import { type QueueDeclaration, queueDeclaration, queueSchema, queueValues } from '../../catalogue/queue-schema.ts'
import {
  deleteQueue,
  findQueue,
  hasOpenTickets,
  insertQueue,
  listQueues,
  openTickets,
  type QueueRow,
  replaceQueue,
} from '../../catalogue/queues.ts'
import { type Db, drizzleOver, inTransaction } from '../../db/drizzle.ts'
import { noting } from '../audit/noting.ts'
import { pageFrom, pageOf, pageQuery } from '../http/page.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, jsonBody, resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'

const tags = ['Queues']
const params = z.object({ id: idSchema })

const newQueueSchema = queueSchema.meta({ id: 'NewQueue' })
const ignored = z.unknown().optional().meta({ description: 'Ignored.' })
const changedQueueSchema = queueSchema
  .extend({ id: idSchema.optional(), source: ignored, openTickets: ignored })
  .meta({ id: 'ChangedQueue', description: 'What a GET answers may be sent back.' })
const queueItemSchema = queueSchema
  .extend({
    source: z
      .enum(['config', 'api'])
      .meta({ description: '`config`: declared by TEXTLOOM_CONFIG and read-only here.' }),
    openTickets: z.int(),
  })
  .meta({ id: 'Queue' })

const routes = {
  list: createRoute({
    method: 'get',
    path: '/',
    tags,
    summary: 'List queues',
    request: { query: z.object(pageQuery) },
    responses: { 200: json(pageOf(queueItemSchema), 'In the order of their ids.') },
  }),
  create: createRoute({
    method: 'post',
    path: '/',
    tags,
    summary: 'Add a queue',
    request: { body: jsonBody(newQueueSchema) },
    responses: { 201: json(queueItemSchema, 'Added.') },
  }),
  get: createRoute({
    method: 'get',
    path: '/{id}',
    tags,
    summary: 'One queue',
    request: { params },
    responses: { 200: json(queueItemSchema, 'And how many tickets wait in it.') },
  }),
  replace: createRoute({
    method: 'put',
    path: '/{id}',
    tags,
    summary: 'Change a queue',
    request: { params, body: jsonBody(changedQueueSchema) },
    responses: { 200: json(queueItemSchema, 'Changed.') },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/{id}',
    tags,
    summary: 'Remove a queue',
    description: 'Refused while tickets are open in it. Queues below it stand by themselves then.',
    request: { params },
    responses: { 204: { description: 'Removed.' } },
  }),
}

/** `/queues`: where conversations wait for people. */
export function queues(services: ApiServices) {
  const { sql, clock, configurationChanged } = services
  const db = drizzleOver(sql)
  const now = () => new Date(clock.now())
  const note = noting(services)

  async function shown(rows: readonly QueueRow[]) {
    const open = await openTickets(db)
    return rows.map((row) => ({
      ...queueDeclaration(row),
      source: row.source,
      openTickets: open.get(row.id) ?? 0,
    }))
  }
  const shownOne = async (id: string) => (await shown([await queueOf(db, id)]))[0] ?? notFound(id)

  return resource()
    .openapi(routes.list, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const page = pageFrom(await listQueues(db, { after: cursor, limit: limit + 1 }), limit, ({ id }) => id)
      return c.json({ items: await shown(page.items), nextCursor: page.nextCursor }, 200)
    })
    .openapi(routes.create, async (c) => {
      const declaration = c.req.valid('json')
      const { id } = declaration
      await inTransaction(sql, async (tx) => {
        await checkParent(tx, declaration)
        if (!(await insertQueue(tx, queueValues(declaration), 'api', now()))) {
          throw new Problem('queues/exists', `A queue with the id "${id}" exists.`, { id })
        }
        await note(tx, c, { action: 'queue.created', subject: `queue:${id}` })
      })
      await configurationChanged()
      c.header('location', `/api/v1/queues/${id}`)
      return c.json(await shownOne(id), 201)
    })
    .openapi(routes.get, async (c) => c.json(await shownOne(c.req.valid('param').id), 200))
    .openapi(routes.replace, async (c) => {
      const { id } = c.req.valid('param')
      const { id: named = id, source: _source, openTickets: _open, ...rest } = c.req.valid('json')
      if (named !== id) throw new Problem('request/invalid', 'A queue keeps its id.')
      await inTransaction(sql, async (tx) => {
        checkWritable(await queueOf(tx, id))
        await checkParent(tx, { id, ...rest })
        await replaceQueue(tx, queueValues({ id, ...rest }), now())
        await note(tx, c, { action: 'queue.changed', subject: `queue:${id}` })
      })
      await configurationChanged()
      return c.json(await shownOne(id), 200)
    })
    .openapi(routes.remove, async (c) => {
      const { id } = c.req.valid('param')
      await inTransaction(sql, async (tx) => {
        checkWritable(await queueOf(tx, id))
        if (await hasOpenTickets(tx, id)) {
          throw new Problem('queues/in-use', `Tickets are open in the queue "${id}": close or transfer them first.`)
        }
        await deleteQueue(tx, id)
        await note(tx, c, { action: 'queue.removed', subject: `queue:${id}` })
      })
      await configurationChanged()
      return c.body(null, 204)
    })
}

/** A parent must be there, and not below the queue itself. */
async function checkParent(tx: Db, { id, parent }: QueueDeclaration): Promise<void> {
  const seen = new Set([id])
  for (let above = parent ?? null; above !== null; ) {
    const found = seen.has(above) ? undefined : await findQueue(tx, above)
    if (found === undefined) {
      const message = seen.has(above)
        ? `parent names "${parent}", which is below this queue: a queue cannot stand above itself.`
        : `parent names "${above}", which is no queue: add it first.`
      throw new Problem('request/invalid', message, { issues: [{ in: 'body', path: 'parent', message }] })
    }
    seen.add(above)
    above = found.parentId
  }
}

async function queueOf(tx: Db, id: string): Promise<QueueRow> {
  return (await findQueue(tx, id)) ?? notFound(id)
}

function notFound(id: string): never {
  throw new Problem('queues/not-found', `There is no queue "${id}".`)
}

function checkWritable({ id, source }: QueueRow): void {
  if (source !== 'config') return
  throw new Problem(
    'config/read-only',
    `The queue "${id}" is declared by TEXTLOOM_CONFIG: change the file and start again.`,
  )
}
