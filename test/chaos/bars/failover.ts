import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Storage } from '@textloom/runtime/testing/system'
import { Choices } from '../../crash/choices.ts'
import { startCrashRun } from '../../crash/crash-run.ts'
import { conclude } from '../conclude.ts'
import { loadOf } from '../load.ts'
import { type Cluster, patroniMissing, startCluster } from '../patroni.ts'
import type { Outcome, Scenario, Trial } from '../scenario.ts'
import { longestGapAfterKill } from '../timings.ts'

/** Patroni waits 20 s for a primary that says nothing; then it chooses, and the runtime has to notice. */
const SILENT_FOR_MS = 45_000
const FAILOVERS = 3

/** The primary of a PostgreSQL cluster dies under load: another takes its place, and the runtime follows by itself. */
export const failover: Scenario = {
  bar: 'FAILOVER',
  title: 'the primary of a PostgreSQL cluster under Patroni dies',
  needs: patroniMissing,
  run: failOver,
}

async function failOver(trial: Trial): Promise<Outcome> {
  const failovers = trial.size === 'full' ? FAILOVERS : 1
  const random = new Choices(trial.seed)
  trial.say('three servers are being made')
  const cluster = await startCluster()
  const run = await startCrashRun({ storage: await storageOf(cluster), random, kinds: [], load: loadOf(trial) }).catch(
    async (error: unknown) => {
      await cluster.stop()
      throw error
    },
  )
  try {
    const [runtime] = run.runtimes
    const violations: string[] = []
    void runtime?.ended.then(({ code, signal }) => violations.push(`process: it ended with ${code ?? signal}.`))
    for (let count = 0; count < failovers; count++) {
      await pause(random.between(3_000, 6_000))
      const killed = await cluster.whole()
      run.ledger.killed('primary')
      await cluster.kill(killed)
      trial.say(`${killed} is dead`)
      trial.say(`${await cluster.whole(killed)} is the primary`)
      await pause(5_000)
      await cluster.startAgain(killed)
      trial.say(`${killed} follows`)
    }
    const silentMs = longestGapAfterKill(run.ledger.lines)
    if (silentMs > SILENT_FOR_MS) violations.push(`late: nobody had a reply for ${silentMs} ms.`)
    return await conclude(run, {
      name: 'failover',
      mayRepeat: false,
      figures: { failovers, silentMs },
      violations,
    })
  } finally {
    await run.stop()
  }
}

/** The cluster as storage of one runtime. */
async function storageOf(cluster: Cluster): Promise<Storage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'textloom-failover-'))
  return {
    engine: 'server',
    dataDir,
    env: { TEXTLOOM_DATA_DIR: dataDir, DATABASE_URL: cluster.url },
    killDatabase: async () => cluster.kill(await cluster.whole()),
    async remove() {
      await cluster.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
