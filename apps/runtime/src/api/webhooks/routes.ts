import * as z from 'zod'
import { drizzleOver, inTransaction } from '../../db/drizzle.ts'
import {
  findWebhookMessage,
  forgetWebhookMessages,
  listWebhookMessages,
  replay,
  tellTest,
  type WebhookMessage,
} from '../../db/webhooks/messages.ts'
import {
  changeSecret,
  changeWebhook,
  deleteWebhook,
  findWebhook,
  insertWebhook,
  listWebhooks,
  type WebhookRow,
} from '../../db/webhooks/subscriptions.ts'
import { newWebhookSecret } from '../../host/webhooks/signature.ts'
import { secretPlace } from '../../host/webhooks/teller.ts'
import { noting } from '../audit/noting.ts'
import { timeText, uuidParams } from '../http/fields.ts'
import { idCursor, numberCursor, pageFrom, pageOf, pageQuery } from '../http/page.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, jsonBody, resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'
import {
  createdWebhookSchema,
  type DeliveryItem,
  deliveryQuery,
  deliverySchema,
  rotationSchema,
  statesOf,
  webhookSchema,
  webhookValuesSchema,
} from './schemas.ts'

const tags = ['Webhooks']
const deliveryParams = z.object({ id: z.uuid(), delivery: z.uuid() })
const HOUR_MS = 3_600_000

const routes = {
  create: createRoute({
    method: 'post',
    path: '/',
    tags,
    summary: 'Tell another system what happens',
    description: 'Messages are signed as Standard Webhooks 1.0 has it.',
    request: { body: jsonBody(webhookValuesSchema) },
    responses: { 201: json(createdWebhookSchema, 'The secret is in this answer and nowhere else.') },
  }),
  list: createRoute({
    method: 'get',
    path: '/',
    tags,
    summary: 'List webhooks',
    request: { query: z.object(pageQuery) },
    responses: { 200: json(pageOf(webhookSchema), 'The oldest first.') },
  }),
  get: createRoute({
    method: 'get',
    path: '/{id}',
    tags,
    summary: 'One webhook',
    request: { params: uuidParams },
    responses: { 200: json(webhookSchema, 'Without its secret.') },
  }),
  replace: createRoute({
    method: 'put',
    path: '/{id}',
    tags,
    summary: 'Change a webhook',
    request: { params: uuidParams, body: jsonBody(webhookValuesSchema) },
    responses: { 200: json(webhookSchema, 'Changed. What happens from now on is told so.') },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/{id}',
    tags,
    summary: 'Remove a webhook',
    request: { params: uuidParams },
    responses: { 204: { description: 'It is told nothing more, and its deliveries are gone.' } },
  }),
  rotate: createRoute({
    method: 'post',
    path: '/{id}/rotate',
    tags,
    summary: 'Give a webhook a new secret',
    description: 'For a while messages have two signatures, so that the other side can change over.',
    request: { params: uuidParams, body: jsonBody(rotationSchema) },
    responses: { 200: json(createdWebhookSchema, 'The new secret is in this answer and nowhere else.') },
  }),
  test: createRoute({
    method: 'post',
    path: '/{id}/test',
    tags,
    summary: 'Send a message to try a webhook with',
    request: { params: uuidParams },
    responses: { 202: json(z.object({ id: z.uuid() }), 'On its way: a message of type `webhook.test`.') },
  }),
  deliveries: createRoute({
    method: 'get',
    path: '/{id}/deliveries',
    tags,
    summary: 'What a webhook was told, and how that went',
    request: { params: uuidParams, query: deliveryQuery },
    responses: { 200: json(pageOf(deliverySchema), 'The newest first, for 30 days.') },
  }),
  replay: createRoute({
    method: 'post',
    path: '/{id}/deliveries/{delivery}/replay',
    tags,
    summary: 'Tell it again',
    description: 'Under the same `webhook-id`.',
    request: { params: deliveryParams },
    responses: { 202: json(deliverySchema, 'On its way.') },
  }),
}

/** `/webhooks`: other systems that are told what happens. */
export function webhooks(services: ApiServices) {
  const { sql, clock, ids, box } = services
  const db = drizzleOver(sql)
  const note = noting(services)
  const now = () => new Date(clock.now())
  const shown = ({
    id,
    url,
    label,
    events,
    isEnabled,
    disabledBy,
    previousUntil,
    createdAt,
    updatedAt,
  }: WebhookRow) => ({
    id,
    url,
    label,
    events: events as string[],
    enabled: isEnabled,
    disabledBy: disabledBy === 'gone' ? ('gone' as const) : null,
    rotatingUntil: previousUntil !== null && previousUntil > now() ? timeText(previousUntil) : null,
    createdAt: timeText(createdAt),
    updatedAt: timeText(updatedAt),
  })
  async function webhookOf(id: string): Promise<WebhookRow> {
    const row = await findWebhook(db, id)
    if (row === undefined) throw new Problem('webhooks/not-found', `There is no webhook ${id}.`)
    return row
  }
  async function deliveryOf(webhook: string, id: string): Promise<WebhookMessage> {
    const message = await findWebhookMessage(sql, webhook, id)
    if (message === undefined) throw new Problem('webhooks/unknown-delivery', `This webhook was not told of ${id}.`)
    return message
  }

  return resource()
    .openapi(routes.create, async (c) => {
      const { enabled, ...values } = c.req.valid('json')
      const id = ids.next()
      const secret = newWebhookSecret()
      await inTransaction(sql, async (tx) => {
        const row = { id, ...values, isEnabled: enabled, secret: box.seal(secret, secretPlace(id)) }
        await insertWebhook(tx, row, now())
        await note(tx, c, { action: 'webhook.created', subject: `webhook:${id}`, data: notedOf(values, enabled) })
      })
      c.header('location', `/api/v1/webhooks/${id}`)
      return c.json({ ...shown(await webhookOf(id)), secret }, 201)
    })
    .openapi(routes.list, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const found = await listWebhooks(db, { after: idCursor(cursor), limit: limit + 1 })
      const page = pageFrom(found, limit, ({ id }) => id)
      return c.json({ items: page.items.map(shown), nextCursor: page.nextCursor }, 200)
    })
    .openapi(routes.get, async (c) => c.json(shown(await webhookOf(c.req.valid('param').id)), 200))
    .openapi(routes.replace, async (c) => {
      const { id } = c.req.valid('param')
      const { enabled, ...values } = c.req.valid('json')
      await webhookOf(id)
      await inTransaction(sql, async (tx) => {
        await changeWebhook(tx, id, { ...values, isEnabled: enabled }, now())
        await note(tx, c, { action: 'webhook.changed', subject: `webhook:${id}`, data: notedOf(values, enabled) })
      })
      return c.json(shown(await webhookOf(id)), 200)
    })
    .openapi(routes.remove, async (c) => {
      const { id } = c.req.valid('param')
      await webhookOf(id)
      await inTransaction(sql, async (tx) => {
        await deleteWebhook(tx, id)
        await note(tx, c, { action: 'webhook.removed', subject: `webhook:${id}` })
      })
      await forgetWebhookMessages(sql, id)
      return c.body(null, 204)
    })
    .openapi(routes.rotate, async (c) => {
      const { id } = c.req.valid('param')
      const { overlapHours } = c.req.valid('json')
      const before = await webhookOf(id)
      const secret = newWebhookSecret()
      await inTransaction(sql, async (tx) => {
        const secrets = {
          secret: box.seal(secret, secretPlace(id)),
          previousSecret: overlapHours === 0 ? null : before.secret,
          previousUntil: overlapHours === 0 ? null : new Date(clock.now() + overlapHours * HOUR_MS),
        }
        await changeSecret(tx, id, secrets, now())
        await note(tx, c, { action: 'webhook.rotated', subject: `webhook:${id}`, data: { overlapHours } })
      })
      return c.json({ ...shown(await webhookOf(id)), secret }, 200)
    })
    .openapi(routes.test, async (c) => {
      const { id } = await webhookOf(c.req.valid('param').id)
      return c.json({ id: await tellTest(sql, id, clock.now()) }, 202)
    })
    .openapi(routes.deliveries, async (c) => {
      const { id } = await webhookOf(c.req.valid('param').id)
      const { limit, cursor, status } = c.req.valid('query')
      const states = status === undefined ? Object.values(statesOf).flat() : statesOf[status]
      const found = await listWebhookMessages(sql, id, { before: numberCursor(cursor), limit: limit + 1, states })
      const page = pageFrom([...found], limit, ({ sequence }) => String(sequence))
      return c.json({ items: page.items.map(deliveryItem), nextCursor: page.nextCursor }, 200)
    })
    .openapi(routes.replay, async (c) => {
      const { id, delivery } = c.req.valid('param')
      const { isEnabled } = await webhookOf(id)
      await deliveryOf(id, delivery)
      if (!isEnabled) throw new Problem('webhooks/disabled', 'This webhook is disabled: enable it first.')
      if (!(await replay(sql, id, delivery, clock.now()))) {
        throw new Problem('webhooks/underway', 'It is on its way already.')
      }
      return c.json(deliveryItem(await deliveryOf(id, delivery)), 202)
    })
}

/** Without its address, which may hold a token. */
function notedOf({ label, events }: { readonly label: string; readonly events: readonly string[] }, enabled: boolean) {
  return { label, events, enabled }
}

function deliveryItem({ id, payload, state, createdAt, dueAt, attempts }: WebhookMessage): DeliveryItem {
  const { type } = payload as { type: string }
  const isWaiting = state === 'queued' || state === 'sending'
  return {
    id,
    type,
    status: isWaiting ? 'waiting' : state === 'done' ? 'delivered' : 'failed',
    at: timeText(createdAt),
    nextAttemptAt: state === 'queued' ? timeText(dueAt) : null,
    attempts: Object.values(attempts)
      .toSorted((a, b) => a.at - b.at)
      .map(({ at, status, error, tookMs }) => ({
        at: timeText(new Date(at)),
        status: status ?? null,
        error: error ?? null,
        tookMs,
      })),
  }
}
