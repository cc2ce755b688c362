import { needsEngine } from '../engines.ts'
import { amount, type Scenario } from '../scenario.ts'
import { killsUnderLoad } from './kills.ts'

/** The second process on the folder, which must refuse, is in test/e2e/start-refused.test.ts. */
export const killEmbedded: Scenario = {
  bar: 'R2',
  title: 'kill -9 on the embedded database, and of it',
  needs: needsEngine('embedded'),
  run: (trial) =>
    killsUnderLoad({
      engine: 'embedded',
      kills: amount(trial, 50),
      kinds: ['runtime', 'link, runtime', 'runtime, database'],
      seed: trial.seed,
      load: { phones: amount(trial, 500), pauseMs: trial.size === 'full' ? 10_000 : 1_000 },
      firstReplyWithinMs: 5_000,
      say: trial.say,
    }),
}
