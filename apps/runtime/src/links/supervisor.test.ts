import { expect, test } from 'vitest'
import { ownIdentity } from '../db/engine/process-identity.ts'
import { slotResource } from '../db/hot/leases.ts'
import { leaseStoreOn } from '../host/lease-store.ts'
import { keepLeases } from '../host/ownership.ts'
import { hostingOn, until } from '../host/testing/hosting-kit.ts'
import { scriptedNetwork } from '../host/testing/scripted-link.ts'
import { withDatabase } from '../host/testing/with-database.ts'
import { linkMemory } from './link-memory.ts'

const database = withDatabase()

const addLink = (id: string, kind: string, config: object) =>
  database().sql.query(
    `insert into link (id, kind, config, source, created_at, updated_at) values ($1, $2, $3, 'api', now(), now())`,
    [id, kind, { ...config }],
  )

test.each([
  { what: 'of a kind that is not there', kind: 'pigeon', config: {}, says: 'no links of kind "pigeon"' },
  { what: 'with a setting that does not fit', kind: 'smpp', config: { host: 'x', systemId: 7 }, says: 'systemId' },
  {
    what: 'with a password sealed by another secret',
    kind: 'smpp',
    config: { host: 'x', systemId: 'x', password: 'sealed:1:00000000:AAAA' },
    says: 'encrypted with another secret',
  },
])('a link $what stays closed and says why; the others work', async ({ kind, config, says }) => {
  const kit = await hostingOn(database().sql)
  await addLink('odd', kind, config)
  await kit.configurationChanged()
  expect(kit.links.status('odd')).toMatchObject({ state: 'refused', lastError: expect.stringContaining(says) })
  expect(kit.links.status('phone')?.state).toBe('bound')
  await kit.stop()
})

test('a link that is added is opened, one that is changed is opened anew, one that is switched off is closed', async () => {
  const network = scriptedNetwork()
  const kit = await hostingOn(database().sql, { network })
  const states: string[] = []
  kit.links.onStatus((id, { state }) => states.push(`${id} ${state}`))

  await addLink('spare', 'loopback', {})
  await kit.configurationChanged()
  await until(() => kit.links.status('spare')?.state === 'bound')

  await kit.sql.query(`update link set kind = 'loopback' where id = 'phone'`)
  await kit.configurationChanged()
  await until(() => states.at(-1) === 'phone bound')
  expect(states).toEqual(['spare bound', 'phone stopped', 'phone bound'])

  await kit.sql.query(`update link set is_enabled = false where id = 'phone'`)
  await kit.configurationChanged()
  await until(() => kit.links.status('phone') === undefined)
  expect(states.at(-1)).toBe('phone stopped')
  await kit.stop()
})

test("links that share a budget are one process's: whoever owns the first of them owns them all", async () => {
  const sql = database().sql
  const kit = await hostingOn(sql, { isExclusive: false })
  const other = keepLeases({
    leases: leaseStoreOn(sql),
    identity: { ...(await ownIdentity()), world: 'another machine' },
    isAlone: false,
    failed: () => undefined,
  })
  other.want(slotResource('north', 0), { taken: () => undefined, lost: () => undefined })
  await other.asked()
  for (const id of ['north', 'south']) await addLink(id, 'loopback', { budget: 'network' })
  await addLink('west', 'loopback', {})
  await kit.configurationChanged()
  const state = (id: string) => kit.links.status(id)?.state
  await until(() => state('west') === 'bound')
  expect([state('north'), state('south')]).toEqual([undefined, undefined])

  await other.stop()
  await until(() => state('north') === 'bound' && state('south') === 'bound')

  // A channel with a speed of its own joins its links too; one that another process has is waited for.
  const again = keepLeases({
    leases: leaseStoreOn(sql),
    identity: { ...(await ownIdentity()), world: 'another machine' },
    isAlone: false,
    failed: () => undefined,
  })
  again.want(slotResource('east', 0), { taken: () => undefined, lost: () => undefined })
  await again.asked()
  await addLink('east', 'loopback', {})
  await sql.query(`update channel set links = '["west", "east"]', config = '{"messagesPerSecond": 5}'`)
  await kit.configurationChanged()
  await until(() => state('west') === undefined)
  expect(state('south')).toBe('bound')
  await again.stop()
  await until(() => state('west') === 'bound' && state('east') === 'bound')
  await kit.stop()
}, 20_000)

test('what a link keeps outlasts the process and changes of its settings, and goes with the link', async () => {
  const { sql } = database()
  const kit = await hostingOn(sql)
  const memory = linkMemory(sql, 'phone')
  expect(await memory.recall('pin')).toBeUndefined()
  await memory.keep('pin', 'refused')
  await memory.keep('other', '1')
  await kit.sql.query(`update link set config = '{"messagesPerSecond": 9}' where id = 'phone'`)
  expect(await linkMemory(sql, 'phone').recall('pin')).toBe('refused')
  expect(await linkMemory(sql, 'gone').recall('pin')).toBeUndefined()
  await kit.stop()
})
