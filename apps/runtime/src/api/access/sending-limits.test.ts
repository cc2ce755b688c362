import { afterAll, beforeAll, expect, test } from 'vitest'
import { echoFlow } from '../../host/testing/flows.ts'
import { type Answer, type TestInstance, testInstance } from '../testing/test-instance.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance({ flows: [echoFlow()] })
})
afterAll(() => api.stop())

async function limit(limits: object): Promise<void> {
  expect(await api.ask('PUT', '/campaigns/limits', { body: limits })).toMatchObject({ status: 200 })
}

const send = (to: string, key?: string): Promise<Answer> =>
  api.ask('POST', '/messages', { body: { channel: '4040', to, text: 'Hello' }, ...(key !== undefined && { key }) })

/** What became of texts: how many left, and how many failed with which code. */
async function endings(prefix: string): Promise<{ readonly [code: string]: number }> {
  const rows = await api.sql.query<{ ending: string; count: number }>(
    `select case when state in ('sent', 'delivered') then 'left' else coalesce(error ->> 'code', state) end as ending,
       count(*)::int as count from outbox where kind = 'sms' and starts_with(phone, $1) group by 1`,
    [prefix],
  )
  return Object.fromEntries(rows.map(({ ending, count }) => [ending, count]))
}

test('numbers that are not allowed get nothing, from programs or flows, and others do', async () => {
  await limit({ prefixes: ['+1555', '+36'] })
  expect(await send('+881630000001')).toMatchObject({ status: 403, json: { code: 'messages/not-allowed' } })
  await api.kit.says('+881630000002', 'hi')
  await api.kit.says('+15551000001', 'hi')
  expect(await api.kit.heard('+15551000001', 1)).toEqual(['1 hi'])
  await expect.poll(() => endings('+88163')).toEqual({ 'runtime/not-allowed': 1 })
  await limit({})
})

test('a cap of a prefix holds under attack, while everybody else is answered', async () => {
  const caps = [{ prefix: '+8816', segmentsPerDay: 5 }]
  await limit({ caps })
  const attack = Array.from({ length: 40 }, (_, index) => `+88162${String(index).padStart(7, '0')}`)
  await Promise.all([
    ...attack.slice(0, 20).map((phone) => api.kit.says(phone, 'hi')),
    ...attack.slice(20).map((phone) => send(phone)),
    api.kit.says('+15551000002', 'hi'),
  ])
  expect(await api.kit.heard('+15551000002', 1)).toEqual(['1 hi'])
  await expect.poll(() => endings('+88162')).toEqual({ left: 5, 'runtime/over-cap': 35 })
  // Counted by now, and said.
  await limit({ caps })
  expect(api.kit.logged.filter((line) => line.includes('+8816')).at(-1)).toMatch(
    /^warn .*5 segments that a day may send to \+8816 have been sent: other texts there fail/,
  )
  await limit({})
})

test('a key asks for so many segments a day as its cap says, and other keys for what they like', async () => {
  const made = (await api.ask('POST', '/keys', { body: { label: 'shop', scopes: ['messages:write'] } })).json
  await limit({ keys: [{ key: made.id, segmentsPerDay: 2 }] })
  const answers = await Promise.all([1, 2, 3, 4].map((last) => send(`+1555100010${last}`, made.key)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 202, 429, 429])
  const refused = answers.find(({ status }) => status === 429)
  expect(refused?.json.code).toBe('messages/over-cap')
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await send('+15551000105')).toMatchObject({ status: 202 })
})
