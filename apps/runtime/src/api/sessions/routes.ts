import { paramProblems } from '@textloom/core'
import * as z from 'zod'
import { drizzleOver } from '../../db/drizzle.ts'
import { canonicalAddress } from '../../host/numbers.ts'
import { sendingLimits } from '../access/sending-limits.ts'
import { historyOfSession } from '../history.ts'
import { timeText, uuidParams } from '../http/fields.ts'
import { idCursor, pageFrom, pageOf, pageQuery } from '../http/page.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, jsonBody, resource } from '../http/route.ts'
import type { ApiServices, ApiSettings } from '../services.ts'
import { publishedFlows } from './published-flows.ts'
import { calledFlows, findSession, findStored, listSessions, stackOf } from './queries.ts'
import { restingPlace } from './resting-place.ts'
import { newSessionSchema, sessionDetailSchema, sessionQuery, sessionSchema, startedSchema } from './schemas.ts'
import { pathIn, resultsIn, variablesOf } from './story.ts'

const tags = ['Sessions']
const DEFAULT_EXPIRY_MS = 24 * 3_600_000

const routes = {
  start: createRoute({
    method: 'post',
    path: '/',
    tags,
    summary: 'Start a flow with a contact',
    request: { body: jsonBody(newSessionSchema) },
    responses: {
      202: json(startedSchema, 'Started, waiting for its turn, or left alone because the contact is busy.'),
    },
  }),
  list: createRoute({
    method: 'get',
    path: '/',
    tags,
    summary: 'List sessions',
    request: { query: z.object({ ...pageQuery, ...sessionQuery }) },
    responses: { 200: json(pageOf(sessionSchema), 'The newest first.') },
  }),
  get: createRoute({
    method: 'get',
    path: '/{id}',
    tags,
    summary: 'One session, inside and out',
    request: { params: uuidParams },
    responses: { 200: json(sessionDetailSchema, 'Where it rests, what it remembers, and what happened in it.') },
  }),
  end: createRoute({
    method: 'post',
    path: '/{id}/end',
    tags,
    summary: 'End a session from outside',
    request: { params: uuidParams },
    responses: { 200: json(sessionSchema, 'Ended as `interrupted`.') },
  }),
}

/** `/sessions`: conversations with a flow. */
export function sessions(api: ApiServices, { defaultCountry }: Pick<ApiSettings, 'defaultCountry'>) {
  const { sql, nodes, routing, services } = api
  const db = drizzleOver(sql)
  const published = publishedFlows(sql, nodes)
  const checkLimits = sendingLimits(api)

  async function checkParams(
    flowId: string,
    channel: string,
    params: z.infer<typeof newSessionSchema>['params'],
  ): Promise<void> {
    const listening = routing.current.listening(channel, flowId)
    const flow = listening && (await published.find(listening.revision))
    const sentences = flow === undefined ? [] : paramProblems(flow.params ?? [], params)
    if (sentences.length === 0) return
    const issues = sentences.map((message) => ({ in: 'body', path: 'params', message }))
    throw new Problem('request/invalid', sentences.join(' '), { issues })
  }

  const sessionOf = async (id: string) => {
    const found = await findSession(db, id)
    if (found === undefined) throw new Problem('sessions/not-found', `There is no session ${id}.`)
    return found
  }

  return resource()
    .openapi(routes.start, async (c) => {
      const { flow, channel, to, params, onBusy, expiresIn } = c.req.valid('json')
      await checkParams(flow, channel, params)
      await checkLimits(c.get('principal'), { channel, to, segments: 1 })
      const asked = await services.startSession({
        by: 'api',
        key: c.get('reservedId'),
        flow,
        channel,
        to,
        params,
        onBusy,
        expiresInMs: expiresIn ?? DEFAULT_EXPIRY_MS,
      })
      if (asked.started) return c.json({ id: asked.id, started: true, to: asked.to }, 202)
      // What was skipped has no session, so its id would name nothing.
      const id = asked.reason === 'queued' ? asked.id : null
      return c.json({ id, started: false, reason: asked.reason, to: asked.to }, 202)
    })
    .openapi(routes.list, async (c) => {
      const { phone, cursor, limit, ...filter } = c.req.valid('query')
      const found = await listSessions(db, {
        ...filter,
        phone: phone === undefined ? undefined : canonicalAddress(phone, defaultCountry),
        before: idCursor(cursor),
        limit: limit + 1,
      })
      return c.json(
        pageFrom(found, limit, ({ id }) => id),
        200,
      )
    })
    .openapi(routes.get, async (c) => {
      const { id } = c.req.valid('param')
      const item = await sessionOf(id)
      const stored = item.state === 'active' ? await findStored(db, item) : undefined
      const revision = stored?.state.frames.at(-1)?.revision
      const flow = revision === undefined ? undefined : await published.find(revision)
      const rest = stored && restingPlace(stored.state, stored.timers, flow, nodes)
      const { channel, phone, startedAt } = item
      const history =
        startedAt === null ? [] : await historyOfSession(sql, { channel, phone, id, since: Date.parse(startedAt) })
      return c.json(
        {
          ...item,
          node: rest?.node ?? null,
          stack: stored === undefined ? [] : await stackOf(db, stored.state),
          called: await calledFlows(db, history),
          waitsFor: rest?.waitsFor ?? null,
          until: rest?.until == null ? null : timeText(rest.until),
          snapshot: stored?.state ?? null,
          timers: (stored?.timers ?? []).map(({ id: timer, dueAt }) => ({ id: timer, dueAt: timeText(dueAt) })),
          pending: (stored?.pending ?? []).map(({ id: request }) => ({ id: request })),
          variables: stored === undefined ? null : variablesOf(stored.state),
          results: resultsIn(history),
          path: pathIn(history),
          history,
        },
        200,
      )
    })
    .openapi(routes.end, async (c) => {
      const { id } = c.req.valid('param')
      await services.endSession({ by: 'api', key: c.get('reservedId'), id })
      return c.json(await sessionOf(id), 200)
    })
}
