import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashOfToken } from '../../accounts/token.ts'
import { browserOn, signedIn, someUser, testPassword } from '../testing/browser.ts'
import { type TestInstance, testInstance } from '../testing/test-instance.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance()
})
afterAll(() => api.stop())

const wrong = 'not the right password'

describe('signing in', () => {
  test('gives a cookie that opens what the role allows', async () => {
    const { email, name } = await someUser(api, 'viewer')
    const browser = browserOn(api)
    expect((await browser.ask('GET', '/me')).json).toMatchObject({ status: 401, code: 'auth/no-key' })
    const answer = await browser.ask('POST', '/sign-in', {
      body: { email: ` ${email.toUpperCase()}`, password: testPassword },
    })
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^textloom=[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    expect(answer).toMatchObject({ status: 200, json: { role: 'viewer', user: { email, name } } })
    expect((await browser.ask('GET', '/me')).json).toEqual(answer.json)
    expect((await browser.ask('GET', '/flows')).status).toBe(200)
    expect(await browser.ask('POST', '/flows', { body: {} })).toMatchObject({
      status: 403,
      json: { code: 'auth/forbidden', scope: 'flows:write', detail: expect.stringContaining('Your role "viewer"') },
    })
  })

  test('never answers otherwise for an account that exists than for one that does not', async () => {
    const { email } = await someUser(api, 'viewer')
    const [known, unknown] = await Promise.all([
      api.ask('POST', '/sign-in', { key: null, body: { email, password: wrong } }),
      api.ask('POST', '/sign-in', { key: null, body: { email: 'nobody@example.org', password: wrong } }),
    ])
    expect(known).toMatchObject({ status: 401, json: { code: 'auth/wrong-password' } })
    expect(unknown.text).toBe(known.text)
    expect([...unknown.headers.keys()]).toEqual([...known.headers.keys()])
  })

  test('takes as long without an account as with one', async () => {
    const { email } = await someUser(api, 'viewer')
    const times = { known: [] as number[], unknown: [] as number[] }
    for (let round = 0; round < 7; round += 1) {
      for (const [who, address] of [
        ['known', email],
        ['unknown', `nobody${round}@example.org`],
      ] as const) {
        const began = performance.now()
        await api.ask('POST', '/sign-in', { key: null, body: { email: address, password: wrong }, from: '192.0.2.7' })
        times[who].push(performance.now() - began)
      }
    }
    // A missing hash would make it ten times faster; the machine that tests run on is never quiet.
    expect(Math.min(...times.unknown)).toBeGreaterThan(Math.min(...times.known) / 2)
  })

  test('replaces the session that the browser had, and takes no token that was planted', async () => {
    const { email } = await someUser(api, 'viewer')
    const browser = await signedIn(api, 'viewer')
    const before = browser.cookie
    const answer = await browser.ask('POST', '/sign-in', { body: { email, password: testPassword } })
    expect(answer.headers.get('set-cookie')).not.toContain(before)
    expect((await api.ask('GET', '/me', { key: null, headers: { cookie: before } })).json.code).toBe('auth/signed-out')

    const planted = `textloom=${'A'.repeat(43)}`
    const chosen = browserOn(api, planted)
    await chosen.ask('POST', '/sign-in', { body: { email, password: testPassword } })
    expect(chosen.cookie).not.toContain(planted)
    expect((await api.ask('GET', '/me', { key: null, headers: { cookie: planted } })).status).toBe(401)
  })

  test('is stored as a hash of the token only', async () => {
    const browser = await signedIn(api, 'viewer')
    const token = browser.cookie.replace('textloom=', '')
    const rows = await api.sql.query('select * from browser_session')
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  test('of a disabled account is refused with a sentence, to whoever knows the password only', async () => {
    const { id, email } = await someUser(api, 'viewer')
    await api.ask('PUT', `/users/${id}`, { body: { enabled: false } })
    const answers = [testPassword, wrong].map((password) =>
      api.ask('POST', '/sign-in', { key: null, body: { email, password } }),
    )
    expect((await Promise.all(answers)).map(({ json }) => json.code)).toEqual(['auth/disabled', 'auth/wrong-password'])
  })
})

describe('guessing', () => {
  const guess = (email: string, from: string, headers = {}) =>
    api.ask('POST', '/sign-in', { key: null, body: { email, password: wrong }, from, headers })

  test('at one account is looked at ten times in a quarter of an hour, whatever addresses are claimed', async () => {
    const { email } = await someUser(api, 'viewer')
    const statuses: number[] = []
    for (let n = 0; n < 13; n += 1) {
      statuses.push((await guess(email, '192.0.2.1', { 'x-forwarded-for': `198.51.100.${n}` })).status)
    }
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429, 429])
    const refused = await api.ask('POST', '/sign-in', { key: null, body: { email, password: testPassword } })
    expect(refused).toMatchObject({ status: 429, json: { code: 'auth/too-many-tries' } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800)

    // The window passes; what it kept is all that locks the owner out.
    await api.sql.query("update rate_limit set expire = 0 where key like 'sign-in-account:%'")
    const later = await api.ask('POST', '/sign-in', { key: null, body: { email, password: testPassword } })
    expect(later.status).toBe(200)
  })

  test('from one address at many accounts is refused, and other addresses are not', async () => {
    const statuses = new Set<number>()
    for (let n = 0; n < 52; n += 1) statuses.add((await guess(`a${n}@example.org`, `2001:db8::${n}`)).status)
    expect([...statuses]).toEqual([401, 429])
    expect((await guess('b@example.org', '2001:db8:0:1::1')).status).toBe(401)
  })

  test('from elsewhere does not lock people out of the browser that they used before', async () => {
    const { email } = await someUser(api, 'viewer')
    const own = browserOn(api)
    const right = { email, password: testPassword }
    await own.ask('POST', '/sign-in', { body: right })
    await own.ask('POST', '/sign-out')
    expect(own.cookie).toMatch(/^textloom-device=/)
    for (let n = 0; n < 11; n += 1) await guess(email, '192.0.2.5')
    expect((await browserOn(api).ask('POST', '/sign-in', { body: right })).status).toBe(429)
    expect((await own.ask('POST', '/sign-in', { body: right })).status).toBe(200)

    // Whoever takes that browser has no more tries than others, and none for other accounts or by a made-up cookie.
    const statuses: number[] = []
    for (let n = 0; n < 12; n += 1) {
      statuses.push((await own.ask('POST', '/sign-in', { body: { email, password: wrong } })).status)
    }
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429])
    const planted = browserOn(api, 'textloom-device=sealed:1:00000000:AAAA')
    expect((await planted.ask('POST', '/sign-in', { body: right })).status).toBe(429)
  })

  test('is forgotten once the right password was given', async () => {
    const { email } = await someUser(api, 'viewer')
    for (let n = 0; n < 9; n += 1) await guess(email, '192.0.2.3')
    const right = { email, password: testPassword }
    expect((await api.ask('POST', '/sign-in', { key: null, body: right })).status).toBe(200)
    expect((await guess(email, '192.0.2.3')).status).toBe(401)
  })
})

describe('another site', () => {
  const foreign = [
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site', origin: 'http://other.localhost:3000', host: 'localhost:3000' },
    { origin: 'https://evil.example', host: 'localhost:3000' },
    { origin: 'null', host: 'localhost:3000' },
    { origin: 'http://localhost:3001', host: 'localhost:3000' },
  ]
  test.each(foreign)('cannot make a browser change anything (%o)', async (headers) => {
    const browser = await signedIn(api, 'administrator')
    for (const [method, path] of [
      ['POST', '/sign-out'],
      ['PUT', '/me'],
      ['POST', '/sign-in'],
      ['DELETE', '/flows/x'],
    ] as const) {
      const answer = await browser.ask(method, path, { headers })
      expect(answer, `${method} ${path}`).toMatchObject({ status: 403, json: { code: 'auth/foreign-site' } })
    }
    expect((await browser.ask('GET', '/me')).status).toBe(200)
  })

  test.each([
    { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:3000' },
    { origin: 'http://localhost:3000', host: 'localhost:3000' },
    {},
  ])('is not what the app itself is taken for (%o)', async (headers) => {
    const browser = await signedIn(api, 'viewer')
    expect((await browser.ask('PUT', '/me', { headers, body: { name: 'Me' } })).status).toBe(200)
  })

  test('is no matter where a key is sent, which no browser adds by itself', async () => {
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expect((await api.ask('POST', '/sign-out', { headers })).status).toBe(204)
  })

  test('gets no permission to read', async () => {
    const { headers } = await api.ask('GET', '/me', { headers: { origin: 'https://evil.example' } })
    expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
  })
})

describe('signing out', () => {
  test('ends this session at once, and no other', async () => {
    const { email } = await someUser(api, 'viewer')
    const [one, other] = [browserOn(api), browserOn(api)]
    for (const browser of [one, other])
      await browser.ask('POST', '/sign-in', { body: { email, password: testPassword } })
    const { cookie } = one
    expect((await one.ask('POST', '/sign-out')).status).toBe(204)
    expect(one.cookie).not.toMatch(/textloom=/)
    expect((await api.ask('GET', '/me', { key: null, headers: { cookie } })).status).toBe(401)
    expect((await other.ask('GET', '/me')).status).toBe(200)
  })
})

describe('a session', () => {
  const change = (cookie: string, values: string) =>
    api.sql.query(`update browser_session set ${values} where token_hash = $1`, [
      hashOfToken(cookie.slice('textloom='.length)),
    ])
  const hoursLeft = async (cookie: string) => {
    const [row] = await api.sql.query<{ hours: number }>(
      'select round(extract(epoch from expires_at - now()) / 3600)::int as hours from browser_session where token_hash = $1',
      [hashOfToken(cookie.slice('textloom='.length))],
    )
    return row?.hours
  }

  test('lasts two weeks from its last use, which prolongs the cookie', async () => {
    const browser = await signedIn(api, 'viewer')
    const { cookie } = browser
    await change(cookie, "last_seen_at = now() - interval '2 minutes', expires_at = now() + interval '1 hour'")
    const used = await browser.ask('GET', '/me')
    expect(used.headers.get('set-cookie')).toContain(`${cookie}; Max-Age=1209600`)
    expect(await hoursLeft(cookie)).toBe(14 * 24)
    await change(cookie, "expires_at = now() - interval '1 second'")
    expect((await browser.ask('GET', '/me')).json.code).toBe('auth/signed-out')
    expect(browser.cookie).toBe('')
  })

  test('ends three months after the sign-in, however much it is used', async () => {
    const browser = await signedIn(api, 'viewer')
    await change(browser.cookie, "created_at = now() - interval '89 days', last_seen_at = now() - interval '1 day'")
    expect((await browser.ask('GET', '/me')).status).toBe(200)
    expect(await hoursLeft(browser.cookie)).toBe(24)
  })
})

describe('behind https', () => {
  const { email, password } = { email: 'ada@example.org', password: testPassword }

  test.each([
    { says: 'PUBLIC_URL', settings: { publicUrl: 'https://sms.example.org' }, headers: {} },
    { says: 'a trusted proxy', settings: { trustProxy: 1 }, headers: { 'x-forwarded-proto': 'https' } },
  ])('as $says says, the cookie is Secure and of this host alone', async ({ settings, headers }) => {
    const secure = await testInstance({ settings })
    try {
      await someUser(secure, 'administrator', { email })
      const browser = browserOn(secure)
      const answer = await browser.ask('POST', '/sign-in', { body: { email, password }, headers })
      expect(answer.headers.getSetCookie()[0]).toMatch(
        /^__Host-textloom=[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      )
      expect((await browser.ask('GET', '/me', { headers })).status).toBe(200)
      const planted = browser.cookie.replace('__Host-', '')
      const answered = await secure.ask('GET', '/me', { key: null, headers: { ...headers, cookie: planted } })
      expect(answered.json.code).toBe('auth/no-key')
      const body = { email: 'new@example.org', name: 'New', role: 'viewer' }
      const { invitation } = (await browser.ask('POST', '/users', { body, headers })).json
      expect(invitation.link).toMatch(
        settings.publicUrl === undefined ? /^http/ : /^https:\/\/sms\.example\.org\/set-up\?/,
      )
    } finally {
      await secure.stop()
    }
  })

  test('is nothing that a header can claim where no proxy is trusted', async () => {
    const user = await someUser(api, 'viewer')
    const headers = { 'x-forwarded-proto': 'https' }
    const answer = await api.ask('POST', '/sign-in', { key: null, body: { email: user.email, password }, headers })
    expect(answer.headers.get('set-cookie')).toMatch(/^textloom=/)
  })
})
