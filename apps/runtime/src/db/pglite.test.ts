import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openPglite } from './pglite.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'textloom-pglite-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Opens PGlite, and the thread it runs in. */
async function openThread(dataDir: string | null) {
  const thread = new Promise<Worker>((resolve) => process.once('worker', resolve))
  return { sql: await openPglite({ dataDir }), thread: await thread }
}

test('PGlite in a thread that died starts again on its files, and listeners go on', { timeout: 60_000 }, async () => {
  const { sql, thread } = await openThread(folder)
  const heard: string[] = []
  await sql.listen?.('wake', (payload) => heard.push(payload))
  await sql.script('create table kept (id int); insert into kept values (1)')
  const interrupted = sql.query('select pg_sleep(10)')
  await Promise.all([thread.terminate(), expect(interrupted).rejects.toMatchObject({ isUnavailable: true })])
  expect(await sql.query('select id from kept')).toEqual([{ id: 1 }])
  await sql.query(`select pg_notify('wake', 'again')`)
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['again'])
  await sql.close()
})

test('what PGlite kept in memory is not replaced by an empty database', { timeout: 60_000 }, async () => {
  const { sql, thread } = await openThread(null)
  await thread.terminate()
  await expect(sql.query('select 1')).rejects.toMatchObject({ code: 'PGLITE_DIED', isUnavailable: true })
  await sql.close()
})

test('a busy loop of statements leaves the main thread to its sockets and timers', { timeout: 60_000 }, async () => {
  const { sql } = await openThread(null)
  let ticks = 0
  const timer = setInterval(() => {
    ticks += 1
  }, 1)
  const until = performance.now() + 300
  while (performance.now() < until) await sql.query('select count(*) from generate_series(1, 1000)')
  clearInterval(timer)
  expect(ticks).toBeGreaterThan(20)
  await sql.close()
})
