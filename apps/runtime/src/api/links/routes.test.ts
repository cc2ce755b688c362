import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../../host/testing/hosting-kit.ts'
import { type TestInstance, testInstance } from '../testing/test-instance.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance()
})
afterAll(() => api.stop())

// Nobody listens on port 9 of this machine.
const smsc = { id: 'smsc-a', kind: 'smpp', host: '127.0.0.1', port: 9, systemId: 'tl', password: 'hunter2' }

describe('a link', () => {
  test('is added, put into service and shown without its secrets', async () => {
    const added = await api.ask('POST', '/links', { body: smsc })
    expect(added).toMatchObject({
      status: 201,
      json: { id: 'smsc-a', kind: 'smpp', host: '127.0.0.1', enabled: true, source: 'api', secrets: ['password'] },
    })
    expect(added.headers.get('location')).toBe('/api/v1/links/smsc-a')
    await until(() => api.kit.links.status('smsc-a')?.lastError)
    const status = await api.ask('GET', '/links/smsc-a/status')
    expect(status.json).toMatchObject({ id: 'smsc-a', inFlight: 0, lastError: expect.stringContaining('ECONNREFUSED') })
    const shown = [added, await api.ask('GET', '/links/smsc-a'), await api.ask('GET', '/links')].map(({ text }) => text)
    expect(shown.join()).not.toContain('hunter2')
    expect(JSON.stringify(await api.sql.query('select * from link'))).not.toContain('hunter2')
    expect((await api.ask('POST', '/links', { body: smsc })).json).toMatchObject({ code: 'links/exists' })
  })

  test('tells how much waits to leave by it, and since when', async () => {
    await api.ask('POST', '/channels', { body: { id: 'slow', address: '5050', link: 'smsc-a' } })
    expect((await api.ask('GET', '/links/smsc-a/status')).json).toMatchObject({ queued: 0, oldestDueAt: null })
    for (const sendAt of [undefined, undefined, '2999-01-01T00:00:00Z']) {
      const body = { channel: 'slow', to: '+15550001', text: 'Hello', ...(sendAt && { sendAt }) }
      expect((await api.ask('POST', '/messages', { body })).status).toBe(202)
    }
    const { json } = await api.ask('GET', '/links/smsc-a/status')
    expect(json.queued).toBe(3)
    expect(Math.abs(Date.parse(json.oldestDueAt) - api.kit.clock.now())).toBeLessThan(60_000)
    await api.ask('DELETE', '/channels/slow')
  })

  test('is changed by what was read of it, and keeps the secrets that are left out', async () => {
    const { json: read } = await api.ask('GET', '/links/smsc-a')
    const sealed = async () =>
      (await api.sql.query<{ config: { password: string } }>(`select config from link where id = 'smsc-a'`))[0]?.config
        .password
    const before = await sealed()
    const changed = await api.ask('PUT', '/links/smsc-a', { body: { ...read, windowSize: 20, enabled: false } })
    expect(changed).toMatchObject({
      status: 200,
      json: { windowSize: 20, enabled: false, secrets: ['password'], state: 'stopped' },
    })
    expect(await sealed()).toBe(before)
    await api.ask('PUT', '/links/smsc-a', { body: { ...read, password: 'hunter3' } })
    expect(await sealed()).not.toBe(before)
    expect((await api.ask('PUT', '/links/smsc-a', { body: { ...read, password: '' } })).json.secrets).toEqual([])
    const other = await api.ask('PUT', '/links/smsc-a', { body: { ...read, id: 'smsc-b' } })
    expect(other).toMatchObject({ status: 422, json: { code: 'request/invalid' } })
  })

  test.each([
    {
      body: { id: 'x', kind: 'smp' },
      path: 'kind',
      message: expect.stringMatching(/^kind must be "loopback", .*, not "smp"\. Did you mean "smpp"\?$/),
    },
    { body: { id: 'x y', kind: 'loopback' }, path: 'id', message: expect.stringContaining('letters, digits') },
    { body: { id: 'x', kind: 'loopback', host: 'h' }, path: 'host', message: 'host is not a known field.' },
    {
      body: { id: 'x', kind: 'smpp', host: 'h', systemId: 'a', port: 0 },
      path: 'port',
      message: 'port must be at least 1.',
    },
  ])('that is $body is refused', async ({ body, path, message }) => {
    const answer = await api.ask('POST', '/links', { body })
    expect(answer).toMatchObject({
      status: 422,
      json: { issues: expect.arrayContaining([{ in: 'body', path, message }]) },
    })
  })

  test('that channels use cannot be removed; any other can', async () => {
    expect(await api.ask('DELETE', '/links/phone')).toMatchObject({
      status: 409,
      json: { code: 'links/in-use', channels: ['4040'] },
    })
    expect((await api.ask('DELETE', '/links/smsc-a')).status).toBe(204)
    expect((await api.ask('GET', '/links/smsc-a')).json).toMatchObject({ code: 'links/not-found' })
    expect((await api.ask('GET', '/links/smsc-a/status')).status).toBe(404)
  })

  test('that TEXTLOOM_CONFIG declares is read-only', async () => {
    await api.ask('POST', '/links', { body: { id: 'declared', kind: 'loopback' } })
    await api.sql.query(`update link set source = 'config' where id = 'declared'`)
    const readOnly = { status: 409, json: { code: 'config/read-only' } }
    expect(await api.ask('PUT', '/links/declared', { body: { kind: 'loopback' } })).toMatchObject(readOnly)
    expect(await api.ask('DELETE', '/links/declared')).toMatchObject(readOnly)
  })
})
