import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../../host/testing/hosting-kit.ts'
import { type TestInstance, testInstance } from '../testing/test-instance.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance()
})
afterAll(() => api.stop())

const body = { url: 'https://hooks.example.org/textloom', label: ' CRM ', events: ['message.received', 'session.*'] }

describe('a webhook', () => {
  test('is made with a secret that is shown once, changed, and removed', async () => {
    const made = await api.ask('POST', '/webhooks', { body })
    expect(made).toMatchObject({ status: 201, json: { ...body, label: 'CRM', enabled: true, disabledBy: null } })
    const { id, secret } = made.json
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(made.headers.get('location')).toBe(`/api/v1/webhooks/${id}`)
    const shown = [await api.ask('GET', `/webhooks/${id}`), await api.ask('GET', '/webhooks')].map(({ text }) => text)
    expect(shown.join()).not.toContain('whsec')
    expect(JSON.stringify(await api.sql.query('select * from webhook'))).not.toContain(secret)

    const changed = await api.ask('PUT', `/webhooks/${id}`, { body: { ...body, events: ['ticket.*'], enabled: false } })
    expect(changed.json).toMatchObject({ events: ['ticket.*'], enabled: false })
    expect((await api.ask('DELETE', `/webhooks/${id}`)).status).toBe(204)
    expect((await api.ask('GET', `/webhooks/${id}`)).json).toMatchObject({ code: 'webhooks/not-found' })
  })

  test('gets a new secret, and the one before counts for a while', async () => {
    const { id, secret } = (await api.ask('POST', '/webhooks', { body })).json
    const rotated = await api.ask('POST', `/webhooks/${id}/rotate`, { body: { overlapHours: 2 } })
    expect(rotated.json.secret).not.toBe(secret)
    const leftMs = Date.parse(rotated.json.rotatingUntil) - api.kit.clock.now()
    expect(Math.abs(leftMs - 7_200_000)).toBeLessThan(60_000)
    const again = await api.ask('POST', `/webhooks/${id}/rotate`, { body: { overlapHours: 0 } })
    expect(again.json.rotatingUntil).toBeNull()
    await api.ask('DELETE', `/webhooks/${id}`)
  })

  test('shows what it was told and how that went, and tells it again', async () => {
    // The guard lets nothing out to this machine: every attempt fails, and says why.
    const { id } = (await api.ask('POST', '/webhooks', { body: { ...body, url: 'http://127.0.0.1:9/' } })).json
    const test = await api.ask('POST', `/webhooks/${id}/test`)
    expect(test.status).toBe(202)
    const deliveries = async (query = '') => (await api.ask('GET', `/webhooks/${id}/deliveries${query}`)).json
    let items: { nextAttemptAt: string | null; attempts: unknown[] }[] = []
    await until(() => {
      void deliveries('?status=waiting').then((page) => {
        items = page.items
      })
      return items[0]?.attempts.length === 1 && items[0].nextAttemptAt !== null
    })
    expect(items).toMatchObject([
      {
        id: test.json.id,
        type: 'webhook.test',
        status: 'waiting',
        nextAttemptAt: expect.any(String),
        attempts: [{ status: null, error: expect.stringContaining('127.0.0.1') }],
      },
    ])
    const replayed = await api.ask('POST', `/webhooks/${id}/deliveries/${test.json.id}/replay`)
    expect(replayed.json).toMatchObject({ code: 'webhooks/underway' })
    await api.sql.query("update outbox set state = 'failed' where webhook = $1::uuid", [id])
    expect(await deliveries('?status=failed')).toMatchObject({ items: [{ status: 'failed', nextAttemptAt: null }] })
    const path = `/webhooks/${id}/deliveries/${test.json.id}/replay`
    expect(await api.ask('POST', path)).toMatchObject({ status: 202, json: { id: test.json.id, status: 'waiting' } })
    await api.ask('PUT', `/webhooks/${id}`, { body: { ...body, enabled: false } })
    expect((await api.ask('POST', path)).json).toMatchObject({ code: 'webhooks/disabled' })
    const page = await deliveries('?limit=1')
    expect(page).toMatchObject({ items: [{ type: 'webhook.test' }], nextCursor: null })
    await api.ask('DELETE', `/webhooks/${id}`)
    expect(await api.sql.query('select 1 from outbox where webhook is not null')).toEqual([])
  })

  test.each([
    { what: { url: 'ftp://example.org' }, path: 'url' },
    { what: { events: [] }, path: 'events' },
    { what: { events: ['everything'] }, path: 'events[0]' },
  ])('is not made with $what', async ({ what, path }) => {
    const refused = await api.ask('POST', '/webhooks', { body: { ...body, ...what } })
    expect(refused).toMatchObject({ status: 422, json: { issues: [{ path }] } })
  })

  test('is for those who may', async () => {
    const { json: reader } = await api.ask('POST', '/keys', { body: { label: 'r', scopes: ['webhooks:read'] } })
    expect((await api.ask('GET', '/webhooks', { key: reader.key })).status).toBe(200)
    expect((await api.ask('POST', '/webhooks', { body, key: reader.key })).status).toBe(403)
    const { json: other } = await api.ask('POST', '/keys', { body: { label: 'o', scopes: ['messages:write'] } })
    expect((await api.ask('GET', '/webhooks', { key: other.key })).status).toBe(403)
  })
})
