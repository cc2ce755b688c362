import { setTimeout as pause } from 'node:timers/promises'
import { engineOf, storageOn } from '@textloom/runtime/testing/system'
import { Choices } from '../../crash/choices.ts'
import { startCrashRun } from '../../crash/crash-run.ts'
import { conclude } from '../conclude.ts'
import { needsEngine } from '../engines.ts'
import { loadOf } from '../load.ts'
import { amount, type Outcome, type Scenario, type Trial } from '../scenario.ts'
import { longest, silencesAfter } from '../timings.ts'

const FULL_MS = 600_000
/** 2 s in which it may be down, 0.5 s until the runtime sees it, and 3 s after PostgreSQL is ready. */
const BACK_WITHIN_MS = 5_500

/** PostgreSQL dies every five to ten seconds under a runtime that lives on, and that starts it again. */
export const databaseRestarts: Scenario = {
  bar: 'R3',
  title: 'restarts of the database under a runtime that lives on',
  needs: needsEngine('embedded'),
  run: restartDatabase,
}

async function restartDatabase(trial: Trial): Promise<Outcome> {
  const random = new Choices(trial.seed)
  const storage = await storageOn(engineOf('embedded'))
  const run = await startCrashRun({ storage, random, kinds: [], load: loadOf(trial) })
  try {
    const [runtime] = run.runtimes
    const violations: string[] = []
    void runtime?.ended.then(({ code, signal }) => violations.push(`process: it ended with ${code ?? signal}.`))
    const untilMs = performance.now() + amount(trial, FULL_MS)
    while (performance.now() < untilMs && violations.length === 0) {
      await pause(random.between(5_000, 10_000))
      run.ledger.killed('database')
      await storage.killDatabase()
      trial.say('the database died')
    }
    await pause(BACK_WITHIN_MS)
    const backAfterMs = longest(silencesAfter(run.ledger.lines, 'kill'))
    if (backAfterMs > BACK_WITHIN_MS) violations.push(`late: the first reply after a restart took ${backAfterMs} ms.`)
    return await conclude(run, { name: 'R3', mayRepeat: false, figures: { backAfterMs }, violations })
  } finally {
    await run.stop()
  }
}
