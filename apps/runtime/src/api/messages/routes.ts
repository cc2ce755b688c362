import { segmentCount } from '@textloom/sms'
import { drizzleOver } from '../../db/drizzle.ts'
import { findMessage, listMessages } from '../../db/messages/list-messages.ts'
import { canonicalAddress } from '../../host/numbers.ts'
import { sendingLimits } from '../access/sending-limits.ts'
import { historyOfMessage } from '../history.ts'
import { uuidParams } from '../http/fields.ts'
import { idCursor, pageOf } from '../http/page.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, jsonBody, resource } from '../http/route.ts'
import type { ApiServices, ApiSettings } from '../services.ts'
import { findSession } from '../sessions/queries.ts'
import { messageItem, receiptsOf } from './message-item.ts'
import {
  acceptedSchema,
  messageDetailSchema,
  messageQuery,
  messageSchema,
  newMessageSchema,
  replacementSchema,
} from './schemas.ts'

const tags = ['Messages']

const routes = {
  send: createRoute({
    method: 'post',
    path: '/',
    tags,
    summary: 'Send a text outside any session',
    request: { body: jsonBody(newMessageSchema) },
    responses: { 202: json(acceptedSchema, 'Stored, and on its way.') },
  }),
  list: createRoute({
    method: 'get',
    path: '/',
    tags,
    summary: 'List messages of both directions',
    request: { query: messageQuery },
    responses: { 200: json(pageOf(messageSchema), 'The newest first.') },
  }),
  get: createRoute({
    method: 'get',
    path: '/{id}',
    tags,
    summary: 'One message with its receipts',
    request: { params: uuidParams },
    responses: { 200: json(messageDetailSchema, 'And everything that happened to it.') },
  }),
  query: createRoute({
    method: 'post',
    path: '/{id}/query',
    tags,
    summary: 'Ask the network what has become of a text',
    description:
      'For texts whose receipt never came. The answer is recorded like a receipt. SMPP, UCP and CIMD2 links can, if the network does; those set so (`asksLate`) ask by themselves once the validity is over.',
    request: { params: uuidParams },
    responses: { 200: json(messageDetailSchema, 'With what the network said.') },
  }),
  cancel: createRoute({
    method: 'post',
    path: '/{id}/cancel',
    tags,
    summary: 'Take a text back',
    description:
      'One that waits does not leave. One that the network has accepted is cancelled there, while it is not delivered: SMPP, UCP and CIMD2 links can, if the network does.',
    request: { params: uuidParams },
    responses: { 200: json(messageDetailSchema, 'It is not delivered.') },
  }),
  replace: createRoute({
    method: 'post',
    path: '/{id}/replace',
    tags,
    summary: 'Put another text in the place of one that is not delivered yet',
    description:
      'For texts of one segment that the network has accepted: UCP links can (operation 54), if the network does. One that waits here is cancelled, and another sent.',
    request: { params: uuidParams, body: jsonBody(replacementSchema) },
    responses: { 200: json(messageDetailSchema, 'With the new text.') },
  }),
  resend: createRoute({
    method: 'post',
    path: '/{id}/resend',
    tags,
    summary: 'Let a held text leave',
    description:
      'For texts of status `unknown` that the network has not confirmed: nobody knows whether they left, after a crash on a link that holds those, or after a restore. It may arrive twice.',
    request: { params: uuidParams },
    responses: { 200: json(messageDetailSchema, 'On its way again.') },
  }),
}

/** `/messages`: what was said, and texts outside any session. */
export function messages(api: ApiServices, { defaultCountry }: Pick<ApiSettings, 'defaultCountry'>) {
  const { sql, services, routing, transports } = api
  const checkLimits = sendingLimits(api)
  const db = drizzleOver(sql)
  /** Says so where no link of the channel carries files. */
  async function noteOnFiles(channel: string): Promise<{ note?: string }> {
    const links = routing.current.channels.get(channel)?.links ?? []
    const rows = await sql.query<{ kind: string }>(
      'select kind from link where id in (select json_array_elements_text($1::json))',
      [JSON.stringify(links)],
    )
    if (rows.some(({ kind }) => transports.get(kind)?.capabilities.media)) return {}
    return {
      note: `The links of channel "${channel}" carry text only: the addresses of the files stand behind the text.`,
    }
  }

  async function detailOf(id: string) {
    const row = await findMessage(sql, id)
    if (row === undefined) throw new Problem('messages/not-found', `There is no message ${id}.`)
    const { channel, phone, at: since } = row
    const timeline = await historyOfMessage(sql, { channel, phone, id, since })
    const receipts = row.direction === 'mt' ? receiptsOf(row) : []
    return { ...messageItem(row), receipts, timeline }
  }

  return resource()
    .openapi(routes.send, async (c) => {
      const { channel, to, text, media = [], from, priority, validity, sendAt } = c.req.valid('json')
      const segments = segmentCount([text, ...media].join('\n'))
      await checkLimits(c.get('principal'), { channel, to, segments })
      const accepted = await services.sendMessage({
        by: 'api',
        key: c.get('reservedId'),
        channel,
        to,
        text,
        files: media,
        ...(from !== undefined && { from }),
        ...(priority !== undefined && { priority }),
        ...(validity !== undefined && { validityMs: validity }),
        ...(sendAt !== undefined && { sendAt }),
      })
      c.header('location', `/api/v1/messages/${accepted.id}`)
      return c.json({ ...accepted, ...(media.length > 0 && (await noteOnFiles(channel))) }, 202)
    })
    .openapi(routes.list, async (c) => {
      const { phone, session, direction, status, since, limit, cursor } = c.req.valid('query')
      const before = idCursor(cursor)
      const talk = session === undefined ? undefined : await findSession(db, session)
      if (session !== undefined && talk === undefined) return c.json({ items: [], nextCursor: null }, 200)
      const page = await listMessages(sql, {
        limit,
        ...(before !== undefined && { cursor: before }),
        ...(talk !== undefined && { phone: talk.phone, runId: talk.id }),
        ...(phone !== undefined && { phone: canonicalAddress(phone, defaultCountry) }),
        ...(direction !== undefined && { direction }),
        ...(status !== undefined && { status }),
        ...(since !== undefined && { since }),
      })
      return c.json({ items: page.items.map(messageItem), nextCursor: page.nextCursor }, 200)
    })
    .openapi(routes.get, async (c) => c.json(await detailOf(c.req.valid('param').id), 200))
    .openapi(routes.query, async (c) => {
      const { id } = c.req.valid('param')
      await services.queryMessage(id)
      return c.json(await detailOf(id), 200)
    })
    .openapi(routes.cancel, async (c) => {
      const { id } = c.req.valid('param')
      await services.cancelMessage(id)
      return c.json(await detailOf(id), 200)
    })
    .openapi(routes.replace, async (c) => {
      const { id } = c.req.valid('param')
      await services.replaceMessage(id, c.req.valid('json').text)
      return c.json(await detailOf(id), 200)
    })
    .openapi(routes.resend, async (c) => {
      const { id } = c.req.valid('param')
      await services.resendMessage(id)
      return c.json(await detailOf(id), 200)
    })
}
