import { readFile } from 'node:fs/promises'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answeringRoles, roles } from '../../accounts/role.ts'
import { drizzleOver } from '../../db/drizzle.ts'
import { uuidsBy } from '../../host/ids.ts'
import { openApiDocument } from '../openapi.ts'
import { signedIn } from '../testing/browser.ts'
import { type TestInstance, testInstance } from '../testing/test-instance.ts'
import { createKey } from './keys.ts'
import { allows, isOpen, needOf, permissions, permissionsOfRoles, type Scope, scopes, spellOut } from './permissions.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance()
})
afterAll(() => api.stop())

/** What somebody may do, as the guide prints it: `see` is to read, any other word to write, nothing is nothing. */
async function guide(): Promise<ReadonlyMap<string, readonly string[]>> {
  const page = await readFile(new URL('../../../../../docs/guides/people.md', import.meta.url), 'utf8')
  const [heads = [], , ...rows] = page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  return new Map(
    heads.slice(1).map((role, column) => [
      role,
      rows.flatMap(([names = '', ...cells]) => {
        const actions = { '': [], see: ['read'] }[cells[column] ?? ''] ?? ['read', 'write']
        return names.split(', ').flatMap((name) => actions.map((action) => `${name.replace(' ', '-')}:${action}`))
      }),
    ]),
  )
}

/** Every route of the description that is not open, with an address that reaches it. */
function doors() {
  const id = '01a202cb-ba14-7eab-8383-b75a5e01ebde'
  const { paths = {} } = openApiDocument(api.app as unknown as OpenAPIHono as never)
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).flatMap((verb) => {
      const method = verb.toUpperCase()
      const address = path.replace('{revision}', '1').replace(/\{[^}]+\}/g, id)
      return isOpen(address) ? [] : [{ method, address, need: needOf(method, address) }]
    }),
  )
}

/** True unless it is refused for want of a permission. Nothing is sent, so nothing is made. */
async function opens(method: string, address: string, headers: { readonly [name: string]: string }): Promise<boolean> {
  const response = await api.app.request(address, { method, headers })
  if (response.status !== 403) {
    await response.body?.cancel()
    return response.status !== 401
  }
  const { code } = (await response.json()) as { code: string }
  return code !== 'auth/forbidden'
}

async function keyWith(held: readonly Scope[], createdBy?: string): Promise<{ authorization: string }> {
  const { sql, kit } = api
  const means = { now: new Date(kit.clock.now()), ids: uuidsBy(kit.clock) }
  const { key } = await createKey(drizzleOver(sql), { label: held.join(' '), scopes: held, createdBy }, means)
  return { authorization: `Bearer ${key}` }
}

describe('the permission table', () => {
  test('gives each role what the guide says', async () => {
    const said = await guide()
    expect([...said.keys()]).toEqual(roles)
    for (const role of roles.filter((one) => one !== 'administrator')) {
      expect([...spellOut(permissionsOfRoles[role])].sort(), role).toEqual([...(said.get(role) ?? [])].sort())
    }
    expect(spellOut(permissionsOfRoles.administrator)).toEqual(permissions)
    expect(permissions).toEqual(expect.arrayContaining([...(said.get('administrator') ?? [])]))
  })

  test('knows every route', () => {
    expect(doors().length).toBeGreaterThan(45)
    expect(doors().filter(({ need }) => need === undefined)).toEqual([])
  })

  test.each(roles)(
    'opens to the role "%s" exactly the routes that it says',
    async (role) => {
      const { cookie } = await signedIn(api, role)
      for (const { method, address, need } of doors()) {
        // It would end this very session.
        if (address === '/api/v1/sign-out') continue
        const isAllowed = need === 'own' || (need !== undefined && allows(permissionsOfRoles[role], need))
        expect(await opens(method, address, { cookie }), `${role}: ${method} ${address}`).toBe(isAllowed)
      }
    },
    60_000,
  )

  test('opens each route to a key with its scope, and to none that has every other one', async () => {
    for (const { method, address, need } of doors()) {
      if (need === 'own' || need === undefined) continue
      const enough = scopes.filter((scope) => allows([scope], need))
      const others = scopes.filter((scope) => !enough.includes(scope))
      for (const scope of enough) {
        expect(await opens(method, address, await keyWith([scope])), `${method} ${address} with ${scope}`).toBe(true)
      }
      expect(await opens(method, address, await keyWith(others)), `${method} ${address} without ${need}`).toBe(false)
    }
  }, 60_000)

  test('lets nobody in who is not signed in and has no key', async () => {
    for (const { method, address } of doors()) {
      expect(await opens(method, address, {}), `${method} ${address}`).toBe(false)
    }
  })
})

describe('a key that somebody made', () => {
  test('can do no more than they can at the time', async () => {
    const { user } = await signedIn(api, 'editor')
    const key = await keyWith(['*'], user.id)
    for (const { method, address, need } of doors()) {
      if (need === 'own' || need === undefined) continue
      const isAllowed = allows(permissionsOfRoles.editor, need)
      expect(await opens(method, address, key), `${method} ${address}`).toBe(isAllowed)
    }
    await api.ask('PUT', `/users/${user.id}`, { body: { enabled: false } })
    expect(await api.ask('GET', '/flows', { key: key.authorization.replace('Bearer ', '') })).toMatchObject({
      status: 401,
      json: { code: 'auth/unknown-key' },
    })
  })
})

test('those who answer tickets are those who may', () => {
  expect(answeringRoles).toEqual(roles.filter((role) => allows(permissionsOfRoles[role], 'tickets:write')))
})
