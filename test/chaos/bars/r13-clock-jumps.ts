import { access, chmod, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { flowOf } from '@textloom/engine/testing'
import { engineOf, type Storage, storageOn } from '@textloom/runtime/testing/system'
import { Choices } from '../../crash/choices.ts'
import { type CrashRun, startCrashRun } from '../../crash/crash-run.ts'
import { besideBystanders } from '../bystanders.ts'
import { conclude } from '../conclude.ts'
import { needsEngine } from '../engines.ts'
import { loadOf } from '../load.ts'
import { amount, type Outcome, type Scenario, type Trial } from '../scenario.ts'

const PHONES = 200
const HOUR_S = 3_600
const DAY_S = 24 * HOUR_S
const EGG_S = 20
/** Its clock and the database's may differ so much. */
const EARLY_MS = 1_000
/** The clock is read again every ten seconds. */
const LATE_MS = 30_000
/** Where Debian has it. */
const LIBRARY = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/faketime/libfaketime.so.1`

/** Clocks of the database's and the runtime's machine that jump, and that run at twice their pace. */
export const clockJumps: Scenario = {
  bar: 'R13',
  title: 'clocks that jump by hours and days, and run twice as fast',
  needs: async () => (await needsEngine('server')()) ?? whyNoFaketime(),
  run: letClocksJump,
}

async function whyNoFaketime(): Promise<string | undefined> {
  const isThere = await access(LIBRARY).then(
    () => true,
    () => false,
  )
  return isThere ? undefined : 'needs libfaketime (Debian: faketime)'
}

const eggs = flowOf(
  {
    start: { type: 'keyword', data: { keywords: ['egg', 'hour', 'days'], match: 'first' }, to: { next: 'which' } },
    which: {
      type: 'split',
      data: {
        rules: [
          { id: 'hour', left: '{{ reply.text }}', op: 'equals', right: 'hour' },
          { id: 'days', left: '{{ reply.text }}', op: 'equals', right: 'days' },
        ],
      },
      to: { hour: 'hour', days: 'days', other: 'egg' },
    },
    egg: { type: 'wait', data: { duration: `PT${EGG_S}S` }, to: { next: 'done' } },
    hour: { type: 'wait', data: { duration: 'PT2H' }, to: { next: 'done' } },
    days: { type: 'wait', data: { duration: 'P1D' }, to: { next: 'done' } },
    done: { type: 'message', data: { text: 'Done.' }, to: { next: 'end' } },
    end: { type: 'end', data: { outcome: 'completed' } },
  },
  { id: 'eggs' },
)

async function letClocksJump(trial: Trial): Promise<Outcome> {
  const clock = await fakeClock()
  const storage = await storageOn(engineOf('server'), { serverEnv: clock.env })
  const run = await startCrashRun({
    storage,
    random: new Choices(trial.seed),
    kinds: [],
    load: loadOf(trial),
    flows: [eggs],
    env: clock.env,
  })
  const cook = cooks(run, storage, amount(trial, PHONES))
  try {
    const violations: string[] = []
    const bystanders = await besideBystanders(run, { calmMs: 3_000, factor: 1.5 }, async () => {
      // Two days back: what waits goes on waiting for as long as it would have, and the clock counts on by itself.
      const egg = await cook('egg', EGG_S)
      const hour = await cook('hour', 2 * HOUR_S)
      const days = await cook('days', DAY_S)
      await clock.set(-2 * DAY_S)
      violations.push(...(await egg.fired('after two days back', EGG_S * 1_000 + LATE_MS)))
      // Back, and three hours on: what was due within two hours is due now, a day is not over.
      await clock.set(3 * HOUR_S)
      violations.push(...(await hour.fired('three hours on', LATE_MS)))
      violations.push(...days.waits('three hours on'))
      // Three hours back: nothing fires again.
      await clock.set(0)
      const quick = await cook('egg', EGG_S)
      for (let second = 1; second <= amount(trial, 60); second++) {
        await pause(1_000)
        await clock.set(second)
      }
      violations.push(...(await quick.fired('at twice the pace', EGG_S * 1_000 + LATE_MS)))
      violations.push(...days.waits('at the end'))
      for (const pot of [egg, hour, quick]) violations.push(...pot.onlyOnce())
    })
    return await conclude(run, {
      name: 'R13',
      mayRepeat: false,
      others: cook.phones,
      figures: { timers: cook.phones.size, ...bystanders.figures },
      violations: [...violations, ...bystanders.violations],
    })
  } finally {
    await run.stop()
    await clock.remove()
  }
}

/** Many timers of one kind. */
interface Pot {
  /** Once all fired: a sentence for each that did too early, by the database's clock. */
  fired(what: string, withinMs: number): Promise<string[]>
  /** A sentence where any fired. */
  waits(what: string): string[]
  onlyOnce(): string[]
}

function cooks(run: CrashRun, { sql }: Storage, count: number) {
  let next = 5_500_000
  const phones = new Set<string>()
  const got = new Map<string, number>()
  run.smsc.onEvent((event) => {
    if (event.type === 'mt' && event.text === 'Done.') got.set(event.to, (got.get(event.to) ?? 0) + 1)
  })
  const databaseNow = async () => {
    const [row] = (await sql?.query<{ now: Date }>('select clock_timestamp() as now')) ?? []
    return row?.now.getTime() ?? 0
  }
  const cook = async (word: string, seconds: number): Promise<Pot> => {
    const own = Array.from({ length: count }, () => `+3630${next++}`)
    for (const phone of own) phones.add(phone.slice(1))
    const setAt = await databaseNow()
    await Promise.all(own.map((from) => run.smsc.hears({ from, to: '4040', text: word })))
    const done = () => own.filter((phone) => got.has(phone)).length
    return {
      async fired(what, withinMs) {
        const deadlineMs = performance.now() + withinMs
        let firstAt: number | undefined
        while (done() < count && performance.now() < deadlineMs) {
          if (done() > 0) firstAt ??= await databaseNow()
          await pause(50)
        }
        const violations = done() < count ? [`${what}: only ${done()} of ${count} timers fired.`] : []
        const waitedMs = (firstAt ?? Number.POSITIVE_INFINITY) - setAt
        // A clock that was set back says less than what went by: the host counts on, which is its rule.
        if (waitedMs > 0 && waitedMs < seconds * 1_000 - EARLY_MS)
          violations.push(`${what}: one fired after ${waitedMs} ms.`)
        return violations
      },
      waits: (what) => (done() > 0 ? [`${what}: ${done()} timers fired that had to wait.`] : []),
      onlyOnce() {
        const twice = own.filter((phone) => (got.get(phone) ?? 0) > 1)
        return twice.length > 0 ? [`${word}: ${twice.length} timers fired more than once.`] : []
      },
    }
  }
  return Object.assign(cook, { phones })
}

/** A clock that processes with this environment go by, and that can be moved while they run. */
async function fakeClock() {
  const folder = await mkdtemp(join(tmpdir(), 'textloom-clock-'))
  const file = join(folder, 'offset')
  const set = async (seconds: number) => {
    await writeFile(`${file}.new`, `${seconds < 0 ? '' : '+'}${seconds}\n`, { mode: 0o644 })
    await rename(`${file}.new`, file)
  }
  await set(0)
  await chmod(folder, 0o711)
  return {
    set,
    env: {
      LD_PRELOAD: LIBRARY,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      DONT_FAKE_MONOTONIC: '1',
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
