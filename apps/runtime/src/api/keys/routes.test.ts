import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestInstance, testInstance } from '../testing/test-instance.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance()
})
afterAll(() => api.stop())

describe('a key of the API', () => {
  test('is shown once, works for its scopes, and stops at once when it is revoked', async () => {
    const made = await api.ask('POST', '/keys', { body: { label: ' Reports ', scopes: ['messages:read'] } })
    expect(made).toMatchObject({ status: 201, json: { label: 'Reports', scopes: ['messages:read'], revokedAt: null } })
    const { id, key, prefix } = made.json
    expect(key).toMatch(/^tlk_[\w-]{43}$/)
    expect(key.startsWith(prefix)).toBe(true)

    expect((await api.ask('GET', '/messages', { key })).status).toBe(200)
    expect((await api.ask('GET', '/flows', { key })).json).toMatchObject({
      code: 'auth/forbidden',
      scope: 'flows:read',
    })
    const listed = await api.ask('GET', '/keys')
    expect(listed.json.items).toMatchObject([{ id, prefix, lastUsedAt: expect.any(String) }])
    expect(listed.text).not.toContain(key)

    expect((await api.ask('DELETE', `/keys/${id}`)).status).toBe(204)
    expect((await api.ask('GET', '/messages', { key })).json).toMatchObject({ code: 'auth/unknown-key' })
    expect((await api.ask('GET', '/keys')).json.items).toMatchObject([{ id, revokedAt: expect.any(String) }])
  })

  test('cannot make a key that may do more than it', async () => {
    const { json: maker } = await api.ask('POST', '/keys', {
      body: { label: 'maker', scopes: ['keys:write', 'flows:read'] },
    })
    const make = (scopes: string[]) => api.ask('POST', '/keys', { body: { label: 'x', scopes }, key: maker.key })
    expect((await make(['flows:read', 'keys:read'])).status).toBe(201)
    expect(await make(['flows:read', 'flows:write'])).toMatchObject({
      status: 403,
      json: { code: 'auth/forbidden', scopes: ['flows:write'] },
    })
    expect((await make(['*'])).status).toBe(403)
  })

  test.each([
    { body: { label: '', scopes: ['*'] }, path: 'label' },
    { body: { label: 'x', scopes: [] }, path: 'scopes' },
    { body: { label: 'x', scopes: ['flows:delete'] }, path: 'scopes[0]' },
    { body: { label: 'x' }, path: 'scopes' },
  ])('is not made of $body', async ({ body, path }) => {
    expect(await api.ask('POST', '/keys', { body })).toMatchObject({ status: 422, json: { issues: [{ path }] } })
  })

  test('that nobody knows is not found', async () => {
    expect((await api.ask('DELETE', '/keys/01a202cb-ba14-7eab-8383-b75a5e01ebde')).status).toBe(404)
  })
})
