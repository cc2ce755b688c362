import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { flowOf } from '../../host/testing/flows.ts'
import { type Browser, signedIn } from '../testing/browser.ts'
import { type Answer, type TestInstance, testInstance } from '../testing/test-instance.ts'

const surveyFlow = flowOf(
  'survey',
  [
    ['start', 'campaign-start', {}, { next: 'ask' }],
    [
      'ask',
      'ask',
      { text: 'Well?', kind: 'text', variable: 'a', retries: 0 },
      { next: 'thanks', other: 'thanks', timeout: 'end' },
    ],
    ['thanks', 'message', { text: 'Thanks.' }, { next: 'end' }],
    ['end', 'end', { outcome: 'completed' }],
  ],
  { variables: [{ name: 'a', type: 'text' }] },
)

let api: TestInstance
beforeAll(async () => {
  api = await testInstance({ flows: [surveyFlow] })
})
afterAll(() => api.stop())

let lines = 0
function phone(): string {
  lines += 1
  return `+3620100${String(lines).padStart(4, '0')}`
}

function message(phones: readonly string[], more: object = {}) {
  return {
    name: 'Hello',
    channel: '4040',
    content: { kind: 'message', variants: [{ id: 'A', texts: { en: 'Hello {{ contact.name | default: "you" }}' } }] },
    audience: { phones },
    schedule: { kind: 'now' },
    timezone: 'Europe/Budapest',
    consent: 'not-refused',
    quiet: null,
    ...more,
  }
}

const created = async (definition: object) => {
  const answer = await api.ask('POST', '/campaigns', { body: definition })
  expect(answer, answer.text).toMatchObject({ status: 201 })
  return answer.json
}
const checked = async (id: string) => (await api.ask('POST', `/campaigns/${id}/check`)).json
const launched = async (id: string): Promise<Answer> => {
  const { digest } = await checked(id)
  return api.ask('POST', `/campaigns/${id}/launch`, { body: { digest } })
}
const seen = async (id: string) => (await api.ask('GET', `/campaigns/${id}`)).json

async function stands(id: string, wanted: (item: { state: string; progress: Record<string, unknown> }) => boolean) {
  let item = await seen(id)
  for (let look = 0; look < 400 && !wanted(item); look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 25))
    item = await seen(id)
  }
  expect(wanted(item), JSON.stringify(item)).toBe(true)
  return item
}

describe('a campaign', () => {
  test('goes out to everybody once, and says what became of it', async () => {
    const [a, b] = [phone(), phone()]
    const { id, state } = await created(message([a, b]))
    expect(state).toBe('draft')
    const check = await checked(id)
    expect(check).toMatchObject({ recipients: 2, excluded: {}, texts: 2, segments: 2, problems: [] })
    expect(check.languages).toEqual([
      { language: 'en', recipients: 2, least: 1, most: 1, segments: 2, unicode: 0, sample: 'Hello you' },
    ])
    expect(check.blanks).toEqual([{ field: 'name', recipients: 2 }])
    const launch = await api.ask('POST', `/campaigns/${id}/launch`, { body: { digest: check.digest } })
    expect(launch).toMatchObject({ status: 200, json: { state: 'running' } })
    expect(await api.kit.heard(a, 1)).toEqual(['Hello you'])
    expect(await api.kit.heard(b, 1)).toEqual(['Hello you'])
    await api.kit.says(a, 'Hi there')
    const over = await stands(id, ({ state: now, progress }) => now === 'finished' && progress.replied === 1)
    expect(over.progress).toMatchObject({ recipients: 2, sent: 2, replied: 1, optedOut: 0, possibleDuplicates: 0 })
    const { items } = (await api.ask('GET', `/campaigns/${id}/recipients?filter=replied`)).json
    expect(items).toMatchObject([{ phone: a, variant: 'A', occurrence: '1' }])
    expect((await api.ask('GET', `/campaigns/${id}/answers`)).json.items).toEqual([
      { question: 'reply', total: 1, answers: [{ answer: 'Hi there', count: 1 }], others: 0 },
    ])
    const file = await api.ask('GET', `/campaigns/${id}/export`)
    expect(file.text.split('\r\n')).toHaveLength(4)
    expect(file.text).toContain(`\r\n${a},`)
  })

  test('begins a flow, whose answers it counts', async () => {
    const a = phone()
    const { id } = await created(message([a], { content: { kind: 'flow', variants: [{ id: 'A', flow: 'survey' }] } }))
    expect(await launched(id)).toMatchObject({ status: 200 })
    expect(await api.kit.heard(a, 1)).toEqual(['Well?'])
    await api.kit.says(a, 'Fine')
    expect(await api.kit.heard(a, 2)).toEqual(['Well?', 'Thanks.'])
    await stands(id, ({ progress }) => progress.replied === 1)
    expect((await api.ask('GET', `/campaigns/${id}/answers`)).json.items).toMatchObject([
      { question: 'a', total: 1, answers: [{ answer: 'Fine', count: 1 }] },
    ])
    const [first] = await api.sql.query(`select priority from outbox where phone = $1 order by rev, n`, [a])
    expect(first).toEqual({ priority: 7 })
  })

  test('does not go out unseen, nor to others than were seen', async () => {
    const [a, b] = [phone(), phone()]
    const { id, etag } = await created(message([a, b]))
    expect(await api.ask('POST', `/campaigns/${id}/launch`, { body: { digest: 'none' } })).toMatchObject({
      status: 409,
      json: { code: 'campaigns/not-checked' },
    })
    const { digest } = await checked(id)
    await api.kit.says(b, 'STOP')
    await api.kit.heard(b, 1)
    const refused = await api.ask('POST', `/campaigns/${id}/launch`, { body: { digest } })
    expect(refused).toMatchObject({ status: 409, json: { code: 'campaigns/not-checked' } })
    expect(refused.json.check).toMatchObject({ recipients: 1, excluded: { 'opted-out': 1 } })
    const body = message([a], { name: 'Other' })
    const changed = await api.ask('PUT', `/campaigns/${id}`, { body, headers: { 'if-match': etag } })
    expect(changed).toMatchObject({ status: 200, json: { lastCheck: null } })
    const again = await api.ask('POST', `/campaigns/${id}/launch`, { body: { digest: refused.json.check.digest } })
    expect(again).toMatchObject({ status: 409, json: { code: 'campaigns/not-checked' } })
    expect(await api.ask('PUT', `/campaigns/${id}`, { body, headers: { 'if-match': etag } })).toMatchObject({
      status: 409,
      json: { code: 'campaigns/changed' },
    })
  })

  test('is paused at once, goes on where it was, and reaches everybody once', async () => {
    const phones = Array.from({ length: 30 }, phone)
    const { id } = await created(message(phones, { perMinute: 600 }))
    expect(await launched(id)).toMatchObject({ status: 200 })
    await api.kit.heard(phones[0] ?? '', 1)
    expect((await api.ask('POST', `/campaigns/${id}/pause`)).json).toMatchObject({ state: 'paused' })
    expect(await api.ask('POST', `/campaigns/${id}/pause`)).toMatchObject({ status: 409 })
    const { progress } = await stands(id, (item) => item.progress.queued === 0)
    expect(progress.planned).toBeGreaterThan(0)
    expect((await api.ask('POST', `/campaigns/${id}/resume`)).json).toMatchObject({ state: 'running' })
    await stands(id, ({ state }) => state === 'finished')
    for (const one of phones) expect(await api.kit.heard(one, 1)).toHaveLength(1)
  })

  test('that is cancelled sends nothing more', async () => {
    const phones = Array.from({ length: 5 }, phone)
    const { id } = await created(
      message(phones, { schedule: { kind: 'once', date: '2099-01-01', time: '10:00' }, timezone: 'UTC' }),
    )
    expect(await launched(id)).toMatchObject({ status: 200 })
    await stands(id, ({ progress }) => progress.planned === 5)
    const cancelled = await api.ask('POST', `/campaigns/${id}/cancel`)
    expect(cancelled.json).toMatchObject({ state: 'cancelled', progress: { cancelled: 5, planned: 0 } })
    expect(await api.ask('DELETE', `/campaigns/${id}`)).toMatchObject({ status: 409 })
    expect(await api.ask('POST', `/campaigns/${id}/copy`)).toMatchObject({ status: 201, json: { state: 'draft' } })
  })

  test('is tried on oneself, as any draft', async () => {
    const [a, me] = [phone(), phone()]
    const { id } = await created(message([a]))
    const answer = await api.ask('POST', `/campaigns/${id}/test`, { body: { to: me } })
    expect(answer).toMatchObject({ status: 202, json: { text: 'Hello you' } })
    expect(await api.kit.heard(me, 1)).toEqual(['Hello you'])
    expect(await seen(id)).toMatchObject({ state: 'draft', progress: { recipients: 0 } })
  })

  test('leaves who is busy alone, until they are not', async () => {
    const a = phone()
    const flow = await created(message([a], { content: { kind: 'flow', variants: [{ id: 'A', flow: 'survey' }] } }))
    await launched(flow.id)
    await api.kit.heard(a, 1)
    const skip = await created(message([a], { whenBusy: 'skip' }))
    await launched(skip.id)
    const skipped = await stands(skip.id, ({ state }) => state === 'finished')
    expect(skipped.progress).toMatchObject({ skipped: { busy: 1 }, sent: 0 })
    const queue = await created(message([a]))
    await launched(queue.id)
    const waits = await stands(queue.id, ({ progress }) => progress.planned === 1)
    expect(waits.state).toBe('running')
    const interrupt = await created(message([a], { whenBusy: 'interrupt' }))
    await launched(interrupt.id)
    expect(await api.kit.heard(a, 2)).toEqual(['Well?', 'Hello you'])
    await api.ask('POST', `/campaigns/${queue.id}/cancel`)
  })

  test('stays within the prefixes that are allowed', async () => {
    const before = (await api.ask('GET', '/campaigns/limits')).json
    const limits = { prefixes: ['+36'] }
    expect(await api.ask('PUT', '/campaigns/limits', { body: limits })).toMatchObject({ status: 200 })
    await api.ask('PUT', '/campaigns/prices', { body: { currency: 'HUF', prices: [{ prefix: '+36', price: 15 }] } })
    const { id } = await created(message([phone(), '+4915112345678']))
    const check = await checked(id)
    expect(check).toMatchObject({ recipients: 1, excluded: { 'not-allowed': 1 } })
    expect(check.cost).toMatchObject({
      currency: 'HUF',
      total: 15,
      byPrefix: [{ prefix: '+36', segments: 1, cost: 15 }],
    })
    await api.ask('PUT', '/campaigns/limits', { body: before })
  })
})

test.each([
  [{ timezone: 'Mars/Olympus' }, /time zone/],
  [{ schedule: { kind: 'recurring', rule: 'FREQ=HOURLY', from: '2026-01-01', time: '10:00' } }, /on which days/],
  [{ content: { kind: 'message', variants: [] } }, /./],
  [{ audience: { phones: ['12'] } }, /12|at least 3/],
  [{ alert: {}, schedule: { kind: 'once', date: '2026-01-01', time: '10:00' } }, /leaves now/],
])('%j is refused', async (more, why) => {
  const answer = await api.ask('POST', '/campaigns', { body: message([phone()], more) })
  expect(answer.status).toBe(422)
  expect(answer.text).toMatch(why)
})

describe('an alert', () => {
  test('is nothing that a key starts', async () => {
    const { id } = await created(message([phone()], { alert: {} }))
    expect(await launched(id)).toMatchObject({ status: 403, json: { code: 'auth/not-a-person' } })
  })

  test('is asked for by one person and started by another, and leaves before everything else', async () => {
    const to = phone()
    const { id } = await created(message([to], { alert: { reason: 'The river is rising.', times: 0 } }))
    const { digest } = await checked(id)
    const [anna, ben] = [await signedIn(api, 'administrator'), await signedIn(api, 'administrator')]
    const launch = (browser: Browser) => browser.ask('POST', `/campaigns/${id}/launch`, { body: { digest } })
    expect(await launch(anna)).toMatchObject({ status: 200, json: { state: 'requested', requestedByYou: true } })
    expect(await launch(anna)).toMatchObject({ status: 403, json: { code: 'campaigns/same-person' } })
    expect((await ben.ask('GET', `/campaigns/${id}`)).json).toMatchObject({ requestedByYou: false })
    expect(api.kit.sent.map((mt) => mt.to)).not.toContain(to)
    expect(await launch(ben)).toMatchObject({ status: 200, json: { state: 'running' } })
    expect(await api.kit.heard(to, 1)).toEqual(['Hello you'])
    const [first] = await api.sql.query('select priority from outbox where phone = $1', [to])
    expect(first).toEqual({ priority: 1 })
    const { items } = (await api.ask('GET', '/audit?limit=50')).json
    const deeds = items.filter(({ subject }: { subject: string }) => subject === `campaign:${id}`)
    expect(deeds.map(({ action }: { action: string }) => action)).toEqual([
      'campaign.launched',
      'campaign.requested',
      'campaign.created',
    ])
  })

  test('that is changed once it was asked for is a draft again', async () => {
    const { id, etag } = await created(message([phone()], { alert: {} }))
    const { digest } = await checked(id)
    const anna = await signedIn(api, 'administrator')
    await anna.ask('POST', `/campaigns/${id}/launch`, { body: { digest } })
    const body = message([phone()], { alert: {} })
    const changed = await api.ask('PUT', `/campaigns/${id}`, { body, headers: { 'if-match': etag } })
    expect(changed.json).toMatchObject({ state: 'draft', requestedBy: null })
  })
})
