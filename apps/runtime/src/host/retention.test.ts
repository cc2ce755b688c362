import { stoppedClock } from '@textloom/core/testing'
import { expect, test } from 'vitest'
import { store } from '../db/hot/store.ts'
import { retentionSteps } from '../db/retention.ts'
import { batchOf, eventWrite, inboxWrite, NOW, newKey, outboxWrite } from '../testing/rows.ts'
import { diceOf } from '../testing/simulation/dice.ts'
import { SimulatedProcess } from '../testing/simulation/simulated-process.ts'
import { Timeline } from '../testing/simulation/timeline.ts'
import type { Holding, Wish } from './ownership.ts'
import { startRetention } from './retention.ts'
import { withDatabase } from './testing/with-database.ts'

const DAY_MS = 86_400_000
const database = withDatabase()
const ids = { old: 0, recent: 30 * DAY_MS - 1 } as const

test('what is older than its days is forgotten, but not what waits, is on its way or waits for a person', async () => {
  const { sql } = database()
  const key = newKey()
  const states = ['queued', 'sending', 'sent', 'delivered', 'failed', 'done']
  const times = Object.values(ids).map((ms) => NOW - 31 * DAY_MS + ms)
  const outbox = times
    .flatMap((createdAt) => states.map(() => createdAt))
    .map((createdAt, n) => outboxWrite(key, 1, n, { createdAt, dueAt: createdAt }))
  await store(sql, {
    ...batchOf(key, 1, { outbox }),
    inbox: times.map((at) => inboxWrite(key, `mo ${at}`, { at })),
    events: times.map((at, n) => eventWrite(key, 1, n, { at })),
  })
  for (const n of outbox.keys())
    await sql.query('update outbox set state = $1 where phone = $2 and n = $3', [
      states[n % states.length] ?? '',
      key.phone,
      n,
    ])
  for (const resolved of [...times, null])
    await sql.query(
      `insert into dead_letter (bucket, channel, phone, id, reason, at, resolved_at)
       values (1, $1, $2, gen_random_uuid(), 'no-flow', $3::timestamptz, $4::timestamptz)`,
      [key.channel, key.phone, new Date(NOW - 90 * DAY_MS), resolved === null ? null : new Date(resolved)],
    )

  for (const step of retentionSteps) await step(sql, NOW - 30 * DAY_MS)

  const count = async (from: string) => (await sql.query(`select 1 from ${from} where phone = $1`, [key.phone])).length
  expect(await count('inbox')).toBe(1)
  expect(await count('event')).toBe(1)
  expect(await count('dead_letter')).toBe(2)
  const kept = await sql.query<{ state: string }>('select state from outbox where phone = $1 order by n', [key.phone])
  expect(kept.map(({ state }) => state)).toEqual(['queued', 'sending', ...states])
})

test('it is done once a day, by whoever holds the duty', async () => {
  const timeline = new Timeline()
  const clock = stoppedClock()
  const done: string[] = []
  let wish: Wish | undefined
  const step = (_: unknown, before: number) => Promise.resolve(done.push(new Date(before).toISOString().slice(0, 10)))
  const holding = { isSafe: () => true } as Holding
  const retention = startRetention({
    sql: database().sql,
    clock,
    days: 30,
    ownership: {
      want(_, wanted) {
        wish = wanted
      },
    },
    log: () => undefined,
    failed: () => undefined,
    steps: [step, step],
    pauses: new SimulatedProcess(timeline, diceOf(1)).pauses,
  })
  await timeline.runUntil(300_000)
  expect(done).toEqual([])
  wish?.taken(holding)
  await timeline.runUntil(600_000)
  const [first = ''] = done
  expect(Date.parse(first)).toBeLessThanOrEqual(clock.now() - 30 * DAY_MS)
  expect(done).toEqual([first, first])
  clock.advance(DAY_MS)
  wish?.lost()
  await timeline.runUntil(900_000)
  expect(done).toHaveLength(2)
  wish?.taken(holding)
  await timeline.runUntil(1_200_000)
  expect(done).toHaveLength(4)
  expect(Date.parse(done[3] ?? '') - Date.parse(first)).toBe(DAY_MS)
  await Promise.all([retention.stop(), timeline.runUntil(1_300_000)])
})
