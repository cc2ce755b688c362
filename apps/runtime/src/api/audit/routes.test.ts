import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditTrail } from '../../accounts/audit-trail.ts'
import { drizzleOver } from '../../db/drizzle.ts'
import { greetingFlow } from '../../host/testing/flows.ts'
import { secretBox } from '../../settings/secret-box.ts'
import { browserOn, signedIn, someUser, testPassword } from '../testing/browser.ts'
import { type TestInstance, testInstance } from '../testing/test-instance.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance()
})
afterAll(() => api.stop())

const newest = async (limit: number) => (await api.ask('GET', `/audit?limit=${limit}`)).json.items

describe('the audit trail', () => {
  test('has exactly one row for each deed: who, when, what and from where', async () => {
    const admin = await signedIn(api, 'administrator')
    const link = { id: 'second', kind: 'loopback' }
    const channel = { id: '5050', address: '5050', link: 'second' }
    await api.ask('POST', '/flows', { body: greetingFlow({ id: 'noted' }) })
    const deeds: readonly [method: string, path: string, body: object | undefined, action: string, subject: RegExp][] =
      [
        ['POST', '/users', { email: 'x@example.org', name: 'X', role: 'agent' }, 'user.created', /^user:/],
        ['PUT', '/users/USER', { role: 'viewer' }, 'user.changed', /^user:/],
        ['POST', '/users/USER/reset', undefined, 'user.reset', /^user:/],
        ['POST', '/keys', { label: 'k', scopes: ['flows:read'] }, 'key.created', /^key:/],
        ['DELETE', '/keys/KEY', undefined, 'key.revoked', /^key:/],
        ['POST', '/links', link, 'link.created', /^link:second$/],
        ['PUT', '/links/second', link, 'link.changed', /^link:second$/],
        ['POST', '/channels', channel, 'channel.created', /^channel:5050$/],
        ['PUT', '/channels/5050', channel, 'channel.changed', /^channel:5050$/],
        ['DELETE', '/channels/5050', undefined, 'channel.removed', /^channel:5050$/],
        ['DELETE', '/links/second', undefined, 'link.removed', /^link:second$/],
        ['POST', '/flows/noted/publish', { channels: ['4040'] }, 'flow.published', /^flow:noted$/],
        ['DELETE', '/flows/noted', undefined, 'flow.archived', /^flow:noted$/],
        ['PUT', '/me', { name: 'Ada' }, 'user.changed', /^user:/],
        ['POST', '/sign-out', undefined, 'user.signed-out', /^$/],
      ]
    const ids = { USER: '', KEY: '' }
    for (const [method, path, body, action, subject] of deeds) {
      const [before] = await newest(1)
      const to = path.replace('USER', ids.USER).replace('KEY', ids.KEY)
      const answer = await admin.ask(method, to, { ...(body && { body }), from: '203.0.113.9' })
      expect(answer.status, `${method} ${to}: ${answer.text}`).toBeLessThan(300)
      if (path === '/users') ids.USER = answer.json.user.id
      if (path === '/keys') ids.KEY = answer.json.id
      const [row, previous] = await newest(2)
      expect(previous?.seq ?? 0, action).toBe(before?.seq ?? 0)
      expect(row).toMatchObject({ actor: `user:${admin.user.id}`, action, address: '203.0.113.9' })
      expect(row.subject ?? '').toMatch(subject)
      expect(Math.abs(Date.parse(row.at) - api.kit.clock.now())).toBeLessThan(60_000)
    }
  })

  test('has sign-ins, and those that failed', async () => {
    const { id, email } = await someUser(api, 'viewer')
    for (const body of [
      { email, password: testPassword },
      { email, password: 'something else' },
      { email: 'nobody@example.org', password: 'something else' },
    ]) {
      await browserOn(api).ask('POST', '/sign-in', { body })
    }
    expect(await newest(3)).toMatchObject([
      { action: 'user.sign-in-refused', actor: 'nobody' },
      { action: 'user.sign-in-refused', actor: `user:${id}` },
      { action: 'user.signed-in', actor: `user:${id}` },
    ])
  })

  test('has no route that changes it, and pages that meet', async () => {
    for (const [method, path] of [
      ['DELETE', '/audit'],
      ['DELETE', '/audit/1'],
      ['PUT', '/audit/1'],
      ['POST', '/audit'],
    ] as const) {
      expect([404, 405]).toContain((await api.ask(method, path)).status)
    }
    const whole = (await newest(200)).map(({ seq }: { seq: number }) => seq)
    const first = (await api.ask('GET', '/audit?limit=2')).json
    const second = (await api.ask('GET', `/audit?limit=2&cursor=${first.nextCursor}`)).json
    expect([...first.items, ...second.items].map(({ seq }) => seq)).toEqual(whole.slice(0, 4))
    expect(whole.at(-1)).toBe(1)
  })

  test('shows a row that was changed, taken out or cut off', async () => {
    const { sql, kit } = api
    const db = drizzleOver(sql)
    const trail = auditTrail({ box: secretBox(Buffer.alloc(32, 7)), now: () => kit.clock.now() })
    const last = (await newest(1))[0].seq
    expect(await trail.damage(db)).toBeUndefined()

    const tampering: readonly [statement: string, seq: number][] = [
      ["update audit set actor_name = 'somebody else' where seq = 3", 3],
      ["update audit set at = at + interval '1 hour' where seq = 4", 4],
      ['delete from audit where seq = 2', 2],
      [`delete from audit where seq = ${last}`, last],
      ['update audit set seal = (select seal from audit where seq = 1) where seq = 2', 2],
    ]
    for (const [statement, seq] of tampering) {
      const undone = new Error('undone')
      await sql
        .transaction(async (tx) => {
          await tx.query(statement)
          expect(await trail.damage(drizzleOver(tx)), statement).toMatchObject({ seq })
          throw undone
        })
        .catch((error) => expect(error).toBe(undone))
    }
    expect(await trail.damage(db)).toBeUndefined()
  })
})
