import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type TestDatabase, type TestServer, testEngines } from '../testing/test-engines.ts'
import { connectPostgres } from './postgres-js.ts'

let server: TestServer
let database: TestDatabase
let reason: string | undefined
beforeAll(async () => {
  const [engine] = testEngines
  reason = await engine?.unavailable()
  if (engine === undefined || reason !== undefined) return
  server = await engine.start()
  database = await server.database()
}, 60_000)
beforeEach(({ skip }) => {
  if (reason !== undefined) skip(reason)
})
afterAll(() => server?.stop())

test('connections that turn out to be read-only, as those to a standby are, are left for new ones', async () => {
  const url = database.url ?? ''
  const name = new URL(url).pathname.slice(1)
  await database.sql.script('create table written (n int)')
  await database.sql.script(`alter database "${name}" set default_transaction_read_only = on`)
  const sql = connectPostgres({ url }, { engine: 'server', connections: 2 })
  const write = () => sql.query('insert into written values (1) returning n')
  await expect(write()).rejects.toMatchObject({ code: '25006', isUnavailable: true })
  await database.sql.script(`alter database "${name}" reset default_transaction_read_only`)
  expect(await write()).toEqual([{ n: 1 }])
  await sql.close()
})
