/** A database that goes and comes back; `npm run chaos -- R4` does more to it. */
import { engineOf } from '@textloom/runtime/testing/system'
import { beforeEach, expect, test } from 'vitest'
import { databaseFaults } from '../chaos/bars/r04-database-faults.ts'
import { seedOfRun } from './choices.ts'

const FAULTS = 12
const seed = seedOfRun()

beforeEach(async ({ skip }) => {
  const reason = await engineOf('embedded').unavailable()
  if (reason !== undefined) skip(reason)
})

test(`${FAULTS} faults of the database while phones talk lose nothing and double nothing (SEED=${seed})`, async () => {
  const { violations, ledger } = await databaseFaults({ seed, cuts: FAULTS })
  expect(violations, `the ledger is ${ledger}`).toEqual([])
})
