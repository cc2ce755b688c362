import { setTimeout as pause } from 'node:timers/promises'
import { engineOf, type RunningRuntime, storageOn, until } from '@textloom/runtime/testing/system'
import { bindsOver } from '../../crash/binds.ts'
import { Choices } from '../../crash/choices.ts'
import { startCrashRun } from '../../crash/crash-run.ts'
import type { LedgerLine } from '../../crash/ledger.ts'
import { conclude } from '../conclude.ts'
import { needsEngine } from '../engines.ts'
import { loadOf } from '../load.ts'
import type { Outcome, Scenario, Trial } from '../scenario.ts'

const TAKEOVER_WITHIN_MS = 30_000
/** Longer than a lease and its margin last, so that the one who wakes up has been replaced. */
const QUICK = { rounds: 1, stoppedMs: 30_000 }
const FULL = { rounds: 3, stoppedMs: 60_000 }

/**
 * Two runtimes on one database. The one that holds the link is stopped in mid-sentence (SIGSTOP), the other takes over,
 * and the first wakes up believing that it still owns what it owned.
 */
export const stoppedOwner: Scenario = {
  bar: 'R28',
  title: 'two runtimes, and the owner of the link is stopped for a while',
  needs: needsEngine('embedded'),
  run: stopOwner,
}

async function stopOwner(trial: Trial): Promise<Outcome> {
  const { rounds, stoppedMs } = trial.size === 'full' ? FULL : QUICK
  const random = new Choices(trial.seed)
  const storage = await storageOn(engineOf('embedded'), { shared: true })
  // The SMSC is as quick to see that nobody is there as the leases are.
  const smsc = { enquireLinkMs: 5_000 }
  const run = await startCrashRun({ storage, random, kinds: [], processes: 2, smsc, load: loadOf(trial) })
  try {
    for (let round = 1; round <= rounds; round++) {
      await pause(random.between(2_000, 4_000))
      const owner = await until(() => ownerOf(run.runtimes), 'a runtime whose link is bound')
      run.ledger.killed('SIGSTOP')
      owner.signal('SIGSTOP')
      trial.say(`process ${owner.pid} is stopped`)
      await pause(stoppedMs)
      owner.signal('SIGCONT')
      trial.say(`process ${owner.pid} goes on`)
      await pause(5_000)
    }
    const { lines } = run.ledger
    const takeoverMs = slowestTakeover(lines)
    const bindsAtOnce = bindsOver(lines).most
    return await conclude(run, {
      name: 'R28',
      figures: { stops: rounds, takeoverMs, bindsAtOnce },
      // Who is stopped answers nothing, and what it was told before is long settled when its connection is given up.
      checks: { answerWithinMs: TAKEOVER_WITHIN_MS, settledAfterMs: TAKEOVER_WITHIN_MS },
      violations: [
        ...(takeoverMs > TAKEOVER_WITHIN_MS ? [`takeover: nothing left for ${takeoverMs} ms.`] : []),
        ...(bindsAtOnce > 1 ? [`bind: ${bindsAtOnce} at once for one account.`] : []),
      ],
    })
  } finally {
    await run.stop()
  }
}

async function ownerOf(runtimes: readonly RunningRuntime[]): Promise<RunningRuntime | undefined> {
  for (const runtime of runtimes) {
    const { state } = (await (await runtime.api('/api/v1/links/smsc/status')).json()) as { state: string }
    if (state === 'bound') return runtime
  }
  return undefined
}

/** From each stop to the first MT on another connection. */
function slowestTakeover(lines: readonly LedgerLine[]): number {
  const stops = lines.flatMap(({ type }, index) => (type === 'kill' ? [index] : []))
  const took = stops.map((stop) => {
    const later = lines.slice(stop)
    const bind = later.findIndex(({ type }) => type === 'bind')
    const first = bind === -1 ? undefined : later.slice(bind).find(({ type }) => type === 'mt received')
    return (first?.at ?? Number.POSITIVE_INFINITY) - (later[0]?.at ?? 0)
  })
  return Math.max(0, ...took)
}
