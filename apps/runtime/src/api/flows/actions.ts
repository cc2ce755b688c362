import { type FlowDocument, idSchema } from '@textloom/core'
import type { Context } from 'hono'
import * as z from 'zod'
import {
  archiveDraft,
  canonical,
  type Draft,
  type Edit,
  findDraft,
  insertDraft,
  replaceDraft,
  unarchiveDraft,
} from '../../catalogue/drafts.ts'
import { findRevision, listeningOf } from '../../catalogue/revisions.ts'
import { runningOf } from '../../catalogue/running.ts'
import { type Db, drizzleOver, inTransaction } from '../../db/drizzle.ts'
import { noting } from '../audit/noting.ts'
import type { ApiEnv } from '../http/env.ts'
import { textField, timeText } from '../http/fields.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, jsonBody, resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'
import { flowItems } from './flow-items.ts'
import { changed, checkIfMatch, checkWritable } from './preconditions.ts'
import { issuesOf, readDocument } from './read-document.ts'
import { flowItemSchema, flowParams, revisionParams, savedSchema } from './schemas.ts'

const tags = ['Flows']
const ofFlow = { params: flowParams }
const nameSchema = textField.trim().min(1).max(200)

const liveSchema = flowItemSchema
  .extend({
    revisions: z
      .array(
        z.object({
          revision: z.int().nullable(),
          channels: z.array(z.string()).meta({ description: 'Where it listens.' }),
          sessions: z.int().meta({ description: 'Conversations that are in the middle of it.' }),
          oldestStartedAt: z.iso.datetime().nullable(),
        }),
      )
      .meta({ description: 'Those that listen or have running sessions, the newest first.' }),
  })
  .meta({ id: 'LiveFlow' })

const routes = {
  live: createRoute({
    method: 'get',
    path: '/{id}/live',
    tags,
    summary: 'Where a flow listens, and how many are in the middle of it',
    request: ofFlow,
    responses: { 200: json(liveSchema, 'By revision.') },
  }),
  restore: createRoute({
    method: 'post',
    path: '/{id}/revisions/{revision}/restore',
    tags,
    summary: 'Make the draft what a revision was',
    description: 'Wants `If-Match` like PUT.',
    request: { params: revisionParams },
    responses: { 200: json(savedSchema, 'The draft; publish it to make it live.') },
  }),
  rename: createRoute({
    method: 'post',
    path: '/{id}/rename',
    tags,
    summary: 'Give the draft another name',
    request: { ...ofFlow, body: jsonBody(z.strictObject({ name: nameSchema })) },
    responses: { 200: json(savedSchema, 'The draft has a new ETag.') },
  }),
  duplicate: createRoute({
    method: 'post',
    path: '/{id}/duplicate',
    tags,
    summary: 'Store a copy of the draft as another flow',
    request: { ...ofFlow, body: jsonBody(z.strictObject({ id: idSchema, name: nameSchema })) },
    responses: { 201: json(savedSchema, 'The copy, a draft.') },
  }),
  archive: createRoute({
    method: 'post',
    path: '/{id}/archive',
    tags,
    summary: 'Put a flow away',
    description: 'It leaves all channels; running sessions go on. Unlike DELETE it keeps what was never published.',
    request: ofFlow,
    responses: { 200: json(flowItemSchema, 'In the archive.') },
  }),
  unarchive: createRoute({
    method: 'post',
    path: '/{id}/unarchive',
    tags,
    summary: 'Take a flow out of the archive',
    request: ofFlow,
    responses: { 200: json(flowItemSchema, 'A draft again, that listens nowhere.') },
  }),
}

/** What can be done with a flow beside editing and publishing it. */
export function flowActions(services: ApiServices) {
  const { sql, nodes, clock, configurationChanged } = services
  const db = drizzleOver(sql)
  const noteDeed = noting(services)
  const edit = (c: Context<ApiEnv>): Edit => ({ now: new Date(clock.now()), by: c.get('principal').label })

  /** Stores another document in the place of a draft. @throws Problem when somebody else was faster */
  async function replace(tx: Db, c: Context<ApiEnv>, draft: Draft, flow: FlowDocument) {
    const made = canonical(flow, nodes)
    if (!(await replaceDraft(tx, made, draft.etag, edit(c)))) throw changed(await draftOf(tx, draft.id), made.document)
    c.header('etag', made.etag)
    return { id: made.id, etag: made.etag, issues: issuesOf(flow, nodes) }
  }

  async function itemOf(id: string) {
    const [item] = await flowItems(db, [await draftOf(db, id)])
    if (item === undefined) throw notFound(id)
    return item
  }

  return resource()
    .openapi(routes.live, async (c) => {
      const { id } = c.req.valid('param')
      const [item, listening, running] = await Promise.all([itemOf(id), listeningOf(db, [id]), runningOf(db, [id])])
      const numbers = new Set([...listening, ...running].map(({ revision }) => revision))
      const revisions = [...numbers]
        .toSorted((a, b) => (b ?? 0) - (a ?? 0))
        .map((revision) => {
          const talks = running.find((one) => one.revision === revision)
          return {
            revision,
            channels: listening.filter((one) => one.revision === revision).map(({ channel }) => channel),
            sessions: talks?.sessions ?? 0,
            oldestStartedAt: talks === undefined ? null : timeText(talks.oldestStartedAt),
          }
        })
      return c.json({ ...item, revisions }, 200)
    })
    .openapi(routes.restore, async (c) => {
      const { id, revision } = c.req.valid('param')
      const draft = await draftOf(db, id)
      checkWritable(draft)
      const found = await findRevision(db, id, revision)
      if (found === undefined) throw new Problem('flows/not-found', `The flow "${id}" has no revision ${revision}.`)
      checkIfMatch(c.req.header('if-match'), draft, found.document)
      const saved = await inTransaction(sql, async (tx) => {
        const restored = await replace(tx, c, draft, readDocument(found.document, nodes))
        await noteDeed(tx, c, { action: 'flow.restored', subject: `flow:${id}`, data: { revision } })
        return restored
      })
      return c.json(saved, 200)
    })
    .openapi(routes.rename, async (c) => {
      const draft = await draftOf(db, c.req.valid('param').id)
      checkWritable(draft)
      const { name } = c.req.valid('json')
      return c.json(await replace(db, c, draft, { ...readDocument(draft.document, nodes), name }), 200)
    })
    .openapi(routes.duplicate, async (c) => {
      const draft = await draftOf(db, c.req.valid('param').id)
      const flow = { ...readDocument(draft.document, nodes), ...c.req.valid('json') }
      const { id, etag, ...made } = canonical(flow, nodes)
      if (!(await insertDraft(db, { id, etag, ...made }, 'api', edit(c)))) {
        throw new Problem('flows/exists', `A flow with the id "${id}" exists.`, { id })
      }
      c.header('etag', etag)
      c.header('location', `/api/v1/flows/${id}`)
      return c.json({ id, etag, issues: issuesOf(flow, nodes) }, 201)
    })
    .openapi(routes.archive, async (c) => {
      const { id } = c.req.valid('param')
      checkWritable(await draftOf(db, id))
      await inTransaction(sql, async (tx) => {
        await archiveDraft(tx, id, new Date(clock.now()), { keepsUnpublished: true })
        await noteDeed(tx, c, { action: 'flow.archived', subject: `flow:${id}` })
      })
      await configurationChanged()
      return c.json(await itemOf(id), 200)
    })
    .openapi(routes.unarchive, async (c) => {
      const { id } = c.req.valid('param')
      checkWritable(await draftOf(db, id))
      await unarchiveDraft(db, id)
      return c.json(await itemOf(id), 200)
    })
}

async function draftOf(tx: Db, id: string): Promise<Draft> {
  const draft = await findDraft(tx, id)
  if (draft === undefined) throw notFound(id)
  return draft
}

function notFound(id: string): Problem {
  return new Problem('flows/not-found', `There is no flow "${id}".`)
}
