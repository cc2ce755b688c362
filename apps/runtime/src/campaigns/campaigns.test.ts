import { beforeEach, describe, expect, test } from 'vitest'
import type { HostEvent, SendRequested } from '../host/incoming.ts'
import type { Routing } from '../host/routing.ts'
import { emptyRouting } from '../host/routing.ts'
import { withDatabase } from '../host/testing/with-database.ts'
import { campaignSchema } from './campaign-schema.ts'
import { findCampaign, insertCampaign, startCampaign } from './campaigns.ts'
import { planCampaign } from './plan.ts'
import { loadRules } from './runner.ts'
import { sendDue } from './send.ts'
import { planSilent } from './silent.ts'

const database = withDatabase()
const id = '01900000-0000-7000-8000-000000000001'
const route = {
  id: '4040',
  address: '4040',
  links: ['phone'],
  languages: ['en'],
  hasKeywords: true,
  texts: { stop: '', start: '', help: '' },
  validityMs: 86_400_000,
}
const routing: { current: Routing } = { current: { ...emptyRouting, channels: new Map([['4040', route]]) } }

let now = 0
let sent: { at: string; to: string; id: string }[] = []
let made = 0
beforeEach(() => {
  now = 0
  sent = []
})

const deps = () => ({
  sql: database().sql,
  clock: { now: () => now },
  ids: {
    next: () => {
      made += 1
      return `01900000-0000-7000-9000-${String(made).padStart(12, '0')}`
    },
  },
  routing,
  async submit(event: HostEvent) {
    const { phone, messageId, id: message } = event as SendRequested
    sent.push({ at: new Date(now).toISOString().slice(0, 16), to: phone, id: messageId.split(':').slice(3).join(':') })
    return { status: 'queued', id: message } as const
  },
})

async function begun(at: string, more: object) {
  now = Date.parse(`${at}Z`)
  const definition = campaignSchema.parse({
    name: 'Reminder',
    channel: '4040',
    content: { kind: 'message', variants: [{ id: 'A', texts: { en: 'See you {{ contact.fields.visit }}' } }] },
    audience: { phones: ['+4915100000001'] },
    consent: 'not-refused',
    timezone: 'Europe/Berlin',
    quiet: null,
    ...more,
  })
  const { sql } = database()
  await insertCampaign(sql, { id, definition, by: 'test', at: now })
  await startCampaign(sql, { id, by: 'test', at: now })
}

/** Lets time go by in steps, planning and sending as the runner does. */
async function until(at: string, stepMinutes = 60) {
  const end = Date.parse(`${at}Z`)
  for (; now <= end; now += stepMinutes * 60_000) {
    const row = await findCampaign(database().sql, id)
    if (row === undefined) throw new Error('The campaign is gone.')
    const rules = await loadRules(database().sql)
    await planSilent(row, deps())
    await planCampaign(row, deps(), { rules, budgetMs: 1_000 })
    await sendDue(row, deps(), { rules, most: 100 })
  }
}

const visit = (phone: string, value: string | null) =>
  database().sql.query(
    `insert into contact (phone, fields, created_at, updated_at) values ($1, $2::text::jsonb, now(), now())
     on conflict (phone) do update set fields = excluded.fields`,
    [phone, JSON.stringify({ visit: value })],
  )

const relative = {
  kind: 'relative',
  field: 'visit',
  offsets: [{ days: -1, time: '18:00' }, { minutes: -120 }],
}

describe('reminders of a date', () => {
  test('come once each, at the written hour', async () => {
    await visit('+4915100000001', '2026-03-30T09:00')
    await begun('2026-03-29T12:00', { schedule: relative })
    await until('2026-03-30T10:00')
    // The clocks go forward in the night before.
    expect(sent.map(({ at }) => at)).toEqual(['2026-03-29T16:00', '2026-03-30T05:00'])
  })

  test('follow a date that moves, and are silent about one that is cancelled', async () => {
    await visit('+4915100000001', '2026-06-10T09:00')
    await begun('2026-06-09T08:00', { schedule: relative })
    await until('2026-06-09T12:00')
    await visit('+4915100000001', '2026-06-11T09:00')
    await until('2026-06-10T17:00')
    expect(sent.map(({ at }) => at)).toEqual(['2026-06-10T16:00'])
    await visit('+4915100000001', null)
    await until('2026-06-11T08:00')
    expect(sent).toHaveLength(1)
    const left = await database().sql.query(`select 1 from campaign_recipient where state = 'planned'`)
    expect(left).toEqual([])
  })

  test('come for a date that moves away and back', async () => {
    await visit('+4915100000001', '2026-06-10T09:00')
    await begun('2026-06-09T08:00', { schedule: relative })
    await until('2026-06-09T10:00')
    await visit('+4915100000001', '2026-06-20T09:00')
    await until('2026-06-09T12:00')
    await visit('+4915100000001', '2026-06-10T09:00')
    await until('2026-06-10T12:00')
    expect(sent.map(({ at }) => at)).toEqual(['2026-06-09T16:00', '2026-06-10T05:00'])
  })
})

describe('a recurring campaign', () => {
  test('comes once a day across a change of the clocks, and not for the time before it began', async () => {
    const schedule = { kind: 'recurring', rule: 'FREQ=DAILY', from: '2026-10-20', time: '18:00' }
    await begun('2026-10-24T17:00', { schedule })
    await until('2026-10-27T18:00')
    expect(sent.map(({ at, id: occurrence }) => `${occurrence} ${at}`)).toEqual([
      '2026-10-25 2026-10-25T17:00',
      '2026-10-26 2026-10-26T17:00',
      '2026-10-27 2026-10-27T17:00',
    ])
  })

  test('reaches each contact by their own clock', async () => {
    const schedule = { kind: 'recurring', rule: 'FREQ=DAILY;COUNT=1', from: '2026-06-02', time: '18:00' }
    const phones = ['+4915100000001', '+97798000000001', '+85291234567']
    await begun('2026-06-02T08:00', { schedule, audience: { phones } })
    await until('2026-06-02T16:00', 15)
    expect(sent.map(({ at, to }) => `${to} ${at}`)).toEqual([
      '+85291234567 2026-06-02T10:00',
      '+97798000000001 2026-06-02T12:15',
      '+4915100000001 2026-06-02T16:00',
    ])
  })
})

describe('what is late', () => {
  test('after a stop leaves if it is still worth it', async () => {
    await begun('2026-06-01T08:00', {
      schedule: { kind: 'once', date: '2026-06-01', time: '12:00' },
      expiry: 'PT2H',
      audience: { phones: ['+4915100000001', '+85291234567'] },
    })
    now = Date.parse('2026-06-01T11:30Z')
    await until('2026-06-01T11:30')
    expect(sent.map(({ to }) => to)).toEqual(['+4915100000001'])
    const rows = await database().sql.query(`select phone, reason from campaign_recipient where state = 'skipped'`)
    expect(rows).toEqual([{ phone: '+85291234567', reason: 'too-late' }])
  })

  test('waits for the morning when the night has come', async () => {
    await begun('2026-06-01T20:00', { schedule: { kind: 'now' }, quiet: { from: '21:00', to: '08:00' } })
    await until('2026-06-02T07:00')
    expect(sent.map(({ at }) => at)).toEqual(['2026-06-02T06:00'])
  })
})

test('an alert is texted again to the silent only, so often as it says', async () => {
  const phones = ['+4915100000001', '+4915100000002']
  await begun('2026-06-01T23:00', {
    schedule: { kind: 'now' },
    quiet: { from: '21:00', to: '08:00' },
    alert: { reason: 'The river is rising.', again: 'PT10M', times: 2 },
    audience: { phones },
  })
  await until('2026-06-01T23:05', 5)
  expect(sent).toHaveLength(2)
  await database().sql.query(`update campaign_recipient set replied_at = now() where phone = $1`, [phones[0] ?? ''])
  await until('2026-06-01T23:50', 5)
  expect(sent.slice(2).map(({ to, at, id: occurrence }) => `${to} ${at} ${occurrence}`)).toEqual([
    '+4915100000002 2026-06-01T23:10 2',
    '+4915100000002 2026-06-01T23:20 3',
  ])
})

test('over the cap of a prefix texts wait for the next day, others go on', async () => {
  const { sql } = database()
  const limits = { caps: [{ prefix: '+49', segmentsPerDay: 1 }] }
  await sql.query(
    `insert into campaign_rule (name, value, updated_at, updated_by) values ('limits', $1::text::json, now(), 'test')`,
    [JSON.stringify(limits)],
  )
  const phones = ['+4915100000001', '+4915100000002', '+85291234567']
  await begun('2026-06-01T22:00', { schedule: { kind: 'now' }, audience: { phones } })
  await until('2026-06-02T00:00')
  expect(sent.map(({ to, at }) => `${to} ${at}`)).toEqual([
    '+4915100000001 2026-06-01T22:00',
    '+85291234567 2026-06-01T22:00',
    '+4915100000002 2026-06-02T00:00',
  ])
})

test('only who agreed is texted, unless the campaign says otherwise', async () => {
  const { sql } = database()
  await sql.query(
    `insert into consent (topic, phone, state, source, at) values ('', '+4915100000002', 'in', 'api', now()), ('', '+4915100000003', 'pending', 'api', now())`,
  )
  const phones = [1, 2, 3].map((last) => `+491510000000${last}`)
  await begun('2026-06-01T10:00', { schedule: { kind: 'now' }, consent: 'agreed', audience: { phones } })
  await until('2026-06-01T10:00')
  expect(sent.map(({ to }) => to)).toEqual(['+4915100000002'])
  const rows = await sql.query(`select reason from campaign_recipient where state = 'skipped'`)
  expect(rows).toEqual([{ reason: 'no-consent' }, { reason: 'no-consent' }])
})
