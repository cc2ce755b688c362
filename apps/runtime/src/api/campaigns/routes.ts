import { ContactQueryError } from '@textloom/core'
import { answersOf } from '../../campaigns/answers.ts'
import type { Campaign } from '../../campaigns/campaign-schema.ts'
import {
  type CampaignRow,
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
import type { CheckResult } from '../../campaigns/check-result.ts'
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
import { timeText } from '../http/fields.ts'
import { idCursor, pageFrom } from '../http/page.ts'
import { Problem } from '../http/problem.ts'
import { resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'
import { operations } from './operations.ts'
import { changed, checkDraft, checkIfMatch, notFound, wrongState } from './problems.ts'
import { ruleRoutes } from './rules.ts'
import type { CampaignItem } from './schemas.ts'

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

  async function itemOf(row: CampaignRow, me: Principal, anew = false): Promise<CampaignItem> {
    const { id, state } = row
    const next = state === 'running' || state === 'paused' ? await nextDue(sql, id) : undefined
    return {
      id,
      state,
      definition: row.definition,
      etag: row.etag,
      lastCheck: row.lastCheck,
      progress: mutable(await progress(id, { anew })),
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

  async function shown(id: string, me: Principal, anew = false): Promise<CampaignItem> {
    await refreshResults(sql, id, { after: null, limit: REFRESH_AT_ONCE, now: clock.now() })
    return itemOf(await read(sql, id), me, anew)
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
    .openapi(operations.list, async (c) => {
      const { limit, cursor, state } = c.req.valid('query')
      const found = await listCampaigns(sql, { before: idCursor(cursor), state, limit: limit + 1 })
      const page = pageFrom(found, limit, ({ id }) => id)
      const items: CampaignItem[] = []
      for (const row of page.items) items.push(await itemOf(row, c.get('principal')))
      return c.json({ items, nextCursor: page.nextCursor }, 200)
    })
    .openapi(operations.create, async (c) => c.json(await create(written(c.req.valid('json')), c), 201))
    .openapi(operations.get, async (c) => {
      const item = await shown(c.req.valid('param').id, c.get('principal'))
      c.header('etag', item.etag)
      return c.json(item, 200)
    })
    .openapi(operations.replace, async (c) => {
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
    .openapi(operations.remove, async (c) => {
      const { id } = c.req.valid('param')
      await sql.transaction(async (tx) => {
        checkDraft(await locked(tx, id))
        await deleteCampaign(tx, id)
        await note(drizzleOver(tx), c, { action: 'campaign.removed', subject: `campaign:${id}` })
      })
      return c.body(null, 204)
    })
    .openapi(operations.copy, async (c) => {
      const { definition } = await read(sql, c.req.valid('param').id)
      return c.json(await create({ ...definition, name: copyName(definition.name) }, c), 201)
    })
    .openapi(operations.check, async (c) => {
      const { id } = c.req.valid('param')
      const row = await read(sql, id)
      checkDraft(row)
      const found = await check(row)
      await keepCheck(sql, id, found)
      return c.json(found, 200)
    })
    .openapi(operations.launch, async (c) => {
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
      return c.json(await shown(id, me, true), 200)
    })
    .openapi(operations.pause, async (c) => {
      const { id } = c.req.valid('param')
      await read(sql, id)
      if (!(await pauseCampaign(sql, id, clock.now()))) throw wrongState(await read(sql, id), 'running', 'paused')
      await note(drizzleOver(sql), c, { action: 'campaign.paused', subject: `campaign:${id}` })
      return c.json(await shown(id, c.get('principal'), true), 200)
    })
    .openapi(operations.resume, async (c) => {
      const { id } = c.req.valid('param')
      await read(sql, id)
      const isOn = await setState(sql, { id, from: ['paused'], to: 'running', at: clock.now() })
      if (!isOn) throw wrongState(await read(sql, id), 'paused', 'resumed')
      await note(drizzleOver(sql), c, { action: 'campaign.resumed', subject: `campaign:${id}` })
      api.campaigns.wake()
      return c.json(await shown(id, c.get('principal'), true), 200)
    })
    .openapi(operations.cancel, async (c) => {
      const { id } = c.req.valid('param')
      await read(sql, id)
      if (!(await cancelCampaign(sql, id, clock.now()))) {
        throw wrongState(await read(sql, id), 'running or paused', 'cancelled')
      }
      await note(drizzleOver(sql), c, { action: 'campaign.cancelled', subject: `campaign:${id}` })
      return c.json(await shown(id, c.get('principal'), true), 200)
    })
    .openapi(operations.test, async (c) => {
      const { id } = c.req.valid('param')
      const row = await read(sql, id)
      const request = { ...c.req.valid('json'), key: `${c.get('principal').id}:${c.get('reservedId')}` }
      return c.json(await sendTest(row, request, { sql, clock, routing, services }), 202)
    })
    .openapi(operations.recipients, async (c) => {
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
    .openapi(operations.answers, async (c) => {
      const row = await read(sql, c.req.valid('param').id)
      return c.json({ items: await answersOf(sql, row) }, 200)
    })
    .openapi(operations.export, async (c) => {
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
