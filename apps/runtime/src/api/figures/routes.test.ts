import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bucketOf } from '../../db/bucket.ts'
import { greetingFlow } from '../../host/testing/flows.ts'
import { type TestInstance, testInstance } from '../testing/test-instance.ts'
import { endings, responseTimes } from './queries.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance({ flows: [greetingFlow({ id: 'greeting', keyword: 'hello' })] })
})
afterAll(() => api.stop())

const HOUR_MS = 3_600_000
let n = 0

/** One event row, `at` milliseconds after `base`. */
async function happens(base: number, at: number, kind: string, data: object, phone = '+36301234567'): Promise<void> {
  n += 1
  await api.sql.query(
    'insert into event (bucket, channel, phone, at, rev, n, kind, data) values ($1, $2, $3, $4, 1, $5, $6, $7::text::json)',
    [bucketOf('4040', phone), '4040', phone, new Date(base + at), n, kind, JSON.stringify(data)],
  )
}

describe('the figures', () => {
  test('are those of what really happened', async () => {
    await api.kit.says('+36301110001', 'hello')
    await api.kit.heard('+36301110001', 1)
    await api.kit.says('+36301110002', 'STOP')
    await api.kit.heard('+36301110002', 1)
    await expect
      .poll(async () => {
        // Each window is asked for anew.
        const { json } = await api.ask('GET', `/figures?window=PT${++n + 100}M`)
        return [json.responseTime.count, json.optOuts, json.conversations.ended]
      })
      .toEqual([2, 1, 0])
    const { json } = await api.ask('GET', '/figures')
    expect(json.responseTime.averageMs).toBeGreaterThanOrEqual(0)
    expect(json.responseTime.p95Ms).toBeLessThan(60_000)
    expect(json.conversations).toEqual({ ended: 0, withoutPerson: 0, share: null, outcomes: {} })
    expect(Date.parse(json.until) - Date.parse(json.since)).toBe(24 * HOUR_MS)
  })

  test('count the first answer to each text, and nothing outside of the span', async () => {
    const base = Date.parse('2026-01-01T00:00:00Z')
    for (const [mo, waitMs] of [...Array(20).keys()].map((index) => [`mo${index}`, (index + 1) * 100] as const)) {
      await happens(base, 1_000, 'mo.received', { message: mo, receivedAt: base + 500 })
      await happens(base, 1_000, 'mt.queued', { message: `${mo}-late`, inReplyTo: mo })
      await happens(base, 1_000, 'mt.queued', { message: `${mo}-first`, inReplyTo: mo })
      await happens(base, 500 + waitMs + 9_000, 'mt.sent', { message: `${mo}-late` })
      await happens(base, 500 + waitMs, 'mt.sent', { message: `${mo}-first` })
    }
    await happens(base, 1_000, 'mo.received', { message: 'unanswered', receivedAt: base })
    await happens(base, 1_000, 'mt.queued', { message: 'unasked' })
    await happens(base, 1_000, 'mt.sent', { message: 'unasked' })
    const span = { since: base, until: base + HOUR_MS }
    const found = await responseTimes(api.sql, span)
    expect(found.count).toBe(20)
    expect(found.averageMs).toBeCloseTo(1_050, 3)
    expect(found.p95Ms).toBeCloseTo(1_905, 3)
    expect(await responseTimes(api.sql, { since: base + HOUR_MS, until: base + 2 * HOUR_MS })).toEqual({
      count: 0,
      averageMs: null,
      p95Ms: null,
    })
  })

  test('tell how conversations ended, and count each phone that stopped once', async () => {
    const base = Date.parse('2026-01-02T00:00:00Z')
    for (const outcome of ['completed', 'completed', 'expired', 'handed_over']) {
      await happens(base, 1, 'session.ended', { run: 'r', outcome })
    }
    for (const phone of ['+1', '+1', '+2']) await happens(base, 2, 'keyword.heard', { keyword: 'stop' }, phone)
    await happens(base, 2, 'keyword.heard', { keyword: 'help' }, '+3')
    expect(await endings(api.sql, { since: base, until: base + HOUR_MS })).toEqual({
      ended: 4,
      outcomes: { completed: 2, expired: 1, handed_over: 1 },
      optOuts: 2,
    })
  })

  test.each(['PT0S', 'P32D', 'soon', '-PT1H'])('refuse a window of %s', async (window) => {
    expect(await api.ask('GET', `/figures?window=${window}`)).toMatchObject({
      status: 422,
      json: { issues: [{ in: 'query', path: 'window' }] },
    })
  })
})
