import { expect, test } from 'vitest'
import { startChannelQuotas } from './channel-quotas.ts'
import { emptyRouting } from './routing.ts'
import { until } from './testing/hosting-kit.ts'
import { withDatabase } from './testing/with-database.ts'

const database = withDatabase()
const route = {
  id: '4040',
  address: '4040',
  links: ['phone'],
  languages: ['en'],
  hasKeywords: true,
  texts: { stop: '', start: '', help: '' },
  validityMs: 1,
  dailyQuota: 10,
  timezone: 'Europe/Budapest',
}

test('a channel sends what its quota leaves, says so at 80 % and at its end, and begins anew the next day', async () => {
  let now = Date.parse('2026-06-01T10:00Z')
  const said: string[] = []
  const deps = {
    sql: database().sql,
    clock: { now: () => now },
    routing: { current: { ...emptyRouting, channels: new Map([['4040', route]]) } },
    log: (_level: string, message: string) => said.push(message),
    failed: (error: Error) => said.push(error.message),
  }
  const quotas = startChannelQuotas(deps)
  expect(quotas.remaining('5050')).toBeUndefined()
  await until(() => quotas.remaining('4040') === 10)
  quotas.take('4040', 8)
  expect(quotas.remaining('4040')).toBe(2)
  await until(() => said.length === 1)
  quotas.take('4040', 3)
  expect(quotas.remaining('4040')).toBe(0)
  await until(() => said.length === 2)
  expect(said).toEqual([expect.stringContaining('80 %'), expect.stringContaining('waits for tomorrow')])
  await quotas.stop()

  const next = startChannelQuotas(deps)
  await until(() => said.length === 3)
  expect(next.remaining('4040')).toBe(0)
  now = Date.parse('2026-06-01T22:00Z')
  await until(() => next.remaining('4040') === 10)
  await next.stop()
})
