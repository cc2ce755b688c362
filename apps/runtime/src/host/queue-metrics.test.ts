import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { store } from '../db/hot/store.ts'
import { batchOf, newKey, outboxWrite } from '../testing/rows.ts'
import { measureQueues } from './queue-metrics.ts'
import { withDatabase } from './testing/with-database.ts'

const database = withDatabase()

test('queues are counted where they lie', async () => {
  const { sql } = database()
  const key = newKey()
  const outbox = [0, 1].map((n) => outboxWrite(key, 1, n, { dueAt: Date.now() - 60_000 }))
  await store(sql, batchOf(key, 1, { outbox }))
  const registry = new Registry()
  measureQueues(registry, sql)
  const page = await registry.metrics()
  expect(page).toContain(`textloom_queue_length{queue="outbox",link="${outbox[0]?.link}"} 2\n`)
  for (const queue of ['http', 'notify', 'webhook', 'timers', 'parts', 'starts', 'dead-letters']) {
    expect(page).toContain(`textloom_queue_length{queue="${queue}",link=""} 0\n`)
  }
  expect(Number(/textloom_queue_age_seconds\{queue="outbox".*\} (\S+)/.exec(page)?.[1])).toBeGreaterThan(59)
})
