import { engineOf, type Storage, storageOn } from '@textloom/runtime/testing/system'
import { Choices } from '../../crash/choices.ts'
import { type KillKind, type Load, startCrashRun } from '../../crash/crash-run.ts'
import { conclude } from '../conclude.ts'
import type { Outcome } from '../scenario.ts'
import { longest, silencesAfter } from '../timings.ts'

export interface KillsOptions {
  readonly engine: Storage['engine']
  readonly kills: number
  readonly kinds: readonly KillKind[]
  readonly seed: number
  readonly load?: Load
  /** After each start. Default: it is measured, and nothing is asked. */
  readonly firstReplyWithinMs?: number
  say?(progress: string): void
}

/** SIGKILL again and again while phones talk, and a start at once. */
export async function killsUnderLoad(options: KillsOptions): Promise<Outcome> {
  const { engine, kills, kinds, seed, load, firstReplyWithinMs = Number.POSITIVE_INFINITY, say } = options
  const storage = await storageOn(engineOf(engine))
  const run = await startCrashRun({ storage, random: new Choices(seed), kinds, ...(load && { load }) })
  try {
    for (let kill = 1; kill <= kills; kill++) {
      await run.kill()
      say?.(`${kill} of ${kills} kills`)
    }
    const slowest = () => longest(silencesAfter(run.ledger.lines, 'start'))
    const violations =
      slowest() > firstReplyWithinMs ? [`late: the first reply after a start took ${slowest()} ms.`] : []
    return await conclude(run, { name: engine, figures: { slowestFirstReplyMs: slowest() }, violations })
  } finally {
    await run.stop()
  }
}
