import { ContactQueryError } from '@textloom/core'
import * as z from 'zod'
import { answersOf } from '../../campaigns/answers.ts'
import type { Campaign } from '../../campaigns/campaign-schema.ts'
import {
  type CampaignRow,
  type CampaignState,
  deleteCampaign,
  findCampaign,
  insertCampaign,
  keepCheck,
  listCampaigns,
  lockCampaign,
  replaceDefinition,
  requestStart,
  setState,
  startCampaign,
} from '../../campaigns/campaigns.ts'
import { checkCampaign } from '../../campaigns/check.ts'
import { type CheckResult, checkResultSchema } from '../../campaigns/check-result.ts'
import { exportLines } from '../../campaigns/export.ts'
import { countedProgress } from '../../campaigns/progress.ts'
import { listRecipients, nextDue } from '../../campaigns/recipients.ts'
import { refreshResults } from '../../campaigns/results.ts'
import { cancelCampaign, pauseCampaign } from '../../campaigns/runner.ts'
import { sendTest } from '../../campaigns/send-test.ts'
import { findChannel } from '../../catalogue/channels.ts'
import { drizzleOver } from '../../db/drizzle.ts'
import type { Sql } from '../../db/sql.ts'
import { recipientOf } from '../../host/services/recipient.ts'
import { Refusal } from '../../host/services/refusal.ts'
import type { Principal } from '../access/principal.ts'
import { noting } from '../audit/noting.ts'
import { timeText, uuidParams } from '../http/fields.ts'
import { idCursor, pageFrom, pageOf } from '../http/page.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, jsonBody, resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'
import { ruleRoutes } from './rules.ts'
import {
  answersSchema,
  type CampaignItem,
  campaignItemSchema,
  campaignQuery,
  definitionSchema,
  launchSchema,
  recipientQuery,
  recipientSchema,
  testSchema,
} from './schemas.ts'

const tags = ['Campaigns']
const ofCampaign = { params: uuidParams }
const now = { 200: json(campaignItemSchema, 'The campaign as it is now.') }

const routes = {
  list: createRoute({
    method: 'get',
    path: '/',
    tags,
    summary: 'List campaigns',
    request: { query: campaignQuery },
    responses: { 200: json(pageOf(campaignItemSchema), 'The newest first.') },
  }),
  create: createRoute({
    method: 'post',
    path: '/',
    tags,
    summary: 'Write a campaign',
    description: 'As a draft: nothing goes out before it was checked and launched.',
    request: { body: jsonBody(definitionSchema) },
    responses: { 201: json(campaignItemSchema, 'Written.') },
  }),
  get: createRoute({
    method: 'get',
    path: '/{id}',
    tags,
    summary: 'One campaign',
    request: ofCampaign,
    responses: { 200: json(campaignItemSchema, 'And how far it has come.') },
  }),
  replace: createRoute({
    method: 'put',
    path: '/{id}',
    tags,
    summary: 'Change a draft',
    description: 'Wants `If-Match` with the ETag that you started from. What was checked counts no more.',
    request: { ...ofCampaign, body: jsonBody(definitionSchema) },
    responses: now,
  }),
  remove: createRoute({
    method: 'delete',
    path: '/{id}',
    tags,
    summary: 'Throw a draft away',
    request: ofCampaign,
    responses: { 204: { description: 'Gone.' } },
  }),
  copy: createRoute({
    method: 'post',
    path: '/{id}/copy',
    tags,
    summary: 'Begin a draft with what another campaign was',
    request: ofCampaign,
    responses: { 201: json(campaignItemSchema, 'The new draft.') },
  }),
  check: createRoute({
    method: 'post',
    path: '/{id}/check',
    tags,
    summary: 'See what would go out',
    description:
      'Goes through everybody it is for: who gets what, who is left out and why, what it costs, how long it takes.',
    request: ofCampaign,
    responses: { 200: json(checkResultSchema, 'Nothing was sent.') },
  }),
  launch: createRoute({
    method: 'post',
    path: '/{id}/launch',
    tags,
    summary: 'Let a campaign go out',
    description:
      'As it was checked: refused when the audience or the campaign has changed since. Of an alert, the first person asks for it and another one starts it.',
    request: { ...ofCampaign, body: jsonBody(launchSchema) },
    responses: now,
  }),
  pause: createRoute({
    method: 'post',
    path: '/{id}/pause',
    tags,
    summary: 'Hold a campaign',
    description: 'What has not left is taken back, and leaves once it is resumed.',
    request: ofCampaign,
    responses: now,
  }),
  resume: createRoute({
    method: 'post',
    path: '/{id}/resume',
    tags,
    summary: 'Let a campaign go on',
    request: ofCampaign,
    responses: now,
  }),
  cancel: createRoute({
    method: 'post',
    path: '/{id}/cancel',
    tags,
    summary: 'End a campaign',
    description: 'What has not left never does.',
    request: ofCampaign,
    responses: now,
  }),
  test: createRoute({
    method: 'post',
    path: '/{id}/test',
    tags,
    summary: 'Send it to yourself',
    description: 'To one phone, at once, whatever its schedule.',
    request: { ...ofCampaign, body: jsonBody(testSchema) },
    responses: { 202: json(z.object({ id: z.uuid(), text: z.string().nullable() }), 'The message or session.') },
  }),
  recipients: createRoute({
    method: 'get',
    path: '/{id}/recipients',
    tags,
    summary: 'Who got it, and what became of it',
    request: { ...ofCampaign, query: recipientQuery },
    responses: { 200: json(pageOf(recipientSchema), 'In the order of phones.') },
  }),
  answers: createRoute({
    method: 'get',
    path: '/{id}/answers',
    tags,
    summary: 'What people answered',
    request: ofCampaign,
    responses: { 200: json(answersSchema, 'By question, the most frequent answer first.') },
  }),
  export: createRoute({
    method: 'get',
    path: '/{id}/export',
    tags,
    summary: 'Its recipients as a CSV file',
    request: ofCampaign,
    responses: {
      200: { content: { 'text/csv': { schema: z.string() } }, description: 'UTF-8, a line for each text.' },
    },
  }),
}

/** So many open texts are looked up at once where somebody looks at a campaign. */
const REFRESH_AT_ONCE = 2_000

/** `/campaigns`: texts and flows for many. */
export function campaigns(api: ApiServices) {
  const { sql, clock, nodes, routing, services } = api
  const note = noting(api)
  const progress = countedProgress(sql)
  const checkDeps = {
    sql,
    clock,
    routing,
    nodes,
    quotaOf: async (channel: string) => (await findChannel(drizzleOver(sql), channel))?.config.dailyQuota,
  }
  const read = async (tx: Sql, id: string) => (await findCampaign(tx, id)) ?? notFound(id)
  const locked = async (tx: Sql, id: string) => (await lockCampaign(tx, id)) ?? notFound(id)

  async function itemOf(row: CampaignRow, me: Principal): Promise<CampaignItem> {
    const { id, state } = row
    const next = state === 'running' || state === 'paused' ? await nextDue(sql, id) : undefined
    return {
      id,
      state,
      definition: row.definition,
      etag: row.etag,
      lastCheck: row.lastCheck,
      progress: mutable(await progress(id)),
      nextAt: next === undefined ? null : timeText(next),
      createdBy: row.createdBy,
      createdAt: timeText(row.createdAt),
      requestedBy: row.requestedByName,
      requestedByYou: row.requestedBy === me.id,
      requestedAt: textOrNull(row.requestedAt),
      launchedBy: row.launchedBy,
      startedAt: textOrNull(row.startedAt),
      endedAt: textOrNull(row.endedAt),
      trouble: row.trouble,
    }
  }

  async function shown(id: string, me: Principal): Promise<CampaignItem> {
    await refreshResults(sql, id, { after: null, limit: REFRESH_AT_ONCE, now: clock.now() })
    return itemOf(await read(sql, id), me)
  }

  /** Phones in their one spelling, each once. @throws Problem for one that is none */
  function written(definition: Campaign): Campaign {
    const { audience: spec, channel } = definition
    if (spec.phones === undefined || !routing.current.channels.has(channel)) return definition
    const phones = new Set<string>()
    for (const [index, phone] of spec.phones.entries()) {
      try {
        phones.add(recipientOf(routing.current, channel, phone).phone)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        const message = error.message.replace('"to"', `"${phone}"`)
        throw new Problem('request/invalid', message, {
          issues: [{ in: 'body', path: `audience.phones.${index}`, message }],
        })
      }
    }
    return { ...definition, audience: { ...spec, phones: [...phones] } }
  }

  async function create(definition: Campaign, c: Parameters<typeof note>[1]): Promise<CampaignItem> {
    const id = c.get('reservedId')
    const me = c.get('principal')
    await sql.transaction(async (tx) => {
      await insertCampaign(tx, { id, definition, by: me.label, at: clock.now() })
      await note(drizzleOver(tx), c, { action: 'campaign.created', subject: `campaign:${id}` })
    })
    c.header('location', `/api/v1/campaigns/${id}`)
    return shown(id, me)
  }

  return resource()
    .route('/', ruleRoutes(api))
    .openapi(routes.list, async (c) => {
      const { limit, cursor, state } = c.req.valid('query')
      const found = await listCampaigns(sql, { before: idCursor(cursor), state, limit: limit + 1 })
      const page = pageFrom(found, limit, ({ id }) => id)
      const items: CampaignItem[] = []
      for (const row of page.items) items.push(await itemOf(row, c.get('principal')))
      return c.json({ items, nextCursor: page.nextCursor }, 200)
    })
    .openapi(routes.create, async (c) => c.json(await create(written(c.req.valid('json')), c), 201))
    .openapi(routes.get, async (c) => {
      const item = await shown(c.req.valid('param').id, c.get('principal'))
      c.header('etag', item.etag)
      return c.json(item, 200)
    })
    .openapi(routes.replace, async (c) => {
      const { id } = c.req.valid('param')
      const definition = written(c.req.valid('json'))
      await sql.transaction(async (tx) => {
        const before = await locked(tx, id)
        checkIfMatch(c.req.header('if-match'), before)
        checkDraft(before)
        await replaceDefinition(tx, { id, definition, at: clock.now() })
        await note(drizzleOver(tx), c, { action: 'campaign.changed', subject: `campaign:${id}` })
      })
      const item = await shown(id, c.get('principal'))
      c.header('etag', item.etag)
      return c.json(item, 200)
    })
    .openapi(routes.remove, async (c) => {
      const { id } = c.req.valid('param')
      await sql.transaction(async (tx) => {
        checkDraft(await locked(tx, id))
        await deleteCampaign(tx, id)
        await note(drizzleOver(tx), c, { action: 'campaign.removed', subject: `campaign:${id}` })
      })
      return c.body(null, 204)
    })
    .openapi(routes.copy, async (c) => {
      const { definition } = await read(sql, c.req.valid('param').id)
      return c.json(await create({ ...definition, name: copyName(definition.name) }, c), 201)
    })
    .openapi(routes.check, async (c) => {
      const { id } = c.req.valid('param')
      const row = await read(sql, id)
      checkDraft(row)
      const found = await check(row)
      await keepCheck(sql, id, found)
      return c.json(found, 200)
    })
    .openapi(routes.launch, async (c) => {
      const { id } = c.req.valid('param')
      const me = c.get('principal')
      const row = await read(sql, id)
      checkDraft(row)
      const isAlert = row.definition.alert !== undefined
      if (isAlert && me.user === undefined) {
        throw new Problem('auth/not-a-person', 'An alert is started by two people who are signed in, not by a key.')
      }
      if (row.state === 'requested' && row.requestedBy === me.id) {
        throw new Problem('campaigns/same-person', 'You asked for this alert: somebody else must start it.')
      }
      await checkSeen(row, c.req.valid('json').digest)
      const isRequest = isAlert && row.state === 'draft'
      await sql.transaction(async (tx) => {
        const before = await locked(tx, id)
        if (before.state !== row.state || before.etag !== row.etag) throw changed(before)
        const at = clock.now()
        if (isRequest) await requestStart(tx, { id, by: me.id, name: me.label, at })
        else await startCampaign(tx, { id, by: me.label, at })
        const { recipients, segments } = before.lastCheck ?? { recipients: 0, segments: 0 }
        const action = isRequest ? 'campaign.requested' : 'campaign.launched'
        await note(drizzleOver(tx), c, { action, subject: `campaign:${id}`, data: { recipients, segments } })
      })
      api.campaigns.wake()
      return c.json(await shown(id, me), 200)
    })
    .openapi(routes.pause, async (c) => {
      const { id } = c.req.valid('param')
      await read(sql, id)
      if (!(await pauseCampaign(sql, id, clock.now()))) throw wrongState(await read(sql, id), 'running', 'paused')
      await note(drizzleOver(sql), c, { action: 'campaign.paused', subject: `campaign:${id}` })
      return c.json(await shown(id, c.get('principal')), 200)
    })
    .openapi(routes.resume, async (c) => {
      const { id } = c.req.valid('param')
      await read(sql, id)
      const isOn = await setState(sql, { id, from: ['paused'], to: 'running', at: clock.now() })
      if (!isOn) throw wrongState(await read(sql, id), 'paused', 'resumed')
      await note(drizzleOver(sql), c, { action: 'campaign.resumed', subject: `campaign:${id}` })
      api.campaigns.wake()
      return c.json(await shown(id, c.get('principal')), 200)
    })
    .openapi(routes.cancel, async (c) => {
      const { id } = c.req.valid('param')
      await read(sql, id)
      if (!(await cancelCampaign(sql, id, clock.now()))) {
        throw wrongState(await read(sql, id), 'running or paused', 'cancelled')
      }
      await note(drizzleOver(sql), c, { action: 'campaign.cancelled', subject: `campaign:${id}` })
      return c.json(await shown(id, c.get('principal')), 200)
    })
    .openapi(routes.test, async (c) => {
      const { id } = c.req.valid('param')
      const row = await read(sql, id)
      const request = { ...c.req.valid('json'), key: `${c.get('principal').id}:${c.get('reservedId')}` }
      return c.json(await sendTest(row, request, { sql, clock, routing, services }), 202)
    })
    .openapi(routes.recipients, async (c) => {
      const { id } = c.req.valid('param')
      await read(sql, id)
      const { limit, cursor, filter } = c.req.valid('query')
      const found = await listRecipients(sql, id, { after: placeOf(cursor), filter, limit: limit + 1 })
      const page = pageFrom(found, limit, (row) => `${row.phone} ${row.occurrence}`)
      const items = page.items.map((row) => ({
        ...row,
        dueAt: timeText(row.dueAt),
        queuedAt: textOrNull(row.queuedAt),
        sentAt: textOrNull(row.sentAt),
        deliveredAt: textOrNull(row.deliveredAt),
        repliedAt: textOrNull(row.repliedAt),
        optedOutAt: textOrNull(row.optedOutAt),
      }))
      return c.json({ items, nextCursor: page.nextCursor }, 200)
    })
    .openapi(routes.answers, async (c) => {
      const row = await read(sql, c.req.valid('param').id)
      return c.json({ items: await answersOf(sql, row) }, 200)
    })
    .openapi(routes.export, async (c) => {
      const { id } = c.req.valid('param')
      await read(sql, id)
      await note(drizzleOver(sql), c, { action: 'campaign.exported', subject: `campaign:${id}` })
      const lines = exportLines(sql, id)
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          const { value, done } = await lines.next()
          if (done) controller.close()
          else controller.enqueue(new TextEncoder().encode(value))
        },
      })
      return c.body(body, 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="campaign-${id}.csv"`,
      })
    })

  /** @throws Problem where its search cannot be read, or a group is not there */
  async function check(row: CampaignRow): Promise<CheckResult> {
    try {
      return await checkCampaign(row, checkDeps)
    } catch (error) {
      if (!(error instanceof ContactQueryError)) throw error
      throw new Problem('campaigns/not-ready', `Nobody can be found like this: ${error.message}`)
    }
  }

  /** @throws Problem where nobody has seen what would go out now */
  async function checkSeen(row: CampaignRow, digest: string): Promise<void> {
    if (row.lastCheck === null || row.lastCheck.digest !== digest) {
      throw new Problem(
        'campaigns/not-checked',
        'Check the campaign, look at what would go out, and launch with the digest of that check.',
      )
    }
    const fresh = await check(row)
    if (fresh.problems.length > 0) {
      throw new Problem('campaigns/not-ready', fresh.problems.map(({ message }) => message).join(' '), {
        problems: fresh.problems,
      })
    }
    if (fresh.digest === digest) return
    await keepCheck(sql, row.id, fresh)
    const detail = `Its audience has changed since it was checked: ${fresh.recipients} would get it now, ${row.lastCheck.recipients} did then. Look at the new check, and launch again.`
    throw new Problem('campaigns/not-checked', detail, { check: fresh })
  }
}

function checkIfMatch(header: string | undefined, row: CampaignRow): void {
  if (header === undefined) {
    const detail = `Send the header If-Match with the ETag that you started from, so that nobody's work is lost; it is ${row.etag} now.`
    throw new Problem('request/precondition', detail, {}, { etag: row.etag })
  }
  const tags = header.split(',').map((tag) => tag.trim())
  if (!tags.includes(row.etag) && !tags.includes('*')) throw changed(row)
}

function checkDraft(row: CampaignRow): void {
  if (row.state === 'draft' || row.state === 'requested') return
  throw new Problem(
    'campaigns/not-a-draft',
    `The campaign "${row.definition.name}" is ${row.state}. Copy it to change it.`,
  )
}

function changed({ definition, etag, state }: CampaignRow): Problem {
  const detail = `The campaign "${definition.name}" is not as you knew it: it is a ${state} with the ETag ${etag} now. Read it again.`
  return new Problem('campaigns/changed', detail, { current: { etag, definition } }, { etag })
}

function wrongState(
  { definition, state }: { definition: Campaign; state: CampaignState },
  wanted: string,
  deed: string,
): Problem {
  return new Problem(
    'campaigns/wrong-state',
    `The campaign "${definition.name}" is ${state}: only what is ${wanted} can be ${deed}.`,
  )
}

function notFound(id: string): never {
  throw new Problem('campaigns/not-found', `There is no campaign ${id}.`)
}

function copyName(name: string): string {
  return `${name.slice(0, 112)} (copy)`
}

function placeOf(cursor: string | undefined): { phone: string; occurrence: string } | undefined {
  const [phone, occurrence] = cursor?.split(' ') ?? []
  return phone === undefined || occurrence === undefined ? undefined : { phone, occurrence }
}

function textOrNull(at: Date | null): string | null {
  return at === null ? null : timeText(at)
}

/** As the answer's type has it, whose lists may be changed. */
function mutable<Value>(value: Value): Writable<Value> {
  return value as Writable<Value>
}

type Writable<Value> = Value extends readonly (infer Item)[]
  ? Writable<Item>[]
  : Value extends object
    ? { -readonly [Key in keyof Value]: Writable<Value[Key]> }
    : Value
