import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { Sql } from '../../db/sql.ts'
import type { ApiEnv } from './env.ts'
import { patience } from './patience.ts'

const never = () => new Promise<never>(() => undefined)

/** A route that answers when it is told to, over a database that answers as `look` does. */
function slowly(look: () => Promise<unknown[]>) {
  const { promise, resolve } = Promise.withResolvers<void>()
  let looks = 0
  const query = () => {
    looks += 1
    return look()
  }
  const app = new Hono<ApiEnv>()
  app.use(patience({ query } as unknown as Sql, { requestMs: 5, lookMs: 5 }))
  app.all('/', async (c) => {
    await promise
    return c.text('here')
  })
  return { app, answer: resolve, looks: () => looks }
}

test.each([
  { what: 'does not answer', look: never },
  { what: 'cannot be reached', look: () => Promise.reject(new Error('ECONNREFUSED')) },
  { what: 'makes statements wait for a lock', look: () => Promise.resolve([1]) },
])('a request that reads is not left hanging where the database $what', async ({ look }) => {
  const { app } = slowly(look)
  const response = await app.request('/')
  expect(response.status).toBe(503)
  expect(response.headers.get('retry-after')).toBe('2')
  expect(await response.json()).toMatchObject({ code: 'service/unavailable' })
})

test('a request that is only slow goes on', async () => {
  const { app, answer, looks } = slowly(() => Promise.resolve([]))
  const response = app.request('/')
  await expect.poll(looks).toBeGreaterThan(1)
  answer()
  expect(await (await response).text()).toBe('here')
})

test('a request that writes is waited for', async () => {
  const { app, answer, looks } = slowly(never)
  const response = app.request('/', { method: 'POST' })
  answer()
  expect((await response).status).toBe(200)
  expect(looks()).toBe(0)
})
