import { PretendProvider, pretendSecret } from '@textloom/transports/testing'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { talkativeFlow } from '../../host/testing/flows.ts'
import { until } from '../../host/testing/hosting-kit.ts'
import { type Asked, type TestInstance, testInstance } from '../testing/test-instance.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance({ flows: [talkativeFlow(['one'])] })
  await addLink({ id: 'op', inboundToken: 's3cret' })
  await api.ask('POST', '/channels', { body: { id: '5050', address: '5050', link: 'op' } })
})
afterAll(() => api.stop())

async function addLink(link: object) {
  expect((await api.ask('POST', '/links', { body: { kind: 'http', ...link } })).status).toBe(201)
}

const bearer = { authorization: 'Bearer s3cret' }
const bring = (more: Asked) => api.ask('POST', '//in/op', { key: null, headers: bearer, ...more })

describe('an HTTP link takes in', () => {
  test('a message, once stored and only once', async () => {
    const body = { id: 'm-1', from: '+15550001', to: '5050', text: 'Hello' }
    expect(await bring({ body })).toMatchObject({ status: 200, json: { id: 'm-1' } })
    expect(await bring({ body })).toMatchObject({ status: 200, json: { id: 'm-1' } })
    const { json } = await api.ask('GET', '/messages?phone=%2B15550001&direction=in')
    expect(json.items).toMatchObject([{ channel: '5050', text: 'Hello' }])
  })

  test('a message as a form, and in the query', async () => {
    const headers = { ...bearer, 'content-type': 'application/x-www-form-urlencoded' }
    const form = 'id=m-2&from=%2B15550002&to=5050&text=J%C3%B3'
    expect(await bring({ body: form, headers })).toMatchObject({ status: 200, json: { id: 'm-2' } })
    const asked = await api.ask('GET', `//in/op?${form.replace('m-2', 'm-3')}`, { key: null, headers: bearer })
    expect(asked).toMatchObject({ status: 200, json: { id: 'm-3' } })
    const { json } = await api.ask('GET', '/messages?phone=%2B15550002&direction=in')
    expect(json.items.map(({ text }: { text: string }) => text)).toEqual(['Jó', 'Jó'])
  })

  test.each([
    { what: 'without the token', path: 'op', asked: { headers: {} }, status: 401, code: 'in/unproven' },
    {
      what: 'with a key of the API',
      path: 'op',
      asked: { headers: { authorization: 'Bearer key' } },
      status: 401,
      code: 'in/unproven',
    },
    { what: 'that is not JSON', path: 'op', asked: { body: '{' }, status: 422, code: 'in/unreadable' },
    { what: 'without a sender', path: 'op', asked: { body: { text: 'x' } }, status: 422, code: 'in/unreadable' },
    { what: 'for a link that is not there', path: 'nobody', asked: {}, status: 404, code: 'links/not-found' },
    { what: 'for a link of another kind', path: 'phone', asked: {}, status: 404, code: 'links/not-found' },
    {
      what: 'that is too large',
      path: 'op',
      asked: { body: 'x'.repeat(1_000_001) },
      status: 413,
      code: 'request/too-large',
    },
  ])('nothing $what: $status', async ({ path, asked, status, code }) => {
    const answer = await api.ask('POST', `//in/${path}`, { key: null, headers: bearer, ...asked })
    expect(answer).toMatchObject({ status, json: { code } })
  })

  test('nothing while it is out of service, and says when to come again', async () => {
    await addLink({ id: 'off', inboundToken: 's3cret', enabled: false })
    const answer = await api.ask('POST', '//in/off', { key: null, headers: bearer, body: { from: 'a', text: 'x' } })
    expect(answer).toMatchObject({ status: 503, json: { code: 'service/unavailable' } })
    expect(answer.headers.get('retry-after')).toBe('10')
  })
})

test.each(['generic', 'twilio', 'kannel'] as const)('a conversation with a provider: %s', async (preset) => {
  const provider = new PretendProvider({
    preset,
    async deliver({ method, url, headers, body }) {
      const address = url.replace('/in/pretend', `/in/${preset}`)
      const response = await api.app.request(address, {
        method,
        headers,
        ...(method === 'POST' && { body: Buffer.from(body) }),
      })
      const text = await response.text()
      if (response.ok) return { kind: 'stored', body: text, contentType: '' }
      return { kind: response.status === 503 ? 'unavailable' : 'unproven', detail: text }
    },
  })
  await provider.start()
  onTestFinished(() => provider.stop())
  const callbackUrl = 'https://sms.example.org/in/pretend'
  const secrets = { account: 'AC1', password: pretendSecret, inboundToken: pretendSecret }
  await addLink({ id: preset, preset, url: `http://127.0.0.1:${provider.port}/sms`, callbackUrl, ...secrets })
  await api.ask('PUT', '/channels/4040', { body: { address: '4040', link: preset } })
  await until(() => api.kit.links.status(preset)?.state === 'bound')
  const answered = provider.nextMt()
  await provider.hears('+15550009', '4040', 'talk')
  expect(await answered).toMatchObject({ from: '4040', to: '+15550009', text: 'one' })
  const delivered = async () => {
    const { json } = await api.ask('GET', '/messages?phone=%2B15550009&direction=out')
    return json.items[0]?.status === 'delivered'
  }
  await expect.poll(delivered, { timeout: 5_000, interval: 20 }).toBe(true)
})
