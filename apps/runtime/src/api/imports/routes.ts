import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { drizzleOver } from '../../db/drizzle.ts'
import { csvFile } from '../../exports/csv-file.ts'
import {
  changeImport,
  deleteImport,
  findImport,
  type ImportActor,
  type ImportChange,
  type ImportPlan,
  type ImportRow,
  type ImportState,
  insertImport,
  listImports,
  lockImport,
} from '../../imports/imports.ts'
import { keepFile, loadFile, readUpload } from '../../imports/pieces.ts'
import { FileRefusal } from '../../imports/reading/file-refusal.ts'
import type { ReadingWishes } from '../../imports/reading/read-table.ts'
import { lookAtFile } from '../../imports/thread/file-thread.ts'
import type { FileLook } from '../../imports/thread/protocol.ts'
import { troubledLines } from '../../imports/troubled-lines.ts'
import { loadPeopleCatalogue } from '../../people/catalogue.ts'
import { allows } from '../access/permissions.ts'
import type { Principal } from '../access/principal.ts'
import { noting } from '../audit/noting.ts'
import type { ApiEnv } from '../http/env.ts'
import { uuidParams } from '../http/fields.ts'
import { idCursor, pageFrom, pageOf, pageQuery } from '../http/page.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, jsonBody, resource } from '../http/route.ts'
import { streamed } from '../http/streamed.ts'
import type { ApiServices, ApiSettings } from '../services.ts'
import { checkPlan } from './check-plan.ts'
import {
  changedImportSchema,
  importItem,
  importSchema,
  importSummary,
  importSummarySchema,
  rulesSchema,
  uploadQuery,
} from './schemas.ts'

const tags = ['Imports']
const ofImport = { params: uuidParams }
const now = { 200: json(importSchema, 'The import as it is now.') }
const begun = { 202: json(importSchema, 'Begun; `/events` and this resource tell how far it is.') }

const routes = {
  list: createRoute({
    method: 'get',
    path: '/',
    tags,
    summary: 'List imports',
    request: { query: z.object(pageQuery) },
    responses: { 200: json(pageOf(importSummarySchema), 'The newest first.') },
  }),
  upload: createRoute({
    method: 'post',
    path: '/',
    tags,
    summary: 'Upload a file of contacts',
    description:
      'The body is the file itself: CSV in any usual encoding, or .xlsx; at most 50 MB, 500,000 rows, 200 columns. Nothing is imported yet: the answer shows how it is read, and what its columns seem to be for.',
    request: {
      query: uploadQuery,
      body: {
        required: true,
        content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
      },
    },
    responses: { 201: json(importSchema, 'Kept for a week.') },
  }),
  get: createRoute({
    method: 'get',
    path: '/{id}',
    tags,
    summary: 'One import',
    request: ofImport,
    responses: now,
  }),
  change: createRoute({
    method: 'put',
    path: '/{id}',
    tags,
    summary: 'Choose how a file is read and what becomes of it',
    description: 'What is absent stays. A dry run that was made counts no more.',
    request: { ...ofImport, body: jsonBody(changedImportSchema) },
    responses: now,
  }),
  check: createRoute({
    method: 'post',
    path: '/{id}/check',
    tags,
    summary: 'Try an import without changing anything',
    request: ofImport,
    responses: begun,
  }),
  run: createRoute({
    method: 'post',
    path: '/{id}/run',
    tags,
    summary: 'Import what was tried',
    description: 'After a dry run, or a cancel: then it goes on where it stopped.',
    request: ofImport,
    responses: begun,
  }),
  cancel: createRoute({
    method: 'post',
    path: '/{id}/cancel',
    tags,
    summary: 'Stop what is being done',
    description: 'What was imported by then stays until it is undone.',
    request: ofImport,
    responses: now,
  }),
  undo: createRoute({
    method: 'post',
    path: '/{id}/undo',
    tags,
    summary: 'Take an import back',
    description:
      'Contacts that it made and nobody touched since go, what it changed is again what it was. What was changed since stays, and `/rows?of=kept` lists it.',
    request: ofImport,
    responses: begun,
  }),
  rows: createRoute({
    method: 'get',
    path: '/{id}/rows',
    tags,
    summary: 'Rows that were refused, as a CSV file',
    description:
      'With the reason, and what stood in them: mend them and import the file. `of=kept`: what an undo left.',
    request: { ...ofImport, query: z.object({ of: z.enum(['refused', 'kept']).default('refused') }) },
    responses: { 200: { content: { 'text/csv': { schema: z.string() } }, description: 'UTF-8 with its mark.' } },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/{id}',
    tags,
    summary: 'Forget an import and its file',
    description: 'What it imported stays, and cannot be undone any more.',
    request: ofImport,
    responses: { 204: { description: 'Forgotten.' } },
  }),
}

/** `/imports`: contacts from files. */
export function imports(services: ApiServices, settings: Pick<ApiSettings, 'defaultCountry'>) {
  const { sql, clock, imports: runner } = services
  const country = settings.defaultCountry ?? null
  const note = noting(services)
  const read = async (id: string) => (await findImport(sql, id)) ?? notFound(id)

  async function look(octets: Uint8Array, wishes: ReadingWishes): Promise<FileLook> {
    const { fields } = await loadPeopleCatalogue(sql)
    // A copy goes to the thread: the octets themselves are still to be kept.
    return refusing(() => lookAtFile({ octets, wishes, country, plan: { fields } }))
  }

  /** Changes the state, or says in which state it would have to be. */
  async function move(
    c: Context<ApiEnv>,
    id: string,
    { from, action, check, ...change }: ImportChange & Moved & { readonly from: readonly ImportState[] },
  ): Promise<ImportRow> {
    await sql.transaction(async (tx) => {
      const row = (await lockImport(tx, id)) ?? notFound(id)
      if (!from.includes(row.state)) throw notNow(row, from)
      check?.(row)
      await changeImport(tx, id, { problem: null, ...actorOf(c), ...change, at: clock.now() })
      if (action !== undefined) await note(drizzleOver(tx), c, { action, subject: `import:${id}` })
    })
    runner.wake()
    return read(id)
  }

  async function changed(
    row: ImportRow,
    change: z.output<typeof changedImportSchema>,
    { scopes }: Principal,
  ): Promise<ImportChange> {
    const { reading, mapping, rules } = change
    const { look: before, plan } = row
    const isSame = reading === undefined
    const found = isSame ? before : await look(await refusing(() => loadFile(sql, row)), reading)
    // Guessed anew where the columns are others.
    const isKept = found.columns.join('\n') === before.columns.join('\n')
    const wanted: ImportPlan = {
      mapping: mapping ?? (isKept ? plan?.mapping : undefined) ?? found.mapping,
      rules: rules ?? plan?.rules ?? { ...rulesSchema.parse({}), country },
    }
    if (wanted.rules.consent !== null && !allows(scopes, 'consent:write')) {
      throw new Problem(
        'auth/forbidden',
        'You may not declare consents: leave the consent out, or ask somebody who may.',
      )
    }
    if (mapping !== undefined || rules !== undefined) await checkPlan(sql, { look: found }, wanted)
    return { look: found, plan: wanted, ...(reading !== undefined && { wishes: reading }) }
  }

  return resource()
    .openapi(routes.list, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const found = await listImports(sql, { before: idCursor(cursor), limit: limit + 1 })
      const page = pageFrom(found, limit, ({ id }) => id)
      return c.json({ items: page.items.map(importSummary), nextCursor: page.nextCursor }, 200)
    })
    .openapi(routes.upload, async (c) => {
      const { name } = c.req.valid('query')
      const { body } = c.req.raw
      if (body === null) throw new Problem('imports/refused', 'There is no file in the body: send it as it is.')
      const octets = await refusing(() => readUpload(body))
      const id = c.get('reservedId')
      const found = await look(octets, {})
      await sql.transaction(async (tx) => {
        await keepFile(tx, id, octets)
        const row = { id, name, size: octets.length, wishes: {}, look: found }
        await insertImport(tx, { ...row, ...actorOf(c), at: clock.now() })
        await note(drizzleOver(tx), c, { action: 'import.uploaded', subject: `import:${id}` })
      })
      c.header('location', `/api/v1/imports/${id}`)
      return c.json(importItem(await read(id)), 201)
    })
    .openapi(routes.get, async (c) => c.json(importItem(await read(c.req.valid('param').id)), 200))
    .openapi(routes.change, async (c) => {
      const { id } = c.req.valid('param')
      const row = await read(id)
      const from = ['draft', 'checked', 'failed'] as const
      if (!from.some((state) => state === row.state)) throw notNow(row, from)
      const change = await changed(row, c.req.valid('json'), c.get('principal'))
      const isUnrun = (at: ImportRow) => {
        if (at.ranAt !== null) throw notNow(at, from)
      }
      return c.json(
        importItem(await move(c, id, { from, state: 'draft', counts: null, ...change, check: isUnrun })),
        200,
      )
    })
    .openapi(routes.check, async (c) => {
      const check = ({ plan, ranAt, ...row }: ImportRow) => {
        if (ranAt !== null) throw notNow(row, ['draft'])
        if (plan !== null) return
        throw new Problem('imports/not-planned', 'Nobody has chosen what its columns are for: do so with PUT first.')
      }
      const from = ['draft', 'checked', 'failed'] as const
      const row = await move(c, c.req.valid('param').id, { from, state: 'checking', progress: 0, counts: null, check })
      return c.json(importItem(row), 202)
    })
    .openapi(routes.run, async (c) => {
      const check = ({ counts, undone, ...row }: ImportRow) => {
        if (counts === null || undone !== null) throw notNow(row, ['checked'])
      }
      const { id } = c.req.valid('param')
      const { ranAt } = await read(id)
      const fresh = ranAt === null ? { progress: 0, position: 0 } : {}
      const from = ['checked', 'cancelled'] as const
      const row = await move(c, id, { from, state: 'running', action: 'import.run', check, ...fresh })
      return c.json(importItem(row), 202)
    })
    .openapi(routes.cancel, async (c) => {
      const { id } = c.req.valid('param')
      const { state } = await read(id)
      const to = state === 'checking' ? 'draft' : 'cancelled'
      const from = state === 'checking' ? (['checking'] as const) : (['running', 'undoing'] as const)
      return c.json(importItem(await move(c, id, { from, state: to, action: 'import.cancelled' })), 200)
    })
    .openapi(routes.undo, async (c) => {
      const { id } = c.req.valid('param')
      const { undone } = await read(id)
      // An undo that was cancelled goes on where it stopped.
      const fresh = undone === null ? { progress: 0, position: 0 } : {}
      const check = (row: ImportRow) => {
        if (row.ranAt === null) throw notNow(row, ['done'])
      }
      const from = ['done', 'cancelled'] as const
      const row = await move(c, id, { from, state: 'undoing', action: 'import.undone', check, ...fresh })
      return c.json(importItem(row), 202)
    })
    .openapi(routes.rows, async (c) => {
      const row = await read(c.req.valid('param').id)
      const { of } = c.req.valid('query')
      const name = `${row.name.replace(/\.\w+$/, '')} ${of === 'refused' ? 'not imported' : 'not undone'}.csv`
      return streamed(c, csvFile(troubledLines(sql, row, of)), { name, type: 'text/csv; charset=utf-8' })
    })
    .openapi(routes.remove, async (c) => {
      const { id } = c.req.valid('param')
      await sql.transaction(async (tx) => {
        const row = (await lockImport(tx, id)) ?? notFound(id)
        const isWorking = ['checking', 'running', 'undoing'].includes(row.state)
        if (isWorking) throw new Problem('imports/not-now', 'The import is underway: cancel it first.')
        await deleteImport(tx, id)
        await note(drizzleOver(tx), c, { action: 'import.removed', subject: `import:${id}` })
      })
      return c.body(null, 204)
    })
}

interface Moved {
  readonly action?: 'import.run' | 'import.cancelled' | 'import.undone'
  /** @throws Problem where it cannot be */
  readonly check?: (row: ImportRow) => void
}

function actorOf(c: Context<ApiEnv>): ImportActor {
  const { id, label } = c.get('principal')
  return { actor: id, actorName: label }
}

/** Says what is wrong with a file, as the API says things. @throws Problem */
async function refusing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error
    throw new Problem(error.code === 'too-large' ? 'imports/too-large' : 'imports/refused', error.message)
  }
}

function notFound(id: string): never {
  throw new Problem('imports/not-found', `There is no import ${id}.`)
}

const words: { readonly [state in ImportState]: string } = {
  draft: 'is only uploaded',
  checking: 'is being tried',
  checked: 'was tried',
  running: 'is running',
  done: 'is done',
  cancelled: 'was cancelled',
  undoing: 'is being undone',
  undone: 'was undone',
  failed: 'failed',
}

function notNow({ state }: Pick<ImportRow, 'state'>, from: readonly ImportState[]): Problem {
  const wanted = from.map((one) => `"${one}"`).join(' or ')
  return new Problem('imports/not-now', `The import ${words[state]}; this takes one in the state ${wanted}.`, { state })
}
