import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { prepareAdministrator } from '../../accounts/administrator.ts'
import { auditTrail } from '../../accounts/audit-trail.ts'
import { uuidsBy } from '../../host/ids.ts'
import { secretBox } from '../../settings/secret-box.ts'
import { browserOn, signedIn, testPassword } from '../testing/browser.ts'
import { type TestInstance, testInstance } from '../testing/test-instance.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance()
})
beforeEach(() => api.sql.script('delete from set_up_token; delete from app_user; delete from rate_limit'))
afterAll(() => api.stop())

const ada = { email: 'ada@example.org', name: 'Ada', password: 'engines weave algebra' }

/** What a start does; returns the token of the printed link. */
function start(admin?: { email: string; password: string }): Promise<string | undefined> {
  const { sql, kit } = api
  const { clock } = kit
  const audit = auditTrail({ box: secretBox(Buffer.alloc(32, 7)), now: () => clock.now() })
  return prepareAdministrator(sql, admin, { now: new Date(clock.now()), ids: uuidsBy(clock), audit })
}

const setUp = (token: string | undefined, more = {}) =>
  api.ask('POST', '/set-up', { key: null, body: { token, ...ada, ...more } })
const stateOf = async (token = '') => (await api.ask('GET', `/set-up${token && `?token=${token}`}`, { key: null })).json

describe('the first start', () => {
  test('gives a link that makes the administrator, once', async () => {
    const token = await start()
    expect(await stateOf()).toEqual({ needed: true, link: null, user: null })
    expect(await stateOf('wrong')).toEqual({ needed: true, link: null, user: null })
    expect(await stateOf(token)).toEqual({ needed: true, link: 'administrator', user: null })

    const browser = browserOn(api)
    const made = await browser.ask('POST', '/set-up', { body: { token, ...ada } })
    expect(made).toMatchObject({ status: 200, json: { role: 'administrator', user: { email: ada.email } } })
    expect((await browser.ask('GET', '/users')).json.items).toMatchObject([
      { ...{ email: ada.email }, state: 'active' },
    ])

    expect(await stateOf(token)).toEqual({ needed: false, link: null, user: null })
    expect(await setUp(token, { email: 'eve@example.org' })).toMatchObject({
      status: 410,
      json: { code: 'set-up/invalid-link' },
    })
    expect(await start()).toBeUndefined()
  })

  test('makes one administrator of two that are quick', async () => {
    const [one, other] = [await start(), await start()]
    const made = await Promise.all([
      setUp(one),
      setUp(one, { email: 'eve@example.org' }),
      setUp(other, { email: 'mal@example.org' }),
    ])
    expect(made.map(({ status }) => status).toSorted()).toEqual([200, 410, 410])
    const [count] = await api.sql.query<{ n: number }>('select count(*)::int as n from app_user')
    expect(count?.n).toBe(1)
  })

  test('stores no token, and lets links end after a week', async () => {
    const token = await start()
    expect(JSON.stringify(await api.sql.query('select * from set_up_token'))).not.toContain(token)
    await api.sql.query('update set_up_token set expires_at = now()')
    expect((await setUp(token)).status).toBe(410)
  })

  test.each([
    ['without an e-mail address', { email: undefined }, 'request/invalid', 'email'],
    ['with half an e-mail address', { email: 'ada' }, 'request/invalid', 'email'],
    ['with an empty name', { name: ' ' }, 'request/invalid', 'name'],
    ['with a short password', { password: 'short one' }, 'users/weak-password', 'password'],
    ['with a role', { role: 'viewer' }, 'request/invalid', 'role'],
  ])('takes nobody %s, and keeps the link', async (_, more, code, path) => {
    const token = await start()
    expect(await setUp(token, more)).toMatchObject({ status: 422, json: { code, issues: [{ path }] } })
    expect((await setUp(token)).status).toBe(200)
  })

  test('has no account to guess', async () => {
    await start()
    const [count] = await api.sql.query<{ n: number }>('select count(*)::int as n from app_user')
    expect(count?.n).toBe(0)
  })
})

describe('TEXTLOOM_ADMIN_EMAIL and TEXTLOOM_ADMIN_PASSWORD', () => {
  const admin = { email: 'Root@Example.org', password: testPassword }
  const canSignIn = async (password: string) =>
    (await api.ask('POST', '/sign-in', { key: null, body: { email: admin.email, password } })).status === 200

  test('make the administrator instead of a link, and void one that was printed', async () => {
    const token = await start()
    expect(await start(admin)).toBeUndefined()
    expect(await canSignIn(admin.password)).toBe(true)
    expect((await setUp(token)).status).toBe(410)
  })

  test('change nothing at the next start, not even a password that was changed since', async () => {
    await start(admin)
    const browser = browserOn(api)
    await browser.ask('POST', '/sign-in', { body: { email: admin.email, password: admin.password } })
    const changed = { current: admin.password, password: 'quite another one' }
    expect((await browser.ask('POST', '/me/password', { body: changed })).status).toBe(204)
    await start(admin)
    expect(await canSignIn(changed.password)).toBe(true)
    expect((await browser.ask('GET', '/me')).status).toBe(200)
  })

  test('give the role back that was taken, and switch the account on', async () => {
    await start(admin)
    const other = await signedIn(api, 'administrator')
    const [{ id }] = (await other.ask('GET', '/users')).json.items
    const taken = await other.ask('PUT', `/users/${id}`, { body: { role: 'viewer', enabled: false } })
    expect(taken.json).toMatchObject({ email: 'root@example.org', role: 'viewer', state: 'disabled' })
    await start(admin)
    expect((await other.ask('GET', `/users/${id}`)).json).toMatchObject({ role: 'administrator', state: 'active' })
  })
})
