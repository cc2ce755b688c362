import { readFile } from 'node:fs/promises'
import { engineOf, storageOn, until } from '@textloom/runtime/testing/system'
import { Choices } from '../../crash/choices.ts'
import { startCrashRun } from '../../crash/crash-run.ts'
import { conclude } from '../conclude.ts'
import { needsEngine } from '../engines.ts'
import { amount, type Outcome, type Scenario, type Trial } from '../scenario.ts'

const PHONES = 20_000
const TEXTS_OF_EACH = 5
const DRAINED_WITHIN_MS = 600_000
const MOST_MEMORY_MB = 512

/** Nothing runs while 20,000 phones write five texts each; then something does. */
export const backlog: Scenario = {
  bar: 'R6',
  title: 'a backlog of 100,000 texts from 20,000 phones',
  needs: needsEngine('embedded'),
  run: drainBacklog,
}

async function drainBacklog(trial: Trial): Promise<Outcome> {
  const phones = amount(trial, PHONES)
  const load = { phones, pauseMs: 1_000, mostUnanswered: TEXTS_OF_EACH }
  const storage = await storageOn(engineOf('embedded'))
  const run = await startCrashRun({ storage, random: new Choices(trial.seed), kinds: [], load })
  try {
    await run.down()
    const waiting = () => run.phones.written() - run.phones.answered()
    const isFull = () => waiting() >= phones * TEXTS_OF_EACH
    await until(isFull, () => `a backlog; there are ${waiting()} texts`, 120_000)
    await run.phones.silence()
    const texts = waiting()
    trial.say(`${texts} texts wait`)
    const { pid } = await run.up()
    const startedAtMs = performance.now()
    await until(
      () => waiting() === 0,
      () => `the last of ${waiting()} answers`,
      DRAINED_WITHIN_MS,
    )
    const drainMs = Math.round(performance.now() - startedAtMs)
    const memoryMb = await mostMemoryMb(pid)
    return await conclude(run, {
      name: 'R6',
      figures: { backlog: texts, drainMs, perSecond: Math.round(texts / (drainMs / 1_000)), memoryMb },
      violations: memoryMb > MOST_MEMORY_MB ? [`memory: the runtime took ${memoryMb} MB.`] : [],
    })
  } finally {
    await run.stop()
  }
}

/** The most that a process had at once. 0 where the system does not tell. */
async function mostMemoryMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1_024)
}
