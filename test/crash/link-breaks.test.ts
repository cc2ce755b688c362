/** A link that breaks again and again; `npm run chaos -- R7` breaks it more often. */
import { engineOf } from '@textloom/runtime/testing/system'
import { beforeEach, expect, test } from 'vitest'
import { linkBreaks } from '../chaos/bars/r07-link-breaks.ts'
import { seedOfRun } from './choices.ts'

const BREAKS = 4
const seed = seedOfRun()

beforeEach(async ({ skip }) => {
  const reason = await engineOf('embedded').unavailable()
  if (reason !== undefined) skip(reason)
})

test(`${BREAKS} breaks of the link while phones talk break no promise (SEED=${seed})`, async () => {
  const { figures, violations, ledger } = await linkBreaks({ seed, breaks: BREAKS })
  expect(violations, `the ledger is ${ledger}`).toEqual([])
  expect(figures.marked, 'MTs were on their way when a link broke').toBeGreaterThan(0)
})
