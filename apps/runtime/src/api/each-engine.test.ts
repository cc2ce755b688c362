import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { greetingFlow } from '../host/testing/flows.ts'
import { testEngines } from '../testing/index.ts'
import { type TestInstance, testInstance } from './testing/test-instance.ts'

/*
 * Every statement that the API writes, and every refusal from within a transaction, on each engine: the tests of the
 * resources run on one of them.
 */
describe.each(testEngines)('the API on $name', (engine) => {
  let api: TestInstance
  let reason: string | undefined
  beforeAll(async () => {
    reason = await engine.unavailable()
    if (reason === undefined) api = await testInstance({ on: engine, flows: [greetingFlow()] })
  }, 120_000)
  beforeEach(({ skip }) => {
    if (reason !== undefined) skip(reason)
  })
  afterAll(() => api?.stop(), 30_000)

  test.each([
    { method: 'GET', path: '/flows?limit=1&archived=true', status: 200 },
    { method: 'GET', path: '/flows/greeting/revisions?cursor=2', status: 200 },
    { method: 'GET', path: '/links?cursor=a', status: 200 },
    { method: 'GET', path: '/channels?cursor=1', status: 200 },
    { method: 'GET', path: '/keys', status: 200 },
    { method: 'GET', path: '/dead-letters?resolved=all&channel=4040&phone=%2B1555&reason=no-flow', status: 200 },
    { method: 'GET', path: '/sessions?state=ended&flow=greeting&channel=4040&since=2026-01-01T00:00:00Z', status: 200 },
    { method: 'GET', path: '/messages?status=failed&since=2026-01-01T00:00:00Z&phone=%2B1555', status: 200 },
    { method: 'DELETE', path: '/links/phone', status: 409, code: 'links/in-use' },
    { method: 'DELETE', path: '/channels/none', status: 404, code: 'channels/not-found' },
    { method: 'PUT', path: '/links/none', body: { kind: 'loopback' }, status: 404, code: 'links/not-found' },
    { method: 'POST', path: '/flows/none/publish', body: { channels: [] }, status: 404, code: 'flows/not-found' },
    {
      method: 'POST',
      path: '/flows/greeting/publish',
      body: { channels: ['none'] },
      status: 422,
      code: 'channels/unknown',
    },
    { method: 'POST', path: '/flows/import', body: greetingFlow(), status: 409, code: 'flows/exists' },
    {
      method: 'POST',
      path: '/channels',
      body: { id: 'x', address: '1', link: 'none' },
      status: 422,
      code: 'request/invalid',
    },
  ])('$method $path is answered $status', async ({ method, path, status, code, ...more }) => {
    const answer = await api.ask(method, path, more)
    expect({ status: answer.status, code: answer.json?.code }, answer.text).toEqual({ status, code })
  })

  test('carries a flow from its draft to a conversation, a repeated request and the archive', async () => {
    const flow = greetingFlow({ id: 'tour', keyword: 'tour' })
    const { json: stored } = await api.ask('POST', '/flows', { body: flow })
    const changed = { ...flow, name: 'A tour' }
    expect((await api.ask('PUT', '/flows/tour', { body: changed, headers: { 'if-match': stored.etag } })).status).toBe(
      200,
    )
    expect((await api.ask('POST', '/flows/tour/publish', { body: { channels: ['4040'] } })).json.revision).toBe(1)

    const headers = { 'idempotency-key': 'tour' }
    const body = { flow: 'tour', channel: '4040', to: '+1 555 0001' }
    const first = await api.ask('POST', '/sessions', { body, headers })
    expect((await api.ask('POST', '/sessions', { body, headers })).text).toBe(first.text)
    expect(await api.kit.heard('+15550001', 1)).toHaveLength(1)
    expect((await api.ask('GET', `/sessions/${first.json.id}`)).json).toMatchObject({
      state: 'active',
      revision: 1,
      node: 'ask',
    })
    const { items } = (await api.ask('GET', '/messages?phone=%2B15550001')).json
    expect((await api.ask('GET', `/messages/${items[0].id}`)).json.timeline.length).toBeGreaterThan(0)
    expect((await api.ask('POST', `/sessions/${first.json.id}/end`)).json).toMatchObject({ outcome: 'interrupted' })
    expect((await api.ask('DELETE', '/flows/tour')).status).toBe(204)
    expect((await api.ask('GET', '/flows/tour/revisions')).json.items).toHaveLength(1)
  })

  test('takes in a link, a channel and a key, and lets them go', async () => {
    expect((await api.ask('POST', '/links', { body: { id: 'l', kind: 'loopback' } })).status).toBe(201)
    expect((await api.ask('POST', '/channels', { body: { id: 'c', address: '5050', link: 'l' } })).status).toBe(201)
    expect(
      (await api.ask('PUT', '/channels/c', { body: { address: '5051', link: ['l', 'phone'] } })).json.address,
    ).toBe('5051')
    expect((await api.ask('DELETE', '/channels/c')).status).toBe(204)
    expect((await api.ask('DELETE', '/links/l')).status).toBe(204)
    const { json } = await api.ask('POST', '/keys', { body: { label: 'x', scopes: ['flows:read'] } })
    expect((await api.ask('GET', '/flows', { key: json.key })).status).toBe(200)
    expect((await api.ask('DELETE', `/keys/${json.id}`)).status).toBe(204)
    expect((await api.ask('GET', '/flows', { key: json.key })).status).toBe(401)
  })
})
