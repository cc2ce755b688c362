import { formatFlow } from '@textloom/core'
import { registry } from '@textloom/nodes'
import { expect, test } from 'vitest'
import { machineCache } from './machines.ts'
import { greetingFlow } from './testing/flows.ts'
import { withDatabase } from './testing/with-database.ts'

const database = withDatabase()
const idOf = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`

async function publish(number: number, document: string): Promise<string> {
  const { sql } = database()
  const id = `flow-${number}`
  await sql.query(
    `insert into flow (id, name, document, etag, created_at, updated_at, source) values ($1, $1, $2, '', now(), now(), 'api')`,
    [id, document],
  )
  await sql.query(
    `insert into flow_revision (id, flow_id, number, document, published_at) values ($1::uuid, $2, 1, $3, now())`,
    [idOf(number), id, document],
  )
  return idOf(number)
}

const document = (id: string) => formatFlow(greetingFlow({ id }), registry)

test('one batch has all the machines it needs, also when the cache is too small for them', async () => {
  const machines = machineCache(database().sql, registry, 2)
  const revisions = await Promise.all([1, 2, 3, 4, 5].map((number) => publish(number, document(`greeting-${number}`))))
  const machineOf = await machines.prepare(revisions)
  expect(revisions.map((revision) => machineOf(revision).id)).toEqual(
    [1, 2, 3, 4, 5].map((number) => `greeting-${number}`),
  )
})

test('a revision is compiled once, however many batches ask for it at the same time', async () => {
  const machines = machineCache(database().sql, registry)
  const revision = await publish(1, document('greeting'))
  const [first, second] = await Promise.all([machines.prepare([revision]), machines.prepare([revision])])
  expect(first(revision)).toBe(second(revision))
})

test.each([
  { what: 'that is not stored', revision: async () => idOf(9), says: 'is not stored' },
  { what: 'whose name is no UUID', revision: async () => 'old-name', says: 'is not stored' },
  { what: 'that is no flow any more', revision: () => publish(1, '{}'), says: 'format' },
])('a revision $what is an error when it is used, not before', async ({ revision, says }) => {
  const machines = machineCache(database().sql, registry)
  const name = await revision()
  const machineOf = await machines.prepare([name])
  expect(() => machineOf(name)).toThrow(says)
})
