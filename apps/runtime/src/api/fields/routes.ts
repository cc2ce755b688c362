import { nameSchema } from '@textloom/core'
import * as z from 'zod'
import { drizzleOver } from '../../db/drizzle.ts'
import { iso } from '../../db/hot/recordset.ts'
import type { Sql } from '../../db/sql.ts'
import { indexFields } from '../../people/field-indexes.ts'
import { type FieldDefinition, fieldTypes } from '../../people/fields.ts'
import { noting } from '../audit/noting.ts'
import { pageFrom, pageOf, pageQuery } from '../http/page.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, jsonBody, resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'

const tags = ['Fields']
/** Each has an index of its own, which every change of a contact writes. */
const MOST_FIELDS = 100

const params = z.object({ key: nameSchema })
const shape = {
  title: z.string().trim().min(1).max(100),
  type: z.enum(fieldTypes).meta({
    description: '`date` is a day, or a day and a time, by the clocks where the contact is: `2026-03-05T09:30`.',
  }),
  choices: z.array(z.string().trim().min(1).max(100)).max(200).default([]).meta({ description: 'Of a `choice`.' }),
  position: z.int().min(0).max(10_000).optional().meta({ description: 'The order of forms; default at the end.' }),
}
const fieldSchema = z.object({ key: nameSchema, ...shape, position: z.int() }).meta({ id: 'ContactField' })
const newFieldSchema = z.strictObject({ key: nameSchema, ...shape }).meta({ id: 'NewContactField' })
const changedFieldSchema = z
  .strictObject({ ...shape, key: z.unknown().optional().meta({ description: 'Ignored.' }) })
  .meta({ id: 'ChangedContactField', description: 'What a GET answers may be sent back.' })

const routes = {
  list: createRoute({
    method: 'get',
    path: '/',
    tags,
    summary: 'List the fields of contacts',
    request: { query: z.object(pageQuery) },
    responses: { 200: json(pageOf(fieldSchema), 'In the order of forms.') },
  }),
  create: createRoute({
    method: 'post',
    path: '/',
    tags,
    summary: 'Define a field',
    request: { body: jsonBody(newFieldSchema) },
    responses: { 201: json(fieldSchema, 'Defined, and searched by as quickly as by any other.') },
  }),
  replace: createRoute({
    method: 'put',
    path: '/{key}',
    tags,
    summary: 'Change a field',
    description: 'Values that another type does not fit stay, and are found by no comparison.',
    request: { params, body: jsonBody(changedFieldSchema) },
    responses: { 200: json(fieldSchema, 'Changed.') },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/{key}',
    tags,
    summary: 'Take a field away',
    description:
      'Values stay with their contacts, for flows that read them; defined again, the field shows them again.',
    request: { params },
    responses: { 204: { description: 'Defined no more.' } },
  }),
}

type Row = FieldDefinition & { readonly position: number }

/** `/fields`: what is kept of contacts beside their names. */
export function fields(services: ApiServices) {
  const { sql, clock, log } = services
  const note = noting(services)

  const all = (on: Sql) =>
    on.query<Row>('select key, title, type, choices, position from contact_field order by position, key')
  const shown = ({ choices, ...row }: Row) => ({ ...row, choices: [...choices] })

  /** An index of a million rows takes a while, and nobody needs to wait for it. */
  function index(): void {
    indexFields(sql).catch((error: Error) =>
      log('warn', `A field of contacts could not be indexed, and is tried again in an hour: ${error.message}`),
    )
  }

  function check({ type, choices }: Pick<FieldDefinition, 'type' | 'choices'>): void {
    const distinct = new Set(choices.map((choice) => choice.toLowerCase()))
    const message =
      type === 'choice' && choices.length === 0
        ? 'choices must name at least one, for a field of type choice.'
        : type !== 'choice' && choices.length > 0
          ? 'choices are for fields of type choice only.'
          : distinct.size < choices.length
            ? 'choices must differ by more than capitals.'
            : undefined
    if (message === undefined) return
    throw new Problem('request/invalid', message, { issues: [{ in: 'body', path: 'choices', message }] })
  }

  return resource()
    .openapi(routes.list, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const rows = await all(sql)
      const from = cursor === undefined ? 0 : rows.findIndex(({ key }) => key === cursor) + 1
      const page = pageFrom(rows.slice(from, from + limit + 1), limit, ({ key }) => key)
      return c.json({ ...page, items: page.items.map(shown) }, 200)
    })
    .openapi(routes.create, async (c) => {
      const { key, title, type, choices, position } = c.req.valid('json')
      check({ type, choices })
      const made = await sql.transaction(async (tx) => {
        const rows = await all(tx)
        if (rows.some((row) => row.key === key)) {
          throw new Problem('fields/exists', `There is a field "${key}" already.`, { key })
        }
        if (rows.length >= MOST_FIELDS) {
          throw new Problem('fields/too-many', `Contacts have at most ${MOST_FIELDS} fields: take one away first.`)
        }
        const last = rows.at(-1)?.position ?? 0
        await tx.query(
          `insert into contact_field (key, title, type, choices, position, created_at, updated_at)
           values ($1::text, $2::text, $3::text, $4::text::jsonb, $5::int, $6::timestamptz, $6::timestamptz)`,
          [key, title, type, JSON.stringify(choices), position ?? last + 1, iso(clock.now())],
        )
        await note(drizzleOver(tx), c, { action: 'field.created', subject: `field:${key}` })
        return { key, title, type, choices, position: position ?? last + 1 }
      })
      index()
      c.header('location', `/api/v1/fields/${key}`)
      return c.json(made, 201)
    })
    .openapi(routes.replace, async (c) => {
      const { key } = c.req.valid('param')
      const { title, type, choices, position } = c.req.valid('json')
      check({ type, choices })
      const changed = await sql.transaction(async (tx) => {
        const before = (await all(tx)).find((row) => row.key === key)
        if (before === undefined) throw notFound(key)
        const after = { key, title, type, choices, position: position ?? before.position }
        await tx.query(
          `update contact_field set title = $2::text, type = $3::text, choices = $4::text::jsonb, position = $5::int,
             updated_at = $6::timestamptz where key = $1::text`,
          [key, title, type, JSON.stringify(choices), after.position, iso(clock.now())],
        )
        await note(drizzleOver(tx), c, { action: 'field.changed', subject: `field:${key}` })
        return after
      })
      index()
      return c.json(changed, 200)
    })
    .openapi(routes.remove, async (c) => {
      const { key } = c.req.valid('param')
      await sql.transaction(async (tx) => {
        const gone = await tx.query('delete from contact_field where key = $1::text returning 1', [key])
        if (gone.length === 0) throw notFound(key)
        await note(drizzleOver(tx), c, { action: 'field.removed', subject: `field:${key}` })
      })
      index()
      return c.body(null, 204)
    })
}

function notFound(key: string): Problem {
  return new Problem('fields/not-found', `There is no field "${key}".`)
}
