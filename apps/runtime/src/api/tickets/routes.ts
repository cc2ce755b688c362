import * as z from 'zod'
import { answeringRoles } from '../../accounts/role.ts'
import { findUser } from '../../accounts/users.ts'
import { findQueue, listQueues, type QueueRow } from '../../catalogue/queues.ts'
import { drizzleOver } from '../../db/drizzle.ts'
import type { Agent } from '../../host/incoming.ts'
import { canonicalAddress } from '../../host/numbers.ts'
import type { Principal } from '../access/principal.ts'
import { uuidParams } from '../http/fields.ts'
import { idCursor, pageFrom, pageOf } from '../http/page.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, jsonBody, resource } from '../http/route.ts'
import type { ApiServices, ApiSettings } from '../services.ts'
import { countWaiting, findTicket, listTickets, ticketItem } from './queries.ts'
import {
  closeSchema,
  noteSchema,
  repliedSchema,
  replySchema,
  threadSchema,
  ticketQuery,
  ticketSchema,
  transferSchema,
  waitingSchema,
} from './schemas.ts'
import { threadOf } from './thread.ts'

const tags = ['Tickets']
const ofTicket = { params: uuidParams }
const now = { 200: json(ticketSchema, 'The ticket as it is now.') }

const routes = {
  list: createRoute({
    method: 'get',
    path: '/',
    tags,
    summary: 'List conversations that people have',
    request: { query: ticketQuery },
    responses: { 200: json(pageOf(ticketSchema), 'Those opened last first.') },
  }),
  assignees: createRoute({
    method: 'get',
    path: '/assignees',
    tags,
    summary: 'List who can have tickets',
    responses: { 200: json(z.object({ items: z.array(z.object({ id: z.uuid(), name: z.string() })) }), 'By name.') },
  }),
  waiting: createRoute({
    method: 'get',
    path: '/waiting',
    tags,
    summary: 'Count the tickets that wait for you',
    responses: { 200: json(waitingSchema, 'As of now.') },
  }),
  get: createRoute({
    method: 'get',
    path: '/{id}',
    tags,
    summary: 'One ticket',
    request: ofTicket,
    responses: { 200: json(ticketSchema, 'And where it stands.') },
  }),
  thread: createRoute({
    method: 'get',
    path: '/{id}/messages',
    tags,
    summary: 'The thread of a ticket',
    description: 'Texts since the conversation began and after the ticket, notes, and what became of it.',
    request: ofTicket,
    responses: { 200: json(threadSchema, 'The oldest first.') },
  }),
  claim: createRoute({
    method: 'post',
    path: '/{id}/claim',
    tags,
    summary: 'Take a ticket that nobody has',
    request: ofTicket,
    responses: now,
  }),
  release: createRoute({
    method: 'post',
    path: '/{id}/release',
    tags,
    summary: 'Put a ticket back into its queue',
    request: ofTicket,
    responses: now,
  }),
  transfer: createRoute({
    method: 'post',
    path: '/{id}/transfer',
    tags,
    summary: 'Hand a ticket to another queue, or to somebody',
    description: "In another queue it is nobody's until it is claimed, unless `to` says whose.",
    request: { ...ofTicket, body: jsonBody(transferSchema) },
    responses: now,
  }),
  note: createRoute({
    method: 'post',
    path: '/{id}/notes',
    tags,
    summary: 'Note something for colleagues',
    description: 'The contact never sees it.',
    request: { ...ofTicket, body: jsonBody(noteSchema) },
    responses: now,
  }),
  reply: createRoute({
    method: 'post',
    path: '/{id}/reply',
    tags,
    summary: 'Send the contact a text',
    description: 'Claims a ticket that nobody has. Refused after STOP.',
    request: { ...ofTicket, body: jsonBody(replySchema) },
    responses: { 202: json(repliedSchema, 'Stored; it leaves as soon as the link takes it.') },
  }),
  close: createRoute({
    method: 'post',
    path: '/{id}/close',
    tags,
    summary: 'Give the conversation back to its flow',
    request: { ...ofTicket, body: jsonBody(closeSchema) },
    responses: now,
  }),
}

/** `/tickets`: conversations that flows brought to people. */
export function tickets(api: ApiServices, { defaultCountry }: Pick<ApiSettings, 'defaultCountry'>) {
  const { sql, clock, services } = api
  const db = drizzleOver(sql)

  const rowOf = async (id: string) => {
    const found = await findTicket(db, id)
    if (found === undefined) throw new Problem('tickets/not-found', `There is no ticket ${id}.`)
    return found
  }
  const shown = async (id: string, { id: me }: Principal) =>
    ticketItem(await rowOf(id), { me, queues: await listQueues(db), now: clock.now() })

  async function assignee(id: string): Promise<Agent> {
    const user = await findUser(db, id)
    if (user === undefined || user.disabledAt !== null || !answeringRoles.includes(user.role)) {
      throw new Problem('tickets/no-assignee', `User ${id} does not exist, is switched off, or may not answer tickets.`)
    }
    return { id: `user:${user.id}`, name: user.name }
  }

  return resource()
    .openapi(routes.list, async (c) => {
      const { view, queue, phone, session, cursor, limit } = c.req.valid('query')
      const me = c.get('principal').id
      const queues = await listQueues(db)
      const found = await listTickets(db, {
        view,
        me,
        queues: queue === undefined ? undefined : branchOf(queues, queue),
        phone: phone === undefined ? undefined : canonicalAddress(phone, defaultCountry),
        session,
        before: idCursor(cursor),
        limit: limit + 1,
      })
      const page = pageFrom(found, limit, ({ ticket }) => ticket.id)
      const context = { me, queues, now: clock.now() }
      return c.json({ items: page.items.map((row) => ticketItem(row, context)), nextCursor: page.nextCursor }, 200)
    })
    .openapi(routes.assignees, async (c) => c.json({ items: await services.assignees() }, 200))
    .openapi(routes.waiting, async (c) => c.json(await countWaiting(db, c.get('principal').id), 200))
    .openapi(routes.get, async (c) => c.json(await shown(c.req.valid('param').id, c.get('principal')), 200))
    .openapi(routes.thread, async (c) => {
      const row = await rowOf(c.req.valid('param').id)
      return c.json(await threadOf(sql, db, row, c.get('principal').id), 200)
    })
    .openapi(routes.claim, async (c) => {
      const { id } = c.req.valid('param')
      await services.actOnTicket({
        id,
        key: c.get('reservedId'),
        agent: agentOf(c.get('principal')),
        act: { do: 'claim' },
      })
      return c.json(await shown(id, c.get('principal')), 200)
    })
    .openapi(routes.release, async (c) => {
      const { id } = c.req.valid('param')
      await services.actOnTicket({
        id,
        key: c.get('reservedId'),
        agent: agentOf(c.get('principal')),
        act: { do: 'release' },
      })
      return c.json(await shown(id, c.get('principal')), 200)
    })
    .openapi(routes.transfer, async (c) => {
      const { id } = c.req.valid('param')
      const { queue, to } = c.req.valid('json')
      if (queue !== undefined && (await findQueue(db, queue)) === undefined) {
        throw new Problem('queues/not-found', `There is no queue "${queue}".`)
      }
      const act = {
        do: 'transfer' as const,
        ...(queue !== undefined && { queue }),
        ...(to !== undefined && { to: await assignee(to) }),
      }
      await services.actOnTicket({ id, key: c.get('reservedId'), agent: agentOf(c.get('principal')), act })
      return c.json(await shown(id, c.get('principal')), 200)
    })
    .openapi(routes.note, async (c) => {
      const { id } = c.req.valid('param')
      const { text } = c.req.valid('json')
      await services.noteOnTicket({ id, key: c.get('reservedId'), agent: agentOf(c.get('principal')), text })
      return c.json(await shown(id, c.get('principal')), 200)
    })
    .openapi(routes.reply, async (c) => {
      const { id } = c.req.valid('param')
      const { text } = c.req.valid('json')
      const request = { id, key: c.get('reservedId'), agent: agentOf(c.get('principal')), text }
      return c.json({ id: await services.replyToTicket(request), ticket: id }, 202)
    })
    .openapi(routes.close, async (c) => {
      const { id } = c.req.valid('param')
      const { outcome, note } = c.req.valid('json')
      const agent = agentOf(c.get('principal'))
      const key = c.get('reservedId')
      if (note !== undefined) await services.noteOnTicket({ id, key: `${key}:note`, agent, text: note })
      await services.actOnTicket({ id, key, agent, act: { do: 'close', outcome } })
      return c.json(await shown(id, c.get('principal')), 200)
    })
}

function agentOf({ id, label, user }: Principal): Agent {
  return { id, name: user?.name ?? label }
}

/** A queue and all below it. */
function branchOf(queues: readonly QueueRow[], root: string): string[] {
  const branch = [root]
  for (const id of branch) {
    for (const below of queues) if (below.parentId === id && !branch.includes(below.id)) branch.push(below.id)
  }
  return branch
}
