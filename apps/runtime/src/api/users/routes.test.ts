import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Browser, browserOn, signedIn, someUser, testPassword } from '../testing/browser.ts'
import { readEvents } from '../testing/read-events.ts'
import { type TestInstance, testInstance } from '../testing/test-instance.ts'

let api: TestInstance
let admin: Browser
beforeAll(async () => {
  api = await testInstance()
})
beforeEach(async () => {
  admin = await signedIn(api, 'administrator')
})
afterAll(() => api.stop())

let count = 0
const newUser = (role: string) => ({ email: `new${++count}@example.org`, name: 'New', role })
const tokenOf = (link: string) => new URL(link).searchParams.get('token')

describe('a user', () => {
  test('is invited by a link, chooses a password, and is signed in', async () => {
    const body = newUser('editor')
    const invited = await admin.ask('POST', '/users', { body })
    const { user, invitation } = invited.json
    expect(invited.status).toBe(201)
    expect(user).toMatchObject({ ...body, state: 'invited', enabled: true, lastSignInAt: null })
    expect(invitation.link).toMatch(/^http:\/\/localhost\/set-up\?token=[\w-]{43}$/)
    const token = tokenOf(invitation.link)
    expect((await api.ask('GET', `/set-up?token=${token}`, { key: null })).json).toEqual({
      needed: false,
      link: 'password',
      user: { email: body.email, name: body.name },
    })
    // Nobody signs in before, with whatever password.
    const early = await api.ask('POST', '/sign-in', { key: null, body: { email: body.email, password: '' } })
    expect(early.status).toBe(422)

    const browser = browserOn(api)
    const chosen = await browser.ask('POST', '/set-up', { body: { token, password: testPassword } })
    expect(chosen).toMatchObject({ status: 200, json: { role: 'editor' } })
    expect((await browser.ask('GET', '/me')).status).toBe(200)
    expect((await admin.ask('GET', `/users/${user.id}`)).json.state).toBe('active')
    expect((await browser.ask('POST', '/set-up', { body: { token, password: testPassword } })).status).toBe(410)
  })

  test('has an e-mail address that nobody else has, in whatever case', async () => {
    const body = newUser('viewer')
    await admin.ask('POST', '/users', { body })
    const again = await admin.ask('POST', '/users', { body: { ...body, email: body.email.toUpperCase() } })
    expect(again).toMatchObject({ status: 409, json: { code: 'users/exists' } })
  })

  test.each([{ role: 'god' }, { email: 'nobody' }, { name: '' }, { passwordHash: 'x' }])(
    'is not made with %o',
    async (wrong) => {
      const [path] = Object.keys(wrong)
      const answer = await admin.ask('POST', '/users', { body: { ...newUser('viewer'), ...wrong } })
      expect(answer).toMatchObject({ status: 422, json: { code: 'request/invalid', issues: [{ path }] } })
    },
  )

  test('is listed with every other, page by page', async () => {
    const seen: string[] = []
    let cursor = ''
    for (;;) {
      const { json } = await admin.ask('GET', `/users?limit=2${cursor}`)
      seen.push(...json.items.map(({ id }: { id: string }) => id))
      if (json.nextCursor === null) break
      cursor = `&cursor=${json.nextCursor}`
    }
    expect(seen).toEqual([...new Set(seen)].sort())
    const [rows] = await api.sql.query<{ n: number }>('select count(*)::int as n from app_user')
    expect(seen.length).toBe(rows?.n)
  })

  test('never shows a hash', async () => {
    const { text } = await admin.ask('GET', '/users')
    expect(text).not.toMatch(/argon2|hash/i)
  })
})

describe('what somebody has open ends at once', () => {
  const ways: { readonly how: string; readonly end: (id: string) => Promise<unknown> }[] = [
    { how: 'they are disabled', end: (id) => admin.ask('PUT', `/users/${id}`, { body: { enabled: false } }) },
    { how: 'their role changes', end: (id) => admin.ask('PUT', `/users/${id}`, { body: { role: 'agent' } }) },
    { how: 'their password is reset', end: (id) => admin.ask('POST', `/users/${id}/reset`) },
  ]
  test.each(ways)('when $how', async ({ end }) => {
    const browser = await signedIn(api, 'administrator')
    const made = await browser.ask('POST', '/keys', { body: { label: 'mine', scopes: ['*'] } })
    const { key } = made.json
    const { cookie } = browser
    const stream = await api.app.request('/api/v1/events', { headers: { cookie } })
    const events = readEvents(stream.body!)
    await events.next()
    expect((await api.ask('GET', '/users', { key })).status).toBe(200)

    const began = performance.now()
    await end(browser.user.id)
    expect((await api.ask('GET', '/me', { key: null, headers: { cookie } })).status).toBe(401)
    // An administrator's key is worth what its maker may do now.
    const mayStill = (await admin.ask('GET', `/users/${browser.user.id}`)).json
    const expected = mayStill.state === 'disabled' ? 401 : mayStill.role === 'administrator' ? 200 : 403
    expect((await api.ask('GET', '/users', { key })).status).toBe(expected)
    while ((await events.next()) !== undefined);
    expect(performance.now() - began).toBeLessThan(5_000)
  })
})

describe('the last administrator', () => {
  test('stays one, and keeps the account and password', async () => {
    const alone = await testInstance()
    try {
      const last = await signedIn(alone, 'administrator')
      await someUser(alone, 'administrator', { passwordHash: null })
      const path = `/users/${last.user.id}`
      for (const answer of [
        await last.ask('PUT', path, { body: { role: 'viewer' } }),
        await last.ask('PUT', path, { body: { enabled: false } }),
        await last.ask('POST', `${path}/reset`),
      ]) {
        expect(answer).toMatchObject({ status: 409, json: { code: 'users/last-administrator' } })
      }
      expect((await last.ask('PUT', path, { body: { name: 'Still here' } })).json).toMatchObject({
        name: 'Still here',
        role: 'administrator',
      })
    } finally {
      await alone.stop()
    }
  })
})
