import { needsEngine } from '../engines.ts'
import { loadOf } from '../load.ts'
import { amount, type Scenario } from '../scenario.ts'
import { killsUnderLoad } from './kills.ts'

export const killRuntime: Scenario = {
  bar: 'R1',
  title: 'kill -9 of the runtime, on a PostgreSQL server',
  needs: needsEngine('server'),
  run: (trial) =>
    killsUnderLoad({
      engine: 'server',
      kills: amount(trial, 50),
      kinds: ['runtime', 'runtime', 'link, runtime'],
      seed: trial.seed,
      load: loadOf(trial),
      firstReplyWithinMs: 5_000,
      say: trial.say,
    }),
}
