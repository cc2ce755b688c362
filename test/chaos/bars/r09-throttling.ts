import { setTimeout as pause } from 'node:timers/promises'
import { engineOf, storageOn } from '@textloom/runtime/testing/system'
import { PretendSmsc } from '@textloom/transports/pretend-smsc'
import { Choices } from '../../crash/choices.ts'
import { startCrashRun } from '../../crash/crash-run.ts'
import type { LedgerLine } from '../../crash/ledger.ts'
import { startPhones } from '../../crash/phones.ts'
import { conclude } from '../conclude.ts'
import { needsEngine } from '../engines.ts'
import { amount, type Outcome, type Scenario, type Trial } from '../scenario.ts'

/** Segments that the network permits in any second; the phones ask for several times as many. */
const PERMITTED = 30
const LOAD = { phones: 60, pauseMs: 300 }
const FULL_MS = 60_000
/** Of the bar: how long the link may take to find out what is permitted. */
const SETTLE_MS = 60_000
const MEASURED_MS = 30_000
const MOST_REFUSED_PERCENT = 5
const LEAST_USED_PERCENT = 90

/** A network that takes less than there is to send: it says so, and nobody else tells the link. */
export const throttling: Scenario = {
  bar: 'R9',
  title: 'a network that permits 30 segments a second, after one that took none',
  needs: needsEngine('embedded'),
  async run(trial) {
    const alone = await findTheRate(trial)
    const together = await shareTheRate(trial)
    return {
      figures: { ...alone.figures, ...together.figures },
      violations: [...alone.violations, ...together.violations],
      ...(alone.ledger !== undefined && { ledger: alone.ledger }),
    }
  },
}

async function findTheRate(trial: Trial): Promise<Outcome> {
  const run = await startCrashRun({
    storage: await storageOn(engineOf('embedded')),
    random: new Choices(trial.seed),
    kinds: [],
    smsc: { mostPerSecond: 0 },
    load: LOAD,
  })
  try {
    await pause(amount(trial, FULL_MS))
    run.smsc.permit(PERMITTED)
    trial.say('the network takes messages now')
    await pause(SETTLE_MS)
    const sinceMs = Date.now()
    await pause(MEASURED_MS)
    const seen = attemptsSince(run.ledger.lines, sinceMs)
    const refusedPercent = (100 * seen.refused) / Math.max(1, seen.refused + seen.taken)
    const usedPercent = (100 * seen.taken) / ((PERMITTED * MEASURED_MS) / 1_000)
    // Nobody need wait for the rest at so slow a pace.
    run.smsc.permit(undefined)
    return await conclude(run, {
      name: 'R9',
      mayRepeat: false,
      figures: { refusedPercent, usedPercent },
      violations: [
        ...(refusedPercent > MOST_REFUSED_PERCENT ? [`throttled: ${refusedPercent.toFixed(1)} % were refused.`] : []),
        ...(usedPercent < LEAST_USED_PERCENT ? [`slow: ${usedPercent.toFixed(1)} % of what is permitted left.`] : []),
      ],
    })
  } finally {
    await run.stop()
  }
}

/** Two links that are told to share what may leave: together they send as much as one of them alone. */
async function shareTheRate(trial: Trial): Promise<Outcome> {
  const random = new Choices(trial.seed)
  const terms = { messagesPerSecond: PERMITTED, budget: 'account' }
  const other = await new PretendSmsc().start()
  const run = await startCrashRun({
    storage: await storageOn(engineOf('embedded')),
    random,
    kinds: [],
    load: { ...LOAD, phones: LOAD.phones / 2 },
    instance: {
      link: terms,
      more: {
        links: [{ id: 'other', kind: 'smpp', host: '127.0.0.1', port: other.port, systemId: 'tl', ...terms }],
        channels: [{ id: '4041', address: '4041', link: 'other' }],
      },
    },
  })
  try {
    const { phones: count, pauseMs } = LOAD
    const rest = { count: count / 2, pauseMs, to: '4041', mostUnanswered: 3, firstNumber: 8_000_000, random }
    const others = startPhones(other, rest)
    await pause(5_000)
    const before = run.smsc.mts.length + other.mts.length
    const sinceMs = performance.now()
    await pause(amount(trial, FULL_MS))
    const taken = run.smsc.mts.length + other.mts.length - before
    const togetherPerSecond = Math.round(taken / ((performance.now() - sinceMs) / 1_000))
    await others.finish(60_000)
    const violations: string[] = []
    if (togetherPerSecond > PERMITTED * 1.1) violations.push(`shared: two links sent ${togetherPerSecond} a second.`)
    if (togetherPerSecond < PERMITTED * 0.9)
      violations.push(`shared: two links sent only ${togetherPerSecond} a second.`)
    return await conclude(run, {
      name: 'R9-shared',
      mayRepeat: false,
      others: new Set(others.numbers.map((number) => number.slice(1))),
      figures: { togetherPerSecond },
      violations,
    })
  } finally {
    await run.stop()
    await other.stop()
  }
}

/** What the network took and what it refused. */
function attemptsSince(lines: readonly LedgerLine[], sinceMs: number) {
  const answers = lines.flatMap((line) => (line.type === 'mt answered' && line.at >= sinceMs ? [line.status] : []))
  const taken = answers.filter((status) => status === 0).length
  return { taken, refused: answers.length - taken }
}
