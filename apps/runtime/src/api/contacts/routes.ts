import * as z from 'zod'
import { etagOf } from '../../catalogue/etag.ts'
import { drizzleOver } from '../../db/drizzle.ts'
import { iso } from '../../db/hot/recordset.ts'
import type { Sql } from '../../db/sql.ts'
import { loadPeopleCatalogue } from '../../people/catalogue.ts'
import { recordConsents } from '../../people/consent-ledger.ts'
import { countContacts, findContact, isPosition, listContacts, positionOf } from '../../people/contacts.ts'
import { eraseContact } from '../../people/erase.ts'
import { mergeContacts } from '../../people/merge.ts'
import { zoneOfPhone } from '../../people/phone-zone.ts'
import { type ContactDraft, saveContacts } from '../../people/save-contacts.ts'
import { timelineOf } from '../../people/timeline.ts'
import { noting } from '../audit/noting.ts'
import { timeText } from '../http/fields.ts'
import { idCursor, pageFrom, pageOf, pageQuery } from '../http/page.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, jsonBody, resource } from '../http/route.ts'
import type { ApiServices, ApiSettings } from '../services.ts'
import { askedQuery } from './asked-query.ts'
import { checkedDraft } from './drafts.ts'
import { actorOf, askedOf, meansOf, phoneOf, scopeOf } from './means.ts'
import {
  changedContactSchema,
  consentChangeSchema,
  contactItem,
  contactQuery,
  contactSchema,
  countSchema,
  newContactSchema,
  noteSchema,
  phoneParams,
  replacedContactSchema,
  timelineItem,
  timelineItemSchema,
} from './schemas.ts'

const tags = ['Contacts']
const COUNTED_AT_MOST = 1_000_000
const historyQuery = z.object(pageQuery)
const ifMatch = z.object({ 'if-match': z.string().optional() })

const routes = {
  list: createRoute({
    method: 'get',
    path: '/',
    tags,
    summary: 'List and search contacts',
    request: { query: contactQuery },
    responses: { 200: json(pageOf(contactSchema), 'In the order that was asked for.') },
  }),
  count: createRoute({
    method: 'get',
    path: '/count',
    tags,
    summary: 'How many contacts a search finds',
    request: { query: contactQuery.pick({ query: true, q: true, group: true }) },
    responses: { 200: json(countSchema, 'Counted up to a million.') },
  }),
  create: createRoute({
    method: 'post',
    path: '/',
    tags,
    summary: 'Add a contact',
    request: { body: jsonBody(newContactSchema) },
    responses: { 201: json(contactSchema, 'Added. Somebody who was erased after STOP is opted out again.') },
  }),
  get: createRoute({
    method: 'get',
    path: '/{phone}',
    tags,
    summary: 'One contact',
    request: { params: phoneParams },
    responses: { 200: json(contactSchema, 'With an ETag.') },
  }),
  replace: createRoute({
    method: 'put',
    path: '/{phone}',
    tags,
    summary: 'Replace what is known of a contact',
    description: 'Wants `If-Match`, so that nobody’s work is lost.',
    request: { params: phoneParams, headers: ifMatch, body: jsonBody(replacedContactSchema) },
    responses: { 200: json(contactSchema, 'Replaced.') },
  }),
  change: createRoute({
    method: 'patch',
    path: '/{phone}',
    tags,
    summary: 'Change some of what is known of a contact',
    description: 'Makes the contact where there is none.',
    request: { params: phoneParams, headers: ifMatch, body: jsonBody(changedContactSchema) },
    responses: { 200: json(contactSchema, 'Changed.') },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/{phone}',
    tags,
    summary: 'Remove a contact from the list',
    description: 'What was said with them stays, and so does their consent; `erase` takes that away as well.',
    request: { params: phoneParams },
    responses: { 204: { description: 'Removed.' } },
  }),
  history: createRoute({
    method: 'get',
    path: '/{phone}/history',
    tags,
    summary: 'Everything that happened with a contact',
    request: { params: phoneParams, query: historyQuery },
    responses: { 200: json(pageOf(timelineItemSchema), 'The newest first.') },
  }),
  notes: createRoute({
    method: 'get',
    path: '/{phone}/notes',
    tags,
    summary: 'Notes about a contact',
    request: { params: phoneParams, query: historyQuery },
    responses: { 200: json(pageOf(noteSchema), 'The newest first.') },
  }),
  addNote: createRoute({
    method: 'post',
    path: '/{phone}/notes',
    tags,
    summary: 'Write a note about a contact',
    request: {
      params: phoneParams,
      body: jsonBody(z.strictObject({ text: z.string().trim().min(1).max(5_000) }).meta({ id: 'NewContactNote' })),
    },
    responses: { 201: json(noteSchema, 'Written. Contacts never see it.') },
  }),
  removeNote: createRoute({
    method: 'delete',
    path: '/{phone}/notes/{id}',
    tags,
    summary: 'Take a note away',
    request: { params: phoneParams.extend({ id: z.uuid('must be an id as the API gives them') }) },
    responses: { 204: { description: 'Taken away.' } },
  }),
  consent: createRoute({
    method: 'post',
    path: '/{phone}/consent',
    tags,
    summary: 'Record that a contact agreed or refused',
    description:
      'Goes into the ledger with who recorded it. After `out`, nothing more is sent, by whatever way, within a second.',
    request: { params: phoneParams, body: jsonBody(consentChangeSchema) },
    responses: { 200: json(contactSchema, 'Recorded.') },
  }),
  merge: createRoute({
    method: 'post',
    path: '/{phone}/merge',
    tags,
    summary: 'Make one contact of two',
    description:
      'What `into` does not know it learns of this one, which is a contact no more. An opt-out of either counts.',
    request: {
      params: phoneParams,
      body: jsonBody(z.strictObject({ into: z.string().min(1).max(40) }).meta({ id: 'ContactMerge' })),
    },
    responses: { 200: json(contactSchema, 'The one that stays.') },
  }),
  erase: createRoute({
    method: 'post',
    path: '/{phone}/erase',
    tags,
    summary: 'Erase a person',
    description:
      'Takes away what they wrote and were sent, all that is known of them and was done with them, for good. What they refused stays under a keyed hash: if the number comes back, so does the opt-out.',
    request: { params: phoneParams },
    responses: {
      200: json(
        z.object({ erased: z.record(z.string(), z.int()) }).meta({ id: 'ErasedContact' }),
        'How many rows of what.',
      ),
    },
  }),
}

/** `/contacts`: the people at the other end. */
export function contacts(services: ApiServices, settings: Pick<ApiSettings, 'defaultCountry'>) {
  const { sql, clock, box, contactsChanged } = services
  const note = noting(services)
  /** The audit trail holds no phone numbers. */
  const subjectOf = (phone: string) => `contact:${box.fingerprint(phone, 'audit').slice(0, 16)}`

  const shown = (record: NonNullable<Awaited<ReturnType<typeof findContact>>>) =>
    contactItem(record, zoneOfPhone(record.phone, clock.now()))

  async function shownOne(on: Sql, phone: string) {
    const record = await findContact(on, phone)
    if (record === undefined) throw new Problem('contacts/not-found', `There is no contact ${phone}.`)
    const item = shown(record)
    const { updatedAt: _updatedAt, lastReplyAt: _lastReplyAt, ...lasting } = item
    return { item, etag: etagOf(JSON.stringify(lasting)) }
  }

  /** @throws Problem when the contact is another by now */
  function checkIfMatch(header: string | undefined, { item, etag }: { item: object; etag: string }): void {
    if (header === undefined || header.split(',').some((tag) => [etag, '*'].includes(tag.trim()))) return
    const detail = `The contact is not as you last saw it. Look at it again and send the result with If-Match ${etag}.`
    throw new Problem('contacts/changed', detail, { current: item }, { etag })
  }

  const save = (tx: Sql, draft: ContactDraft, c: Parameters<typeof actorOf>[0]) =>
    saveContacts(tx, [draft], { ...actorOf(c), source: 'api' }, meansOf(services))

  return resource()
    .openapi(routes.list, async (c) => {
      const { limit, cursor, sort, ...search } = c.req.valid('query')
      if (cursor !== undefined && !isPosition(cursor, sort)) {
        const message = 'cursor must be the nextCursor of the page before, in the same order.'
        throw new Problem('request/invalid', message, { issues: [{ in: 'query', path: 'cursor', message }] })
      }
      const scope = await scopeOf(sql, services, settings)
      const found = await askedOf(() =>
        listContacts(sql, { query: askedQuery(search), order: sort, after: cursor, limit: limit + 1 }, scope),
      )
      const page = pageFrom(found, limit, (record) => positionOf(record, sort))
      return c.json({ items: page.items.map(shown), nextCursor: page.nextCursor }, 200)
    })
    .openapi(routes.count, async (c) => {
      const scope = await scopeOf(sql, services, settings)
      const count = await askedOf(() =>
        countContacts(sql, askedQuery(c.req.valid('query')), scope, COUNTED_AT_MOST + 1),
      )
      return c.json({ count: Math.min(count, COUNTED_AT_MOST), isMore: count > COUNTED_AT_MOST }, 200)
    })
    .openapi(routes.create, async (c) => {
      const { phone: spelling, groups = [], fields, ...known } = c.req.valid('json')
      const phone = phoneOf(spelling, settings)
      const asked = { fields, groups: Object.fromEntries(groups.map((id) => [id, true])) }
      const draft = { phone, ...defined(known), ...checkedDraft(asked, await loadPeopleCatalogue(sql)) }
      await sql.transaction(async (tx) => {
        const [saved] = await saveContacts(tx, [draft], { ...actorOf(c), source: 'api' }, meansOf(services), {
          only: 'create',
        })
        if (saved?.outcome === 'created') return
        throw new Problem('contacts/exists', `${phone} is a contact already: change it with PATCH.`, { phone })
      })
      await contactsChanged([phone])
      const { item, etag } = await shownOne(sql, phone)
      c.header('location', `/api/v1/contacts/${encodeURIComponent(phone)}`)
      c.header('etag', etag)
      return c.json(item, 201)
    })
    .openapi(routes.get, async (c) => {
      const { item, etag } = await shownOne(sql, phoneOf(c.req.valid('param').phone, settings))
      c.header('etag', etag)
      return c.json(item, 200)
    })
    .openapi(routes.replace, async (c) => {
      const phone = phoneOf(c.req.valid('param').phone, settings)
      const header = c.req.valid('header')['if-match']
      const { name = null, language = null, timezone = null, fields = {}, groups = [] } = c.req.valid('json')
      const answer = await sql.transaction(async (tx) => {
        await tx.query('select 1 from contact where phone = $1::text for update', [phone])
        const before = await shownOne(tx, phone)
        if (header === undefined) {
          const detail = `Send the header If-Match with the ETag of the contact that you started from; it is ${before.etag} now.`
          throw new Problem('request/precondition', detail, {}, { etag: before.etag })
        }
        checkIfMatch(header, before)
        const cleared = Object.fromEntries(Object.keys(before.item.fields).map((key) => [key, null]))
        const left = Object.fromEntries(before.item.groups.map((id) => [id, false]))
        const joined = Object.fromEntries(groups.map((id) => [id, true]))
        const checked = checkedDraft({ fields, groups: joined }, await loadPeopleCatalogue(tx))
        const draft = {
          phone,
          name,
          language,
          timezone,
          fields: { ...cleared, ...checked.fields },
          groups: { ...left, ...checked.groups },
        }
        await save(tx, draft, c)
        return shownOne(tx, phone)
      })
      await contactsChanged([phone])
      c.header('etag', answer.etag)
      return c.json(answer.item, 200)
    })
    .openapi(routes.change, async (c) => {
      const phone = phoneOf(c.req.valid('param').phone, settings)
      const { fields, groups, ...known } = c.req.valid('json')
      const header = c.req.valid('header')['if-match']
      const answer = await sql.transaction(async (tx) => {
        await tx.query('select 1 from contact where phone = $1::text for update', [phone])
        if (header !== undefined) checkIfMatch(header, await shownOne(tx, phone))
        const checked = checkedDraft({ fields, groups }, await loadPeopleCatalogue(tx))
        await save(tx, { phone, ...defined(known), ...checked }, c)
        return shownOne(tx, phone)
      })
      await contactsChanged([phone])
      c.header('etag', answer.etag)
      return c.json(answer.item, 200)
    })
    .openapi(routes.remove, async (c) => {
      const phone = phoneOf(c.req.valid('param').phone, settings)
      await sql.transaction(async (tx) => {
        await shownOne(tx, phone)
        await tx.query('delete from group_member where phone = $1::text', [phone])
        await tx.query('delete from contact where phone = $1::text', [phone])
        await note(drizzleOver(tx), c, { action: 'contact.removed', subject: subjectOf(phone) })
      })
      await contactsChanged([phone])
      return c.body(null, 204)
    })
    .openapi(routes.history, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const phone = phoneOf(c.req.valid('param').phone, settings)
      const found = await timelineOf(sql, phone, { before: idCursor(cursor), limit: limit + 1 })
      const page = pageFrom(found, limit, ({ id }) => id)
      return c.json({ items: page.items.map(timelineItem), nextCursor: page.nextCursor }, 200)
    })
    .openapi(routes.notes, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const phone = phoneOf(c.req.valid('param').phone, settings)
      const rows = await sql.query<{ id: string; text: string; author: string; at: Date }>(
        `select id, text, author_name as author, at from contact_note
         where phone = $1::text and ($2::text is null or id < $2::text::uuid) order by id desc limit $3::int`,
        [phone, idCursor(cursor) ?? null, limit + 1],
      )
      const page = pageFrom(rows, limit, ({ id }) => id)
      return c.json({ ...page, items: page.items.map((row) => ({ ...row, at: timeText(row.at) })) }, 200)
    })
    .openapi(routes.addNote, async (c) => {
      const phone = phoneOf(c.req.valid('param').phone, settings)
      const { text } = c.req.valid('json')
      const { actor, actorName } = actorOf(c)
      await shownOne(sql, phone)
      const { now, newId } = meansOf(services)
      const id = newId()
      await sql.query(
        `insert into contact_note (id, phone, text, author, author_name, at)
         values ($1::uuid, $2::text, $3::text, $4::text, $5::text, $6::timestamptz)`,
        [id, phone, text, actor, actorName, iso(now)],
      )
      return c.json({ id, text, author: actorName, at: timeText(now) }, 201)
    })
    .openapi(routes.removeNote, async (c) => {
      const { phone, id } = c.req.valid('param')
      const gone = await sql.query('delete from contact_note where id = $1::uuid and phone = $2::text returning 1', [
        id,
        phoneOf(phone, settings),
      ])
      if (gone.length === 0) throw new Problem('contacts/no-note', `There is no note ${id} about this contact.`)
      return c.body(null, 204)
    })
    .openapi(routes.consent, async (c) => {
      const phone = phoneOf(c.req.valid('param').phone, settings)
      const { state, topic, channel = null, words, source, at } = c.req.valid('json')
      if (state === 'in' && (words ?? '') === '') {
        const message =
          'words must say what the contact agreed to, or in which words they did: an opt-in is worth its proof.'
        throw new Problem('request/invalid', message, { issues: [{ in: 'body', path: 'words', message }] })
      }
      const record = {
        phone,
        topic,
        state,
        channel,
        words: words ?? null,
        ...(at !== undefined && { at: Date.parse(at) }),
      }
      const item = await sql.transaction(async (tx) => {
        await save(tx, { phone }, c)
        await recordConsents(tx, [record], { source, ...actorOf(c) }, meansOf(services))
        return (await shownOne(tx, phone)).item
      })
      await contactsChanged([phone])
      return c.json(item, 200)
    })
    .openapi(routes.merge, async (c) => {
      const from = phoneOf(c.req.valid('param').phone, settings)
      const into = phoneOf(c.req.valid('json').into, settings)
      if (from === into) throw new Problem('request/invalid', 'A contact cannot be merged with itself.')
      const item = await sql.transaction(async (tx) => {
        if (!(await mergeContacts(tx, { from, into }, actorOf(c), meansOf(services)))) {
          throw new Problem('contacts/not-found', `One of ${from} and ${into} is no contact.`)
        }
        await note(drizzleOver(tx), c, { action: 'contact.merged', subject: subjectOf(into) })
        return (await shownOne(tx, into)).item
      })
      await contactsChanged([from, into])
      return c.json(item, 200)
    })
    .openapi(routes.erase, async (c) => {
      const phone = phoneOf(c.req.valid('param').phone, settings)
      const erased = await sql.transaction(async (tx) => {
        const rows = await eraseContact(tx, phone, meansOf(services))
        await note(drizzleOver(tx), c, { action: 'contact.erased', subject: subjectOf(phone) })
        return rows
      })
      await contactsChanged([phone])
      return c.json({ erased }, 200)
    })
}

/** Without what is undefined, which drafts take for nothing said. */
function defined<Values extends object>(values: Values): { [Name in keyof Values]: Exclude<Values[Name], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never
}
