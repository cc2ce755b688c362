import type { Context } from 'hono'
import * as z from 'zod'
import {
  archiveDraft,
  canonical,
  type Draft,
  findDraft,
  insertDraft,
  listDrafts,
  replaceDraft,
} from '../../catalogue/drafts.ts'
import { findRevision, listeningOf, listRevisions } from '../../catalogue/revisions.ts'
import type { TestRun } from '../../catalogue/test-run.ts'
import { type Db, drizzleOver, inTransaction } from '../../db/drizzle.ts'
import { noting } from '../audit/noting.ts'
import type { ApiEnv } from '../http/env.ts'
import { numberCursor, pageFrom, pageOf, pageQuery } from '../http/page.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, jsonBody, opaque, resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'
import { flowItems } from './flow-items.ts'
import { importFlows } from './import-flows.ts'
import { changed, checkIfMatch, checkWritable } from './preconditions.ts'
import { publishDraft } from './publish-draft.ts'
import { issuesOf, readDocument, readDocuments } from './read-document.ts'
import {
  documentBody,
  flowItemSchema,
  flowParams,
  importedSchema,
  importQuery,
  listQuery,
  publishedSchema,
  publishSchema,
  revisionParams,
  revisionSchema,
  savedSchema,
} from './schemas.ts'

const tags = ['Flows']
const document = { $ref: '/schemas/flow.json' }
const ofFlow = { params: flowParams }

const routes = {
  create: createRoute({
    method: 'post',
    path: '/',
    tags,
    summary: 'Store a new flow as a draft',
    request: { body: documentBody },
    responses: { 201: json(savedSchema, 'Stored. A draft may have issues; publishing it may not.') },
  }),
  list: createRoute({
    method: 'get',
    path: '/',
    tags,
    summary: 'List flows',
    request: { query: listQuery },
    responses: { 200: json(pageOf(flowItemSchema), 'In the order of their ids.') },
  }),
  import: createRoute({
    method: 'post',
    path: '/import',
    tags,
    summary: 'Store one flow or a list of them, all or none',
    request: { query: importQuery, body: documentBody },
    responses: { 200: json(importedSchema, 'Stored as drafts.') },
  }),
  get: createRoute({
    method: 'get',
    path: '/{id}',
    tags,
    summary: 'The draft in canonical form',
    description: 'The header `Allow` lacks PUT where TEXTLOOM_CONFIG declares the flow: then it is read-only here.',
    request: ofFlow,
    responses: {
      200: opaque(document, 'The document, byte for byte as it is stored; its ETag is for If-Match.'),
      304: { description: 'It still has the ETag of If-None-Match.' },
    },
  }),
  replace: createRoute({
    method: 'put',
    path: '/{id}',
    tags,
    summary: 'Replace the draft',
    description:
      'Wants `If-Match` with the ETag that the change started from: 428 without, 409 with both versions when it is stale.',
    request: { ...ofFlow, body: documentBody },
    responses: { 200: json(savedSchema, 'Stored.') },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/{id}',
    tags,
    summary: 'Archive a flow',
    description:
      'It leaves all channels; running sessions go on. A flow that was never published is deleted. PUT brings it back.',
    request: ofFlow,
    responses: { 204: { description: 'Archived.' } },
  }),
  publish: createRoute({
    method: 'post',
    path: '/{id}/publish',
    tags,
    summary: 'Publish the draft on channels',
    description:
      'Its saved tests are run; one that fails is a warning among the issues, and does not stand in the way.',
    request: { ...ofFlow, body: jsonBody(publishSchema) },
    responses: { 200: json(publishedSchema, 'Published; new sessions begin with this revision.') },
  }),
  revisions: createRoute({
    method: 'get',
    path: '/{id}/revisions',
    tags,
    summary: 'List what was published',
    request: { ...ofFlow, query: z.object(pageQuery) },
    responses: { 200: json(pageOf(revisionSchema), 'The newest first.') },
  }),
  revision: createRoute({
    method: 'get',
    path: '/{id}/revisions/{revision}',
    tags,
    summary: 'The document of one revision',
    request: { params: revisionParams },
    responses: { 200: opaque(document, 'As it was published.') },
  }),
}

const octets = { 'content-type': 'application/json; charset=utf-8' }

/** `/flows`: drafts, and what is published of them. */
export function flows(services: ApiServices) {
  const { sql, nodes, clock, configurationChanged } = services
  const db = drizzleOver(sql)
  const now = () => new Date(clock.now())
  const noteDeed = noting(services)
  const edit = (c: Context<ApiEnv>) => ({ now: now(), by: c.get('principal').label })

  return resource()
    .openapi(routes.create, async (c) => {
      const flow = readDocument(c.get('bodyText'), nodes)
      const made = canonical(flow, nodes)
      if (!(await insertDraft(db, made, 'api', edit(c)))) throw await exists(db, made.id)
      c.header('etag', made.etag)
      c.header('location', `/api/v1/flows/${made.id}`)
      return c.json({ id: made.id, etag: made.etag, issues: issuesOf(flow, nodes) }, 201)
    })
    .openapi(routes.list, async (c) => {
      const { limit, cursor, archived, search } = c.req.valid('query')
      const found = await listDrafts(db, { after: cursor, limit: limit + 1, archived: archived === 'true', search })
      const page = pageFrom(found, limit, ({ id }) => id)
      const items = await flowItems(db, page.items)
      return c.json({ items, nextCursor: page.nextCursor }, 200)
    })
    .openapi(routes.import, async (c) => {
      const documents = readDocuments(c.get('bodyText'), nodes)
      const { existing } = c.req.valid('query')
      const items = await inTransaction(sql, (tx) => importFlows(tx, documents, { nodes, existing, edit: edit(c) }))
      return c.json({ items }, 200)
    })
    .openapi(routes.get, async (c) => {
      const { document, etag, source } = await draftOf(db, c.req.valid('param').id)
      c.header('etag', etag)
      c.header('allow', source === 'config' ? 'GET, HEAD' : 'GET, HEAD, PUT, DELETE')
      if (c.req.header('if-none-match')?.includes(etag)) return c.body(null, 304)
      return c.body(document, 200, octets)
    })
    .openapi(routes.replace, async (c) => {
      const { id } = c.req.valid('param')
      const flow = readDocument(c.get('bodyText'), nodes)
      if (flow.id !== id) {
        throw new Problem(
          'request/invalid',
          `The document has the id "${flow.id}", the path "${id}". A flow keeps its id.`,
        )
      }
      const made = canonical(flow, nodes)
      const draft = await draftOf(db, id)
      checkWritable(draft)
      checkIfMatch(c.req.header('if-match'), draft, made.document)
      // Another one may have been faster since.
      if (!(await replaceDraft(db, made, draft.etag, edit(c)))) throw changed(await draftOf(db, id), made.document)
      c.header('etag', made.etag)
      return c.json({ id, etag: made.etag, issues: issuesOf(flow, nodes) }, 200)
    })
    .openapi(routes.remove, async (c) => {
      const draft = await draftOf(db, c.req.valid('param').id)
      checkWritable(draft)
      await inTransaction(sql, async (tx) => {
        await archiveDraft(tx, draft.id, now())
        await noteDeed(tx, c, { action: 'flow.archived', subject: `flow:${draft.id}` })
      })
      await configurationChanged()
      return c.body(null, 204)
    })
    .openapi(routes.publish, async (c) => {
      const { channels, note } = c.req.valid('json')
      const { id } = c.req.valid('param')
      const { revision, issues, tests } = await publishDraft(services, {
        id,
        channels,
        note,
        by: c.get('principal').label,
        noted: async (tx, made) => {
          const data = { revision: made.number, channels }
          await noteDeed(tx, c, { action: 'flow.published', subject: `flow:${id}`, data })
        },
      })
      await configurationChanged()
      return c.json(
        { revision: revision.number, id: revision.id, channels, issues: [...issues], tests: counted(tests) },
        200,
      )
    })
    .openapi(routes.revisions, async (c) => {
      const { id } = c.req.valid('param')
      const { limit, cursor } = c.req.valid('query')
      await draftOf(db, id)
      const before = numberCursor(cursor)
      const page = pageFrom(await listRevisions(db, id, { before, limit: limit + 1 }), limit, ({ number }) =>
        String(number),
      )
      const listening = await listeningOf(db, [id])
      const items = page.items.map(({ number, publishedAt, ...revision }) => ({
        revision: number,
        ...revision,
        publishedAt: publishedAt.toISOString(),
        channels: listening.filter((one) => one.revision === number).map(({ channel }) => channel),
      }))
      return c.json({ items, nextCursor: page.nextCursor }, 200)
    })
    .openapi(routes.revision, async (c) => {
      const { id, revision } = c.req.valid('param')
      const found = await findRevision(db, id, revision)
      if (found === undefined) throw new Problem('flows/not-found', `The flow "${id}" has no revision ${revision}.`)
      return c.body(found.document, 200, octets)
    })
}

async function draftOf(tx: Db, id: string): Promise<Draft> {
  const draft = await findDraft(tx, id)
  if (draft === undefined) throw new Problem('flows/not-found', `There is no flow "${id}".`)
  return draft
}

async function exists(db: Db, id: string): Promise<Problem> {
  const draft = await findDraft(db, id)
  const what = draft?.archivedAt ? 'in the archive; PUT brings it back' : 'stored; PUT replaces it'
  return new Problem('flows/exists', `A flow with the id "${id}" is ${what}.`, { id, etag: draft?.etag })
}

/** Counted, but those that failed, which are told. */
function counted({ passed, failed, notRun }: TestRun) {
  return { passed, failed: [...failed], notRun: notRun.length }
}
