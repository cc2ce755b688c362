import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestInstance, testInstance } from '../testing/test-instance.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance()
})
afterAll(() => api.stop())

const message = { channel: '4040', to: '+15550001', text: 'Hello' }

describe('bodies', () => {
  // After JSONTestSuite (nst/JSONTestSuite, MIT): texts that are no JSON.
  test.each([
    '{',
    '[1,]',
    '{"a":1,}',
    "{'a':1}",
    '{a:1}',
    '[1 2]',
    '"\t"',
    '[-]',
    '[01]',
    '[1.]',
    '[.5]',
    '[NaN]',
    '[Infinity]',
    'nul',
    '[tru]',
    '{"a":}',
    '{"a" "b"}',
    '["\\x00"]',
    '["\\uD8"]',
    '// x\n{}',
    '{}{}',
    '\u00A0{}',
    '[\u2060]',
    '{"a":1}#',
    '"',
    '[1,,2]',
    '{"a":1 "b":2}',
    '\\u007B\\u007D',
    '{"a":/*b*/1}',
  ])('that read %j are refused', async (body) => {
    const answer = await api.ask('POST', '/messages', { body })
    expect(answer).toMatchObject({ status: 400, json: { code: 'request/not-json' } })
  })

  test('that are not UTF-8 are refused', async () => {
    const response = await api.app.request('/api/v1/messages', {
      method: 'POST',
      headers: { authorization: 'Bearer test-key-with-all-permissions', 'content-type': 'application/json' },
      body: new Uint8Array([0x22, 0xff, 0x22]),
    })
    expect(response.status).toBe(400)
  })

  test.each([
    { title: '100,000 lists in each other', body: `${'['.repeat(100_000)}${']'.repeat(100_000)}` },
    { title: '100,000 objects in each other', body: `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}` },
    { title: 'no object', body: 'null' },
    { title: 'U+0000 in a text', body: { ...message, text: 'a\u0000b' } },
    { title: 'half of a surrogate pair', body: '{"channel":"4040","to":"+15550001","text":"\\ud800"}' },
    { title: '__proto__', body: '{"__proto__":{"polluted":1},"channel":"4040","to":"+15550001","text":"x"}' },
    {
      title: 'constructor',
      body: '{"constructor":{"prototype":{"polluted":1}},"channel":"4040","to":"+15550001","text":"x"}',
    },
    { title: 'a field nobody knows', body: { ...message, txt: 'x' } },
    { title: 'wrong types', body: { channel: 1, to: ['+1'], text: {} } },
  ])('with $title are not valid', async ({ body }) => {
    const answer = await api.ask('POST', '/messages', { body })
    expect(answer).toMatchObject({ status: 422, json: { code: 'request/invalid', title: expect.any(String) } })
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  test('that are wrong in several places are told all of them, in words', async () => {
    const { json } = await api.ask('POST', '/messages', { body: { chanel: '4040', to: 5, text: '' } })
    expect(json.issues).toEqual(
      expect.arrayContaining([
        { in: 'body', path: 'channel', message: 'channel is missing: it must be text.' },
        { in: 'body', path: 'to', message: 'to must be text, not a number.' },
        { in: 'body', path: 'text', message: 'text must not be empty.' },
        { in: 'body', path: 'chanel', message: 'chanel is not a known field.' },
      ]),
    )
  })

  test.each([
    { type: 'text/plain', status: 415 },
    { type: 'application/x-www-form-urlencoded', status: 415 },
    { type: 'application/json; charset=utf-8', status: 202 },
    { type: 'application/vnd.x+json', status: 202 },
  ])('of type $type are answered $status', async ({ type, status }) => {
    const answer = await api.ask('POST', '/messages', { body: message, headers: { 'content-type': type } })
    expect(answer.status).toBe(status)
  })

  test('that are compressed are not taken: a small one could become a large one', async () => {
    const answer = await api.ask('POST', '/messages', { body: message, headers: { 'content-encoding': 'gzip' } })
    expect(answer).toMatchObject({ status: 415, json: { code: 'request/content-type' } })
  })

  test.each([{ said: true }, { said: false }])('of 20 MB are refused, said beforehand: $said', async ({ said }) => {
    const chunk = new Uint8Array(1_000_000).fill(0x20)
    let sent = 0
    const stream = new ReadableStream({
      pull(controller) {
        sent += chunk.length
        if (sent > 20_000_000) controller.close()
        else controller.enqueue(chunk)
      },
    })
    const request = new Request('http://localhost/api/v1/messages', {
      method: 'POST',
      headers: {
        authorization: 'Bearer test-key-with-all-permissions',
        'content-type': 'application/json',
        ...(said ? { 'content-length': '20000000' } : {}),
      },
      body: stream,
      duplex: 'half',
    } as RequestInit)
    const response = await api.app.request(request)
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ code: 'request/too-large', maxOctets: 1_000_000 })
    expect(sent).toBeLessThan(5_000_000)
  })
})

describe('what is not there', () => {
  test('is a problem like any other', async () => {
    const answer = await api.ask('GET', '/flows/none/more')
    expect(answer).toMatchObject({ status: 404, json: { code: 'request/not-found', status: 404 } })
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
  })

  test.each([
    { method: 'PATCH', path: '/flows', allow: 'POST, GET, HEAD' },
    { method: 'DELETE', path: '/messages', allow: 'POST, GET, HEAD' },
    { method: 'OPTIONS', path: '/flows/x', allow: 'GET, HEAD, PUT, DELETE' },
  ])('$method $path is answered with the methods that are', async ({ method, path, allow }) => {
    const answer = await api.ask(method, path)
    expect(answer).toMatchObject({ status: 405, json: { code: 'request/method' } })
    expect(answer.headers.get('allow')?.split(', ').sort()).toEqual(allow.split(', ').sort())
  })
})

describe('headers', () => {
  test('forbid keeping, framing, sniffing and reading from elsewhere', async () => {
    const { headers } = await api.ask('GET', '/flows', { headers: { origin: 'https://evil.example' } })
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    const policy = headers.get('content-security-policy')
    for (const part of [
      "default-src 'none'",
      "script-src 'self';",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]) {
      expect(policy).toContain(part)
    }
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('the log', () => {
  test('has routes and ids, and neither numbers nor texts nor keys', async () => {
    api.log.slice()
    await api.ask('POST', '/messages', { body: { ...message, to: '+15559998877', text: 'canary-text' } })
    await api.ask('GET', '/messages?phone=%2B15559998877')
    const lines = JSON.stringify(api.log)
    expect(lines).toContain('"route":"/api/v1/messages"')
    expect(lines).not.toMatch(/15559998877|canary-text|test-key/)
  })

  test('has the cause of a failure that the answer keeps to itself', async () => {
    const broken = await testInstance({
      services: { services: { sendMessage: () => Promise.reject(new Error('the cause')) } as never },
    })
    const answer = await broken.ask('POST', '/messages', { body: message })
    expect(answer).toMatchObject({ status: 500, json: { code: 'service/failed' } })
    expect(answer.text).not.toContain('the cause')
    const failed = broken.log.filter(({ level }) => level === 'error').map(({ fields }) => fields)
    expect(failed).toMatchObject([{ stack: expect.stringContaining('the cause') }])
    const [{ request } = { request: 'none' }] = failed as { request: string }[]
    expect(answer.json.detail).toContain(request)
    await broken.stop()
  })
})

describe('Idempotency-Key', () => {
  const headers = { 'idempotency-key': 'k-1' }
  const count = async () => Number((await api.sql.query<{ n: number }>('select count(*)::int as n from outbox'))[0]?.n)

  test('carries a request out once and answers alike', async () => {
    const before = await count()
    const first = await api.ask('POST', '/messages', { body: message, headers })
    const second = await api.ask('POST', '/messages', { body: message, headers })
    expect(second.status).toBe(202)
    expect(second.text).toBe(first.text)
    expect(second.headers.get('location')).toBe(first.headers.get('location'))
    expect(second.headers.get('idempotency-replayed')).toBe('true')
    expect(await count()).toBe(before + 1)
  })

  test('refuses another request, and keeps callers and answers apart', async () => {
    const other = await api.ask('POST', '/messages', { body: { ...message, text: 'Other' }, headers })
    expect(other).toMatchObject({ status: 422, json: { code: 'idempotency/mismatch' } })
    const key = (await api.ask('POST', '/keys', { body: { label: 'other', scopes: ['messages:write'] } })).json.key
    expect((await api.ask('POST', '/messages', { body: { ...message, text: 'Other' }, headers, key })).status).toBe(202)
  })

  test('repeats refusals too', async () => {
    const named = { 'idempotency-key': 'k-2' }
    const body = { ...message, channel: 'none' }
    const first = await api.ask('POST', '/messages', { body, headers: named })
    expect(first.status).toBe(422)
    const second = await api.ask('POST', '/messages', { body, headers: named })
    expect(second).toMatchObject({ status: 422, text: first.text })
    expect(second.headers.get('content-type')).toBe('application/problem+json')
  })

  test('of two requests at once lets one through', async () => {
    const named = { 'idempotency-key': 'k-3' }
    const before = await count()
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => api.ask('POST', '/messages', { body: message, headers: named })),
    )
    for (const { status, json } of answers) {
      if (status !== 202) expect({ status, code: json.code }).toEqual({ status: 409, code: 'idempotency/in-progress' })
    }
    expect(await count()).toBe(before + 1)
  })

  test('goes on with the same id where the first attempt died after storing', async () => {
    const named = { 'idempotency-key': 'k-4' }
    const first = await api.ask('POST', '/messages', { body: message, headers: named })
    const before = await count()
    // As a process leaves it that is killed before it has answered.
    await api.sql.query(
      `update idempotency_key set status = null, body = json_build_object('reservedId', (select substring(message_id from 5)
         from inbox where body ->> 'id' = $1 limit 1)), created_at = created_at - interval '2 minutes' where key = 'k-4'`,
      [first.json.id],
    )
    const second = await api.ask('POST', '/messages', { body: message, headers: named })
    expect(second).toMatchObject({ status: 202, json: { id: first.json.id } })
    expect(await count()).toBe(before)
  })

  test('is forgotten after a day', async () => {
    const named = { 'idempotency-key': 'k-5' }
    const first = await api.ask('POST', '/messages', { body: message, headers: named })
    await api.sql.query(`update idempotency_key set created_at = created_at - interval '25 hours' where key = 'k-5'`)
    const second = await api.ask('POST', '/messages', { body: message, headers: named })
    expect(second.json.id).not.toBe(first.json.id)
  })

  test('keeps a new key from lying in the database in clear', async () => {
    const body = { label: 'sealed', scopes: ['flows:read'] }
    const first = await api.ask('POST', '/keys', { body, headers: { 'idempotency-key': 'k-6' } })
    const second = await api.ask('POST', '/keys', { body, headers: { 'idempotency-key': 'k-6' } })
    expect(second.json.key).toBe(first.json.key)
    expect(JSON.stringify(await api.sql.query('select * from idempotency_key'))).not.toContain(first.json.key)
  })

  test.each([{ key: 'with space' }, { key: 'x'.repeat(256) }])('$key is none', async ({ key }) => {
    const answer = await api.ask('POST', '/messages', { body: message, headers: { 'idempotency-key': key } })
    expect(answer).toMatchObject({ status: 422, json: { code: 'request/invalid' } })
  })
})
