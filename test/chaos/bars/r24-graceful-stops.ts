import { engineOf, storageOn } from '@textloom/runtime/testing/system'
import { Choices } from '../../crash/choices.ts'
import { type Load, startCrashRun } from '../../crash/crash-run.ts'
import { conclude } from '../conclude.ts'
import { needsEngine } from '../engines.ts'
import { loadOf } from '../load.ts'
import { amount, type Outcome, type Scenario } from '../scenario.ts'

export interface GracefulStopsOptions {
  readonly seed: number
  readonly stops: number
  readonly load?: Load
  say?(progress: string): void
}

const WITHIN_MS = 10_000

/** SIGTERM while phones talk: an unbind, an end within 10 s, nothing lost, and nothing twice. */
export async function gracefulStops({ seed, stops, load, say }: GracefulStopsOptions): Promise<Outcome> {
  const storage = await storageOn(engineOf('embedded'))
  const run = await startCrashRun({ storage, random: new Choices(seed), kinds: [], ...(load && { load }) })
  const violations: string[] = []
  let slowestStopMs = 0
  try {
    for (let stop = 1; stop <= stops; stop++) {
      const { code, signal, tookMs } = await run.stopGracefully()
      slowestStopMs = Math.max(slowestStopMs, Math.round(tookMs))
      const unbinds = run.ledger.lines.filter(({ type }) => type === 'unbind').length
      if (code !== 0) violations.push(`stop ${stop}: it ended with ${code ?? signal}.`)
      if (tookMs >= WITHIN_MS) violations.push(`stop ${stop}: it took ${Math.round(tookMs)} ms.`)
      if (unbinds !== stop) violations.push(`stop ${stop}: there were ${unbinds} unbinds so far.`)
      say?.(`${stop} of ${stops} stops`)
    }
    return await conclude(run, {
      name: 'stops',
      mayRepeat: false,
      figures: { stops, slowestStopMs },
      violations,
    })
  } finally {
    await run.stop()
  }
}

export const stopsUnderLoad: Scenario = {
  bar: 'R24',
  title: 'SIGTERM under load',
  needs: needsEngine('embedded'),
  run: (trial) => gracefulStops({ seed: trial.seed, stops: amount(trial, 20), load: loadOf(trial), say: trial.say }),
}
