import { readFile } from 'node:fs/promises'
import type { LinkStatus } from '@textloom/core'
import { expect, test } from 'vitest'
import type { MtSettle } from '../db/hot/settle-and-claim.ts'
import { openMetrics } from './metrics.ts'
import type { TakenTurn } from './turn/take-turn.ts'

const bound: LinkStatus = { state: 'bound', since: 0, inFlight: 3, windowSize: 10 }

function opened(rows: () => Promise<object[]> = async () => []) {
  const query = rows as <Row>() => Promise<Row[]>
  return openMetrics({ sql: { query }, now: () => 5_000, backlog: () => 7, links: () => new Map([['smsc', bound]]) })
}

test('every figure is described for whoever draws a board', async () => {
  const page = await readFile(new URL('../../../../docs/reference/metrics.md', import.meta.url), 'utf8')
  const names = opened()
    .registry.getMetricsAsArray()
    .map(({ name }) => name)
    .filter((name) => name.startsWith('textloom_'))
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})

test('tells of links, messages and queues', async () => {
  const row = { queue: 'outbox', link: 'smsc', length: 4, age: 1.5 }
  const metrics = opened(async () => [row])
  const batch = { inbox: [{ kind: 'mo', link: 'smsc', at: 4_980 }], receipts: [{ state: 'delivered' }] }
  metrics.stored([{ turn: { batch }, outcomes: [{ status: 'transition' }] } as unknown as TakenTurn])
  metrics.settled('smsc', [{ state: 'sent', providerIds: ['a', 'b'], answeredMs: 30 } as unknown as MtSettle])
  metrics.status('smsc', bound)
  metrics.status('smsc', { ...bound, inFlight: 1 })
  const page = await metrics.registry.metrics()
  for (const line of [
    'textloom_events_waiting 7',
    'textloom_mo_stored_seconds_bucket{le="0.025",link="smsc"} 1',
    'textloom_receipts_total{state="delivered"} 1',
    'textloom_mt_segments_total{link="smsc"} 2',
    'textloom_mt_answer_seconds_bucket{le="0.05",link="smsc"} 1',
    'textloom_link_changes_total{link="smsc",state="bound"} 1',
    'textloom_link_in_flight{link="smsc"} 3',
    'textloom_queue_length{queue="outbox",link="smsc"} 4',
    'textloom_queue_age_seconds{queue="outbox",link="smsc"} 1.5',
  ]) {
    expect(page).toContain(`${line}\n`)
  }
})

test('goes on without the database, and leaves out what only that knows', async () => {
  const page = await opened(() => Promise.reject(new Error('gone'))).registry.metrics()
  expect(page).toContain('textloom_link_bound{link="smsc"} 1')
  expect(page).not.toContain('textloom_queue_length{')
})
