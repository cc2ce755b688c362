import { engineOf, storageOn } from '@textloom/runtime/testing/system'
import { Choices } from '../../crash/choices.ts'
import { type Load, startCrashRun } from '../../crash/crash-run.ts'
import type { LedgerLine } from '../../crash/ledger.ts'
import { conclude } from '../conclude.ts'
import { needsEngine } from '../engines.ts'
import { loadOf } from '../load.ts'
import { amount, type Outcome, type Scenario } from '../scenario.ts'

export interface LinkBreaksOptions {
  readonly seed: number
  /** Each is answered by a longer wait before the next bind. */
  readonly breaks: number
  readonly load?: Load
  say?(progress: string): void
}

/** A link that breaks again and again with MTs and MOs on their way, between two sides that live on. */
export async function linkBreaks({ seed, breaks, load, say }: LinkBreaksOptions): Promise<Outcome> {
  const storage = await storageOn(engineOf('embedded'))
  const run = await startCrashRun({
    storage,
    random: new Choices(seed),
    kinds: [],
    slowMs: 15,
    ...(load && { load }),
  })
  try {
    for (let count = 1; count <= breaks; count++) {
      await run.breakLink()
      say?.(`${count} of ${breaks} breaks`)
    }
    const shortest = shortestBetweenBinds(run.ledger.lines)
    const violations = shortest < 1_000 ? [`bind: one followed another after ${shortest} ms.`] : []
    return await conclude(run, { name: 'links', figures: { breaks, betweenBindsMs: shortest }, violations })
  } finally {
    await run.stop()
  }
}

function shortestBetweenBinds(lines: readonly LedgerLine[]): number {
  const binds = lines.flatMap(({ type, at }) => (type === 'bind' ? [at] : []))
  return Math.min(...binds.slice(1).map((at, index) => at - (binds[index] ?? 0)))
}

export const disconnects: Scenario = {
  bar: 'R7',
  title: 'disconnects with a full window',
  needs: needsEngine('embedded'),
  run: (trial) => linkBreaks({ seed: trial.seed, breaks: amount(trial, 50), load: loadOf(trial), say: trial.say }),
}
