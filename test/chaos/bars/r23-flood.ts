import { setTimeout as pause } from 'node:timers/promises'
import { engineOf, storageOn } from '@textloom/runtime/testing/system'
import { Choices } from '../../crash/choices.ts'
import { startCrashRun } from '../../crash/crash-run.ts'
import { startPhones } from '../../crash/phones.ts'
import { conclude } from '../conclude.ts'
import { needsEngine } from '../engines.ts'
import { amount, type Outcome, type Scenario, type Trial } from '../scenario.ts'
import { percentile, replyTimes } from '../timings.ts'

const FULL_MS = 60_000
const QUIET_WITHIN_MS = 5_000
/** A thousand texts a second from everybody, and one phone without a pause: an SMSC hands its texts over one by one. */
const EVERYBODY = { phones: 500, pauseMs: 500, mostUnanswered: 10 }
const NOISY = { count: 1, pauseMs: 1, mostUnanswered: 500, firstNumber: 9_000_000 }

/** More texts than can be handled, and one phone that writes as fast as its network hands its texts over. */
export const flood: Scenario = {
  bar: 'R23',
  title: 'a flood from 500 phones, and one that writes without a pause',
  needs: needsEngine('embedded'),
  run: floodOf,
}

async function floodOf(trial: Trial): Promise<Outcome> {
  const random = new Choices(trial.seed)
  const storage = await storageOn(engineOf('embedded'))
  const run = await startCrashRun({ storage, random, kinds: [], load: EVERYBODY })
  try {
    const noisy = startPhones(run.smsc, { ...NOISY, to: '4040', random })
    await pause(amount(trial, FULL_MS))
    await noisy.finish(120_000)
    const wants = (phone: string) => noisy.numbers.every((number) => number !== `+${phone}`)
    const quietP95Ms = percentile(replyTimes(run.ledger.lines, { wants }), 95)
    return await conclude(run, {
      name: 'R23',
      mayRepeat: false,
      figures: { fromOnePhone: noisy.written(), quietP95Ms },
      violations: quietP95Ms > QUIET_WITHIN_MS ? [`quiet: 95 % of replies took up to ${quietP95Ms} ms.`] : [],
    })
  } finally {
    await run.stop()
  }
}
