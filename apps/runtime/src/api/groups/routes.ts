import * as z from 'zod'
import { drizzleOver } from '../../db/drizzle.ts'
import type { Sql } from '../../db/sql.ts'
import { countAudience } from '../../people/audience.ts'
import { loadPeopleCatalogue } from '../../people/catalogue.ts'
import {
  deleteGroup,
  findGroup,
  type GroupRow,
  insertGroup,
  listGroups,
  replaceGroup,
  sizesOf,
} from '../../people/groups.ts'
import { conditionOf, Params } from '../../people/query-sql.ts'
import { saveContacts } from '../../people/save-contacts.ts'
import { noting } from '../audit/noting.ts'
import { actorOf, askedOf, meansOf, phoneOf, scopeOf } from '../contacts/means.ts'
import { timeText } from '../http/fields.ts'
import { pageFrom, pageOf, pageQuery } from '../http/page.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, jsonBody, resource } from '../http/route.ts'
import type { ApiServices, ApiSettings } from '../services.ts'

const tags = ['Groups']
const COUNTED_AT_MOST = 1_000_000

const id = z
  .string()
  .trim()
  .min(1)
  .max(160)
  .regex(/^[^{}"\\\p{Cc}]+$/u, 'must hold no quotes, braces, backslashes or line breaks')
  .meta({ description: 'As flows and queries name it.' })
const title = z.string().trim().min(1).max(200)
const query = z.string().trim().min(1).max(2_000).meta({ description: 'docs/reference/contact-queries.md' })
const params = z.object({ id: z.string().min(1).max(160) })

const newGroupSchema = z
  .strictObject({
    id,
    title: title.optional(),
    query: query.optional().meta({ description: 'Makes it a group by query.' }),
  })
  .meta({ id: 'NewGroup' })
const ignored = z.unknown().optional().meta({ description: 'Ignored.' })
const changedGroupSchema = z
  .strictObject({
    id: ignored,
    title,
    query: query.nullable().optional(),
    kind: ignored,
    source: ignored,
    size: ignored,
    createdAt: ignored,
    updatedAt: ignored,
  })
  .meta({ id: 'ChangedGroup', description: 'What a GET answers may be sent back. A group keeps its kind.' })
const groupSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    kind: z.enum(['static', 'query']),
    query: z.string().nullable(),
    source: z.string().meta({ description: '`flow`: made by a flow that put somebody into it.' }),
    size: z
      .int()
      .nullable()
      .meta({ description: 'How many are in it, counted up to a million; null in lists for groups by query.' }),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'Group' })

const phones = z.array(z.string().min(1).max(40)).max(1_000)
const membersSchema = z
  .strictObject({ add: phones.default([]), remove: phones.default([]) })
  .meta({ id: 'GroupMembers', description: 'Phones in any spelling; each becomes a contact.' })

const routes = {
  list: createRoute({
    method: 'get',
    path: '/',
    tags,
    summary: 'List groups',
    request: {
      query: z.object({ ...pageQuery, cursor: z.string().max(1_000).optional().meta({ description: 'nextCursor' }) }),
    },
    responses: { 200: json(pageOf(groupSchema), 'In the order of their ids.') },
  }),
  create: createRoute({
    method: 'post',
    path: '/',
    tags,
    summary: 'Make a group',
    request: { body: jsonBody(newGroupSchema) },
    responses: { 201: json(groupSchema, 'Made.') },
  }),
  get: createRoute({
    method: 'get',
    path: '/{id}',
    tags,
    summary: 'One group',
    request: { params },
    responses: { 200: json(groupSchema, 'With its size.') },
  }),
  replace: createRoute({
    method: 'put',
    path: '/{id}',
    tags,
    summary: 'Change the title or query of a group',
    request: { params, body: jsonBody(changedGroupSchema) },
    responses: { 200: json(groupSchema, 'Changed.') },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/{id}',
    tags,
    summary: 'Take a group away',
    description: 'Its contacts stay. Refused while the query of another group names it.',
    request: { params },
    responses: { 204: { description: 'Gone.' } },
  }),
  members: createRoute({
    method: 'post',
    path: '/{id}/members',
    tags,
    summary: 'Put contacts into a static group, or take them out',
    description: 'Who is in a group, `GET /contacts?group=` lists.',
    request: { params, body: jsonBody(membersSchema) },
    responses: {
      200: json(z.object({ added: z.int(), removed: z.int() }).meta({ id: 'GroupMembersChanged' }), 'Done.'),
    },
  }),
}

/** `/groups`: contacts that belong together. */
export function groups(services: ApiServices, settings: Pick<ApiSettings, 'defaultCountry'>) {
  const { sql, clock, contactsChanged } = services
  const note = noting(services)

  const shown = ({ createdAt, updatedAt, ...row }: GroupRow, size: number | null) => ({
    ...row,
    size,
    createdAt: timeText(createdAt),
    updatedAt: timeText(updatedAt),
  })

  async function groupOf(on: Sql, name: string): Promise<GroupRow> {
    const found = await findGroup(on, name)
    if (found === undefined) throw new Problem('groups/not-found', `There is no group "${name}".`)
    return found
  }

  async function shownOne(name: string) {
    const group = await groupOf(sql, name)
    if (group.kind === 'static') return shown(group, (await sizesOf(sql, [name], COUNTED_AT_MOST)).get(name) ?? 0)
    const scope = { now: clock.now(), ...(settings.defaultCountry && { country: settings.defaultCountry }) }
    const size = await countAudience(sql, { groups: [name] }, scope).catch(() => null)
    return shown(group, size)
  }

  /** @throws Problem for a query that cannot be asked, or that names the group itself */
  async function checkQuery(own: string, text: string): Promise<void> {
    const scope = await scopeOf(sql, services, settings)
    const others = scope.groups.filter((group) => group.id !== own)
    await askedOf(async () =>
      conditionOf(text, { ...scope, groups: [...others, { id: own, query: `group = "${own}"` }] }, new Params()),
    )
  }

  return resource()
    .openapi(routes.list, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const page = pageFrom(await listGroups(sql, { after: cursor, limit: limit + 1 }), limit, (group) => group.id)
      const sizes = await sizesOf(
        sql,
        page.items.flatMap((group) => (group.kind === 'static' ? [group.id] : [])),
        COUNTED_AT_MOST,
      )
      return c.json({ ...page, items: page.items.map((group) => shown(group, sizes.get(group.id) ?? null)) }, 200)
    })
    .openapi(routes.create, async (c) => {
      const { id: name, title: called = name, query: text } = c.req.valid('json')
      if (text !== undefined) await checkQuery(name, text)
      await sql.transaction(async (tx) => {
        const group = {
          id: name,
          title: called,
          kind: text === undefined ? 'static' : 'query',
          query: text ?? null,
        } as const
        if (!(await insertGroup(tx, group, clock.now()))) {
          throw new Problem('groups/exists', `There is a group "${name}" already.`, { id: name })
        }
        await note(drizzleOver(tx), c, { action: 'group.created', subject: `group:${name}` })
      })
      c.header('location', `/api/v1/groups/${encodeURIComponent(name)}`)
      return c.json(await shownOne(name), 201)
    })
    .openapi(routes.get, async (c) => c.json(await shownOne(c.req.valid('param').id), 200))
    .openapi(routes.replace, async (c) => {
      const { id: name } = c.req.valid('param')
      const { title: called, query: text } = c.req.valid('json')
      const { kind, query: before } = await groupOf(sql, name)
      if (kind === 'static' && (text ?? null) !== null) {
        throw new Problem(
          'groups/static',
          `People are put into the group "${name}" one by one: make another for a query.`,
        )
      }
      if (kind === 'query' && text) await checkQuery(name, text)
      await sql.transaction(async (tx) => {
        await replaceGroup(
          tx,
          { id: name, title: called, query: kind === 'query' ? (text ?? before) : null },
          clock.now(),
        )
        await note(drizzleOver(tx), c, { action: 'group.changed', subject: `group:${name}` })
      })
      return c.json(await shownOne(name), 200)
    })
    .openapi(routes.remove, async (c) => {
      const { id: name } = c.req.valid('param')
      const group = await groupOf(sql, name)
      const { fields, groups: all } = await loadPeopleCatalogue(sql)
      const left = all.filter((one) => one.id !== name)
      const scope = { fields, groups: left, now: clock.now() }
      const users = left.filter(
        (one) => one.query !== null && /\bgroup\b/i.test(one.query) && breaks(one.query, scope, all),
      )
      if (users.length > 0) {
        const names = users.map((one) => `"${one.id}"`).join(', ')
        throw new Problem('groups/in-use', `The query of ${names} names the group "${name}": change that first.`)
      }
      await sql.transaction(async (tx) => {
        await deleteGroup(tx, name)
        await note(drizzleOver(tx), c, { action: 'group.removed', subject: `group:${name}` })
      })
      if (group.kind === 'static') await contactsChanged('all')
      return c.body(null, 204)
    })
    .openapi(routes.members, async (c) => {
      const { id: name } = c.req.valid('param')
      const { add, remove } = c.req.valid('json')
      const joining = new Set(add.map((spelling) => phoneOf(spelling, settings)))
      const leaving = new Set(remove.map((spelling) => phoneOf(spelling, settings)))
      const answer = await sql.transaction(async (tx) => {
        const { kind } = await groupOf(tx, name)
        if (kind === 'query') {
          throw new Problem('groups/by-query', `Who is in the group "${name}" is decided by its query: change that.`)
        }
        const by = { ...actorOf(c), source: 'api' } as const
        const means = meansOf(services)
        const drafts = (list: ReadonlySet<string>, isIn: boolean) =>
          [...list].map((phone) => ({ phone, groups: { [name]: isIn } }))
        const added = await saveContacts(tx, drafts(joining, true), by, means)
        const removed = await saveContacts(tx, drafts(leaving, false), by, means, { only: 'update' })
        const changed = (saved: typeof added) => saved.filter(({ outcome }) => outcome !== 'same').length
        return { added: changed(added), removed: changed(removed) }
      })
      await contactsChanged([...joining, ...leaving])
      return c.json(answer, 200)
    })
}

/** True for a query that works with all groups and not without the one. */
function breaks(
  text: string,
  without: Parameters<typeof conditionOf>[1],
  all: Parameters<typeof conditionOf>[1]['groups'],
): boolean {
  const works = (groups: typeof all) => {
    try {
      conditionOf(text, { ...without, groups }, new Params())
      return true
    } catch {
      return false
    }
  }
  return works(all) && !works(without.groups)
}
