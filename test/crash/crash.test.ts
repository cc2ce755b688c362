/** CONTRACT §6 under SIGKILL. `SEED=7 npm test -- test/crash/crash` plays a run again; `npm run chaos -- R1` runs more. */
import { engineOf, type Storage } from '@textloom/runtime/testing/system'
import { beforeEach, describe, expect, test } from 'vitest'
import { killsUnderLoad } from '../chaos/bars/kills.ts'
import { seedOfRun } from './choices.ts'
import type { KillKind } from './crash-run.ts'

const seed = seedOfRun()

interface Run {
  readonly engine: Storage['engine']
  readonly kills: number
  readonly kinds: readonly KillKind[]
}

const runs: readonly Run[] = [
  { engine: 'embedded', kills: 20, kinds: ['runtime', 'runtime', 'link, runtime', 'runtime, database'] },
  { engine: 'pglite', kills: 3, kinds: ['runtime', 'link, runtime'] },
  { engine: 'server', kills: 3, kinds: ['runtime', 'link, runtime'] },
]

describe.each(runs)(`on storage "$engine" (SEED=${seed})`, ({ engine, kills, kinds }) => {
  beforeEach(async ({ skip }) => {
    const reason = await engineOf(engine).unavailable()
    if (reason !== undefined) skip(reason)
  })

  test(`${kills} kills while phones talk break no promise`, { timeout: 400_000 }, async () => {
    const { figures, violations, ledger } = await killsUnderLoad({ engine, kills, kinds, seed })
    expect(violations, `the ledger is ${ledger}`).toEqual([])
    console.log(`SEED=${seed}, ${engine}: ${JSON.stringify(figures)}`)
    expect(figures).toMatchObject({ kills, phones: 50, lost: 0 })
  })
})
