import { expect, test } from 'vitest'
import { hostingOn, until } from '../host/testing/hosting-kit.ts'
import { scriptedNetwork } from '../host/testing/scripted-link.ts'
import { withDatabase } from '../host/testing/with-database.ts'

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
