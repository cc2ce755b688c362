/**
 * A database that does what databases do: it goes, it comes back, and now and then it commits and its answer is lost.
 * Nobody is killed, so no MT may come twice at all.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { engineOf, proxyTo, storageOn } from '@textloom/runtime/testing/system'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { Choices, seedOfRun } from './choices.ts'
import { startCrashRun } from './crash-run.ts'

const FAULTS = 12
const seed = seedOfRun()
const embedded = engineOf('embedded')

beforeEach(async ({ skip }) => {
  const reason = await embedded.unavailable()
  if (reason !== undefined) skip(reason)
})

test(`${FAULTS} faults of the database while phones talk lose nothing and double nothing (SEED=${seed})`, async () => {
  const random = new Choices(seed)
  const storage = await storageOn(embedded, { shared: true })
  const url = new URL(storage.env.DATABASE_URL ?? '')
  const database = await proxyTo(Number(url.port))
  url.port = String(database.port)
  const run = await startCrashRun({ storage, random, kinds: [], env: { DATABASE_URL: url.href } })
  onTestFinished(async () => {
    await run.stop()
    await database.close()
  }, 60_000)

  for (let fault = 1; fault <= FAULTS; fault++) {
    await pause(random.between(500, 1_500))
    if (random.pick([true, false])) {
      database.loseAnswers()
      await pause(random.between(0, 100))
    }
    await database.cut()
    await pause(random.between(0, 1_500))
    await database.restore()
  }
  await run.phones.finish(60_000)

  expect(run.violations({ possibleDuplicates: new Map() })).toEqual([])
  // The link stayed bound all the time.
  expect(run.ledger.lines.filter(({ type }) => type === 'bind' || type === 'closed')).toHaveLength(1)
})
