import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserOn, signedIn, someUser, testPassword } from '../testing/browser.ts'
import { type TestInstance, testInstance } from '../testing/test-instance.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance()
})
afterAll(() => api.stop())

describe('oneself', () => {
  test('changes the name', async () => {
    const browser = await signedIn(api, 'agent')
    expect((await browser.ask('PUT', '/me', { body: { name: '  Grace Hopper ' } })).json.user.name).toBe('Grace Hopper')
    expect((await browser.ask('GET', '/me')).json).toMatchObject({ label: 'Grace Hopper', role: 'agent' })
  })

  test.each(['role', 'id', 'email', 'workspaceId', 'passwordHash', 'scopes', 'permissions'])(
    'does not change "%s"',
    async (field) => {
      const browser = await signedIn(api, 'viewer')
      const before = (await browser.ask('GET', '/me')).json
      const body = { name: before.label, [field]: 'administrator' }
      expect(await browser.ask('PUT', '/me', { body })).toMatchObject({
        status: 422,
        json: { issues: [{ path: field }] },
      })
      expect((await browser.ask('GET', '/me')).json).toEqual(before)
    },
  )

  test('is told what it may do when it is a key, which has no name and no password', async () => {
    expect((await api.ask('GET', '/me')).json).toMatchObject({ id: 'env', user: null, role: null })
    const password = { current: 'x', password: 'some other words' }
    for (const [method, path, body] of [
      ['PUT', '/me', { name: 'Key' }],
      ['POST', '/me/password', password],
    ] as const) {
      expect((await api.ask(method, path, { body })).json.code).toBe('auth/not-a-person')
    }
  })
})

describe('a password', () => {
  test('is changed with the present one, which signs every other browser out and gives this one a new session', async () => {
    const { email } = await someUser(api, 'editor')
    const [here, there] = [browserOn(api), browserOn(api)]
    for (const browser of [here, there])
      await browser.ask('POST', '/sign-in', { body: { email, password: testPassword } })
    const before = here.cookie
    const body = { current: testPassword, password: 'entirely new words' }
    expect((await here.ask('POST', '/me/password', { body })).status).toBe(204)
    expect(here.cookie).not.toBe(before)
    expect((await here.ask('GET', '/me')).status).toBe(200)
    expect((await there.ask('GET', '/me')).status).toBe(401)
    expect((await api.ask('GET', '/me', { key: null, headers: { cookie: before } })).status).toBe(401)
    const [old, fresh] = await Promise.all(
      [testPassword, body.password].map((password) =>
        api.ask('POST', '/sign-in', { key: null, body: { email, password } }),
      ),
    )
    expect([old?.status, fresh?.status]).toEqual([401, 200])
  })

  test('is not changed without the present one, and guessing that is slow too', async () => {
    const browser = await signedIn(api, 'viewer')
    const body = { current: 'not the right one', password: 'entirely new words' }
    const statuses: number[] = []
    for (let n = 0; n < 12; n += 1) statuses.push((await browser.ask('POST', '/me/password', { body })).status)
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429])
  })

  test('is stored as Argon2id with at least 19 MiB and two passes', async () => {
    await someUser(api, 'viewer')
    const rows = await api.sql.query<{ password_hash: string }>('select password_hash from app_user')
    for (const { password_hash } of rows) expect(password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  test('of 64 characters and more is kept whole', async () => {
    const { email } = await someUser(api, 'viewer')
    const browser = browserOn(api)
    await browser.ask('POST', '/sign-in', { body: { email, password: testPassword } })
    const long = `${'many words '.repeat(20)}end`
    expect(
      (await browser.ask('POST', '/me/password', { body: { current: testPassword, password: long } })).status,
    ).toBe(204)
    const tries = [long, long.slice(0, 72), `${long}!`].map((password) =>
      api.ask('POST', '/sign-in', { key: null, body: { email, password } }),
    )
    expect((await Promise.all(tries)).map(({ status }) => status)).toEqual([200, 401, 401])
  })
})
