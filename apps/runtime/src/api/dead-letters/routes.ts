import { idSchema } from '@textloom/core'
import * as z from 'zod'
import { drizzleOver } from '../../db/drizzle.ts'
import { canonicalAddress } from '../../host/numbers.ts'
import { textField, timeText, uuidParams } from '../http/fields.ts'
import { idCursor, pageFrom, pageOf, pageQuery } from '../http/page.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, resource } from '../http/route.ts'
import type { ApiServices, ApiSettings } from '../services.ts'
import { type DeadLetterRow, dismissDeadLetter, findDeadLetter, listDeadLetters } from './queries.ts'

const tags = ['Dead letters']

const deadLetterSchema = z
  .object({
    id: z.uuid(),
    channel: z.string(),
    phone: z.string(),
    kind: z.string().nullable().meta({ description: 'What it was: `mo`, `http`, `start`, …' }),
    reason: z.string(),
    detail: z.string().nullable(),
    at: z.iso.datetime(),
    resolvedAt: z.iso.datetime().nullable(),
    resolution: z.enum(['retried', 'dismissed']).nullable(),
  })
  .meta({ id: 'DeadLetter' })

const detailSchema = deadLetterSchema
  .extend({ event: z.unknown().meta({ description: 'As it came in.' }) })
  .meta({ id: 'DeadLetterDetail' })

const retriedSchema = z
  .object({
    id: z.uuid(),
    outcome: z.string().meta({ description: '`transition`, `dead-letter`, …' }),
    reason: z.string().optional(),
  })
  .meta({ id: 'RetriedDeadLetter' })

const query = z.object({
  ...pageQuery,
  channel: idSchema.optional(),
  phone: textField.min(1).max(40).optional(),
  reason: textField.max(100).optional(),
  resolved: z.enum(['true', 'false', 'all']).default('false'),
})

const routes = {
  list: createRoute({
    method: 'get',
    path: '/',
    tags,
    summary: 'List what could not be handled',
    request: { query },
    responses: { 200: json(pageOf(deadLetterSchema), 'The newest first.') },
  }),
  get: createRoute({
    method: 'get',
    path: '/{id}',
    tags,
    summary: 'One dead letter with what it holds',
    request: { params: uuidParams },
    responses: { 200: json(detailSchema, 'As it came in.') },
  }),
  retry: createRoute({
    method: 'post',
    path: '/{id}/retry',
    tags,
    summary: 'Handle it again, as if it came in now',
    description: 'It is resolved then, whatever comes of it: what fails again is a new dead letter.',
    request: { params: uuidParams },
    responses: { 200: json(retriedSchema, 'What came of it.') },
  }),
  dismiss: createRoute({
    method: 'post',
    path: '/{id}/dismiss',
    tags,
    summary: 'Put it aside',
    request: { params: uuidParams },
    responses: { 200: json(deadLetterSchema, 'It is resolved.') },
  }),
}

/** `/dead-letters`: what could not be handled, with reasons. */
export function deadLetters(api: ApiServices, { defaultCountry }: Pick<ApiSettings, 'defaultCountry'>) {
  const { sql, clock, services } = api
  const db = drizzleOver(sql)
  const letterOf = async (id: string) => {
    const found = await findDeadLetter(db, id)
    if (found === undefined) throw new Problem('dead-letters/not-found', `There is no dead letter ${id}.`)
    return found
  }

  return resource()
    .openapi(routes.list, async (c) => {
      const { phone, resolved, cursor, limit, ...filter } = c.req.valid('query')
      const found = await listDeadLetters(db, {
        ...filter,
        phone: phone === undefined ? undefined : canonicalAddress(phone, defaultCountry),
        isResolved: resolved === 'all' ? undefined : resolved === 'true',
        before: idCursor(cursor),
        limit: limit + 1,
      })
      const page = pageFrom(found, limit, ({ id }) => id)
      return c.json({ items: page.items.map(shown), nextCursor: page.nextCursor }, 200)
    })
    .openapi(routes.get, async (c) => {
      const letter = await letterOf(c.req.valid('param').id)
      return c.json({ ...shown(letter), event: letter.event }, 200)
    })
    .openapi(routes.retry, async (c) => {
      const letter = await letterOf(c.req.valid('param').id)
      if (letter.event === null) {
        const detail = 'What it held could not be stored, so there is nothing to try again.'
        throw new Problem('dead-letters/not-retryable', detail)
      }
      const outcome = await services.retryDeadLetter(letter.id)
      const reason = 'reason' in outcome ? { reason: outcome.reason } : {}
      return c.json({ id: letter.id, outcome: outcome.status, ...reason }, 200)
    })
    .openapi(routes.dismiss, async (c) => {
      const { id } = await letterOf(c.req.valid('param').id)
      if (!(await dismissDeadLetter(db, id, new Date(clock.now())))) {
        throw new Problem('dead-letters/resolved', `Dead letter ${id} is resolved already.`)
      }
      return c.json(shown(await letterOf(id)), 200)
    })
}

function shown({ id, channel, phone, reason, detail, event, at, resolvedAt, resolution }: DeadLetterRow) {
  return {
    id,
    channel,
    phone,
    kind: (event as { kind?: string } | null)?.kind ?? null,
    reason,
    detail,
    at: timeText(at),
    resolvedAt: resolvedAt && timeText(resolvedAt),
    resolution: resolution as 'retried' | 'dismissed' | null,
  }
}
