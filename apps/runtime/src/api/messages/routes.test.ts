import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { greetingFlow } from '../../host/testing/flows.ts'
import { until } from '../../host/testing/hosting-kit.ts'
import { type Answer, type TestInstance, testInstance } from '../testing/test-instance.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance({ flows: [greetingFlow()] })
})
afterAll(() => api.stop())

/** Asks again until the message has the status. */
async function whenIs(status: string, id: string): Promise<Answer> {
  let last: Answer | undefined
  await until(() => {
    void api.ask('GET', `/messages/${id}`).then((answer) => (last = answer))
    return last?.json.status === status
  })
  if (last === undefined) throw new Error('unreachable')
  return last
}

describe('a message', () => {
  test.each([
    { to: '+1 555 000-0101', canonical: '+15550000101' },
    { to: '0015550000102', canonical: '+15550000102' },
    { to: '40404', canonical: '40404' },
  ])('to $to goes to $canonical', async ({ to, canonical }) => {
    const accepted = await api.ask('POST', '/messages', { body: { channel: '4040', to, text: `to ${canonical}` } })
    expect(accepted).toMatchObject({ status: 202, json: { to: canonical } })
    expect(await api.kit.heard(canonical, 1)).toEqual([`to ${canonical}`])
  })

  test('tells its receipts and everything that happened to it', async () => {
    const body = { channel: '4040', to: '+15550000200', text: 'Hello', from: 'Acme', validity: 'PT1H', priority: 1 }
    const { json, headers } = await api.ask('POST', '/messages', { body })
    expect(headers.get('location')).toBe(`/api/v1/messages/${json.id}`)
    const read = await whenIs('delivered', json.id)
    expect(read.json).toMatchObject({
      direction: 'mt',
      id: json.id,
      channel: '4040',
      phone: '+15550000200',
      from: 'Acme',
      to: '+15550000200',
      text: 'Hello',
      status: 'delivered',
      source: 'api',
      segments: 1,
      possibleDuplicate: false,
      session: null,
      error: null,
      receipts: [{ segment: 1, state: 'delivered', error: null }],
    })
    expect(Date.parse(read.json.expiresAt) - Date.parse(read.json.dueAt)).toBe(3_600_000)
    const kinds = read.json.timeline.map(({ kind }: { kind: string }) => kind)
    expect(kinds).toEqual(['mt.queued', 'mt.sent', 'dlr'])
  })

  test('waits until it is to be sent', async () => {
    const sendAt = new Date(api.kit.clock.now() + 3_600_000).toISOString()
    const { json } = await api.ask('POST', '/messages', {
      body: { channel: '4040', to: '+15550000201', text: 'later', sendAt },
    })
    expect((await api.ask('GET', `/messages/${json.id}`)).json).toMatchObject({ status: 'queued', dueAt: sendAt })
  })

  test.each([
    { change: { channel: 'none' }, status: 422, code: 'channels/unknown' },
    { change: { to: 'Alice' }, status: 422, code: 'messages/bad-address' },
    { change: { to: '030123456' }, status: 422, code: 'messages/bad-address' },
    { change: { text: 'x'.repeat(100_000) }, status: 422, code: 'request/invalid' },
    { change: { media: ['file:///etc/passwd'] }, status: 422, code: 'request/invalid' },
    { change: { media: Array(11).fill('https://example.org/cat.png') }, status: 422, code: 'request/invalid' },
    { change: { media: ['cat.png'] }, status: 422, code: 'request/invalid' },
    { change: { validity: 'tomorrow' }, status: 422, code: 'request/invalid' },
    { change: { sendAt: 'tomorrow' }, status: 422, code: 'request/invalid' },
    { change: { priority: 10 }, status: 422, code: 'request/invalid' },
  ])('with $change is refused with $code', async ({ change, status, code }) => {
    const body = { channel: '4040', to: '+15550000202', text: 'x', ...change }
    expect(await api.ask('POST', '/messages', { body })).toMatchObject({ status, json: { code } })
  })

  test('to somebody who has opted out is refused', async () => {
    await api.kit.says('+15550000203', 'STOP')
    const answer = await api.ask('POST', '/messages', { body: { channel: '4040', to: '+15550000203', text: 'x' } })
    expect(answer).toMatchObject({ status: 409, json: { code: 'messages/opted-out' } })
  })

  test('with files says that its links carry text only, and sends their addresses behind the text', async () => {
    const media = ['https://example.org/cat.png', 'https://example.org/map.pdf']
    const body = { channel: '4040', to: '+15550000205', text: 'Look:', media }
    const { json } = await api.ask('POST', '/messages', { body })
    expect(json.note).toContain('carry text only')
    expect(await api.kit.heard('+15550000205', 1)).toEqual([`Look:\n${media.join('\n')}`])
    expect(api.kit.sent.find(({ key }) => key === json.id)?.media).toEqual({ urls: media, caption: 'Look:' })
    expect((await api.ask('GET', `/messages/${json.id}`)).json).toMatchObject({ media })
  })

  test('that waits is taken back, once', async () => {
    const sendAt = new Date(api.kit.clock.now() + 3_600_000).toISOString()
    const body = { channel: '4040', to: '+15550000204', text: 'later', sendAt }
    const { json } = await api.ask('POST', '/messages', { body })
    expect(await api.ask('POST', `/messages/${json.id}/cancel`)).toMatchObject({
      status: 200,
      json: { id: json.id, status: 'failed', error: { code: 'runtime/cancelled' } },
    })
    expect(await api.ask('POST', `/messages/${json.id}/cancel`)).toMatchObject({
      status: 409,
      json: { code: 'messages/settled' },
    })
  })

  test('that is held leaves when somebody says so, marked; one that left does not again', async () => {
    const phone = '+15550000206'
    const sendAt = new Date(api.kit.clock.now() + 3_600_000).toISOString()
    const body = { channel: '4040', to: phone, text: 'perhaps again', sendAt }
    const { json } = await api.ask('POST', '/messages', { body })
    const resend = () => api.ask('POST', `/messages/${json.id}/resend`)
    expect(await resend()).toMatchObject({ status: 409, json: { code: 'messages/not-held' } })
    await api.kit.sql.query(`update outbox set state = 'unknown' where id = $1::uuid`, [json.id])
    expect(await resend()).toMatchObject({ status: 200, json: { possibleDuplicate: true, error: null } })
    expect(await api.kit.heard(phone, 1)).toEqual(['perhaps again'])
    expect((await resend()).json.code).toBe('messages/not-held')
  })

  test.each([
    { verb: 'resend', code: 'messages/not-found', id: '01a202cb-ba14-7eab-8383-b75a5e01ebde', status: 404 },
    { verb: 'cancel', code: 'messages/not-found', id: '01a202cb-ba14-7eab-8383-b75a5e01ebde', status: 404 },
    { verb: 'query', code: 'messages/not-found', id: '01a202cb-ba14-7eab-8383-b75a5e01ebde', status: 404 },
    { verb: 'query', code: 'request/invalid', id: '1', status: 422 },
  ])('$id: $verb answers $code', async ({ verb, code, id, status }) => {
    expect(await api.ask('POST', `/messages/${id}/${verb}`)).toMatchObject({ status, json: { code } })
  })

  test('that nobody knows is not found', async () => {
    expect((await api.ask('GET', '/messages/01a202cb-ba14-7eab-8383-b75a5e01ebde')).json.code).toBe(
      'messages/not-found',
    )
    expect((await api.ask('GET', '/messages/1')).status).toBe(422)
  })
})

describe('lists of messages', () => {
  const phone = '+15550000300'
  const list = async (query: string) => (await api.ask('GET', `/messages?${query}`)).json
  beforeAll(async () => {
    await api.kit.says(phone, 'hello')
    await api.kit.says(phone, 'yes')
    await api.kit.heard(phone, 2)
  })

  test('hold both directions, the newest first, by any spelling of the phone', async () => {
    const { items, nextCursor } = await list('phone=001%20555%20000-0300')
    expect(items.map(({ text }: { text: string }) => text)).toEqual(['Good.', 'yes', 'Shall we? hello', 'hello'])
    expect(items[3]).toMatchObject({ direction: 'mo', status: 'received', outcome: 'transition', phone })
    expect(items[2]).toMatchObject({ direction: 'mt', source: 'flow', session: items[3].session })
    expect(nextCursor).toBeNull()
  })

  test.each([
    { query: 'direction=mo', texts: ['yes', 'hello'] },
    { query: 'direction=in', texts: ['yes', 'hello'] },
    { query: 'direction=mt', texts: ['Good.', 'Shall we? hello'] },
    { query: 'status=failed', texts: [] },
    { query: 'since=2100-01-01T00:00:00Z', texts: [] },
  ])('are narrowed by $query', async ({ query, texts }) => {
    const { items } = await list(`phone=%2B15550000300&${query}`)
    expect(items.map(({ text }: { text: string }) => text)).toEqual(texts)
  })

  test('come in pages', async () => {
    const first = await list('phone=%2B15550000300&limit=3')
    const second = await list(`phone=%2B15550000300&limit=3&cursor=${first.nextCursor}`)
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([3, 1, null])
  })

  test.each(['direction=up', 'status=lost', 'since=yesterday', 'cursor=abc', 'phone=', 'phone=%00'])(
    'refuse ?%s',
    async (query) => {
      expect(await api.ask('GET', `/messages?${query}`)).toMatchObject({
        status: 422,
        json: { code: 'request/invalid' },
      })
    },
  )
})
