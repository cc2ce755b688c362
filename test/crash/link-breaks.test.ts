/** A link that breaks again and again with MTs and MOs on their way, between two sides that live on. */
import { engineOf, storageOn } from '@textloom/runtime/testing/system'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { booksOf, textsByPhone } from './books.ts'
import { Choices, seedOfRun } from './choices.ts'
import { startCrashRun } from './crash-run.ts'

/** Each is answered by a longer wait before the next bind. */
const BREAKS = 5
const seed = seedOfRun()
const embedded = engineOf('embedded')

beforeEach(async ({ skip }) => {
  const reason = await embedded.unavailable()
  if (reason !== undefined) skip(reason)
})

test(`${BREAKS} breaks of the link while phones talk break no promise (SEED=${seed})`, async () => {
  const random = new Choices(seed)
  const run = await startCrashRun({ storage: await storageOn(embedded), random, kinds: [], slowMs: 15 })
  onTestFinished(() => run.stop(), 60_000)
  for (let count = 1; count <= BREAKS; count++) await run.breakLink()
  await run.phones.finish(60_000)

  const [runtime] = run.runtimes
  const books = runtime === undefined ? [] : await booksOf(runtime)
  const possibleDuplicates = textsByPhone(books.filter(({ possibleDuplicate }) => possibleDuplicate))
  expect(possibleDuplicates.size, 'MTs were on their way when a link broke').toBeGreaterThan(0)
  const violations = run.violations({ possibleDuplicates })
  expect(violations, violations.length === 0 ? '' : `the ledger is ${run.keepLedger('links')}`).toEqual([])
})
