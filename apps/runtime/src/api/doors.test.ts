import type { OpenAPIHono } from '@hono/zod-openapi'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drizzleOver } from '../db/drizzle.ts'
import { uuidsBy } from '../host/ids.ts'
import { createKey } from './access/keys.ts'
import { allows, needOf, type Scope, scopes } from './access/permissions.ts'
import { openApiDocument } from './openapi.ts'
import { type TestInstance, testInstance } from './testing/test-instance.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance()
})
afterAll(() => api.stop())

/** What CONTRACT §5 names open; the app's files and `/` are tested with the pages. */
const open =
  /^\/(?:healthz|readyz|openapi\.json|docs(?:\/.*)?|schemas\/.*|l\/[^/]+|in\/[^/]+|favicon\.svg|\*?|api\/v1\/(?:sign-in|set-up))$/

/** Every method and path that anything answers: of the document and of the router, middleware left out. */
function doors(): { method: string; path: string }[] {
  const app = api.app as unknown as OpenAPIHono
  const described = Object.entries(openApiDocument(app as never).paths ?? {}).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => ({ method: method.toUpperCase(), path })),
  )
  const registered = app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => ({ method, path: path.replaceAll(/:([^/]+)/g, '{$1}') }))
  const all = new Map([...described, ...registered].map((door) => [`${door.method} ${door.path}`, door]))
  return [...all.values()]
}

const uuid = '01a202cb-ba14-7eab-8383-b75a5e01ebde'
const reach = (path: string) => path.replace('{revision}', '1').replace(/\{[^}]+\}/g, uuid)

async function keyFor(...held: Scope[]): Promise<string> {
  const { kit, sql } = api
  const now = new Date(kit.clock.now())
  return (await createKey(drizzleOver(sql), { label: held.join(), scopes: held }, { now, ids: uuidsBy(kit.clock) })).key
}

describe('every door', () => {
  test('of the router is described, and the other way round', () => {
    const undescribed = doors().filter(({ path }) => path.startsWith('/api/') || path === '/metrics')
    expect(undescribed.length).toBeGreaterThan(30)
    const document = openApiDocument(api.app as never)
    for (const { method, path } of undescribed) {
      expect(document.paths?.[path], path).toHaveProperty(method.toLowerCase())
    }
  })

  test('is closed without a key, unless CONTRACT §5 names it open', async () => {
    for (const { method, path } of doors()) {
      if (open.test(path)) continue
      const answer = await api.ask(method, `/${reach(path)}`, { key: null })
      expect(answer, `${method} ${path}`).toMatchObject({ status: 401, json: { code: 'auth/no-key' } })
      expect(answer.headers.get('www-authenticate')).toContain('Bearer')
    }
  })

  test('is closed to a key without scopes, and says which one it takes', async () => {
    const key = await keyFor()
    for (const { method, path } of doors()) {
      if (open.test(path) || needOf(method, path) === 'own') continue
      const answer = await api.ask(method, `/${reach(path)}`, { key })
      expect(answer, `${method} ${path}`).toMatchObject({ status: 403, json: { code: 'auth/forbidden' } })
      expect(scopes).toContain(answer.json.scope)
    }
  })

  test('opens to its own scope, and no other scope opens it', async () => {
    const keys = new Map(await Promise.all(scopes.map(async (scope) => [scope, await keyFor(scope)] as const)))
    for (const { method, path } of doors()) {
      // What changes nothing in the database can be asked with each key in turn; streams would not end.
      if (open.test(path) || method !== 'GET' || /events|handset/.test(path)) continue
      const wanted = needOf(method, reach(path))
      if (wanted === 'own') continue
      for (const [scope, key] of keys) {
        const { status } = await api.ask(method, `/${reach(path)}`, { key })
        const isOpen = wanted !== undefined && allows([scope], wanted)
        expect(status === 403, `${method} ${path} with ${scope}`).toBe(!isOpen)
      }
    }
  })

  test('that does not exist is closed too, so nobody learns what exists', async () => {
    for (const path of ['/api', '/api/v1', '/api/v1/users', '/api/v2/flows', '/api/v1/flows/../keys', '/metrics']) {
      expect((await api.ask('GET', `/${path}`, { key: null })).status, path).toBe(401)
    }
    expect((await api.ask('GET', '/nobody')).status).toBe(404)
  })
})

describe('a key', () => {
  test.each([
    { how: 'in the query string', headers: {}, query: '?key=KEY&api_key=KEY&access_token=KEY' },
    { how: 'as basic authentication', headers: { authorization: 'Basic KEY' }, query: '' },
    { how: 'in a header of its own', headers: { 'x-api-key': 'KEY' }, query: '' },
    { how: 'in a cookie', headers: { cookie: 'key=KEY' }, query: '' },
  ])('$how is not taken', async ({ headers, query }) => {
    const key = await keyFor('*')
    const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace('KEY', key)]))
    const answer = await api.ask('GET', `/flows${query.replaceAll('KEY', key)}`, { key: null, headers: named })
    expect(answer.status).toBe(401)
  })

  test('that is unknown or damaged is refused', async () => {
    const key = await keyFor('*')
    for (const wrong of [`${key}x`, key.slice(0, -1), 'tlk_', 'x', key.toUpperCase()]) {
      expect(await api.ask('GET', '/flows', { key: wrong })).toMatchObject({
        status: 401,
        json: { code: 'auth/unknown-key' },
      })
    }
  })

  test('is stored as a hash, and its last use is noted', async () => {
    const key = await keyFor('flows:read')
    await api.ask('GET', '/flows', { key })
    const dump = JSON.stringify(await api.sql.query('select * from api_key'))
    expect(dump).not.toContain(key)
    expect(dump).not.toContain(key.slice(12))
    const rows = await api.sql.query('select last_used_at from api_key where label = $1', ['flows:read'])
    expect(rows[0]?.last_used_at).toBeInstanceOf(Date)
  })
})
