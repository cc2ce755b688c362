import { setTimeout as pause } from 'node:timers/promises'
import { flowOf } from '@textloom/engine/testing'
import { startHouse, until } from '@textloom/runtime/testing/system'
import { needsEngine } from '../engines.ts'
import { amount, type Outcome, type Scenario, type Trial } from '../scenario.ts'

const PHONES = 10_000
const WITHIN_MS = 60_000

/** Timers that fall due while nothing runs: each fires once after the start, the oldest first, and none too early. */
export const overdueTimers: Scenario = {
  bar: 'R15',
  title: '10,000 timers that fall due while nothing runs',
  needs: needsEngine('embedded'),
  run: letTimersFallDue,
}

async function letTimersFallDue(trial: Trial): Promise<Outcome> {
  const phones = Array.from({ length: amount(trial, PHONES) }, (_, index) => `+3630${4_000_000 + index}`)
  // Long enough for everybody to have written before the first is due.
  const seconds = trial.size === 'full' ? 90 : 15
  const waitMs = seconds * 1_000
  const house = await startHouse({ flows: [eggFlow(seconds)] })
  const doneAt = new Map<string, number[]>()
  house.smsc.onEvent((event) => {
    if (event.type === 'mt') doneAt.set(event.to, [...(doneAt.get(event.to) ?? []), event.at])
  })
  try {
    const saidAt = new Map<string, number>()
    await Promise.all(
      phones.map(async (phone) => {
        await house.says(phone, 'egg')
        saidAt.set(phone, Date.now())
      }),
    )
    await house.runtime.kill()
    if (doneAt.size > 0)
      throw new Error(`${doneAt.size} timers fired before everybody had written: use a faster machine.`)
    await pause(Math.max(0, Math.max(...saidAt.values()) + waitMs - Date.now()))
    await house.startAgain()
    const startedAt = Date.now()
    await until(
      () => doneAt.size === phones.length,
      () => `${phones.length} timers; ${doneAt.size} fired`,
      WITHIN_MS,
    )
    const lastAfterMs = Math.max(...[...doneAt.values()].map(([at = 0]) => at - startedAt))
    await pause(2_000)
    const violations: string[] = []
    for (const phone of phones) {
      const [first = 0, ...more] = doneAt.get(phone) ?? []
      const waitedMs = first - (saidAt.get(phone) ?? 0)
      // What is stored is answered a moment later.
      if (waitedMs < waitMs - 1_000) violations.push(`${phone}: its timer fired after ${waitedMs} ms.`)
      if (more.length > 0) violations.push(`${phone}: its timer fired ${more.length + 1} times.`)
    }
    return { figures: { timers: phones.length, lastAfterMs }, violations }
  } finally {
    await house.remove()
  }
}

function eggFlow(seconds: number) {
  return flowOf(
    {
      start: { type: 'keyword', data: { keywords: ['egg'], match: 'only' }, to: { next: 'boil' } },
      boil: { type: 'wait', data: { duration: `PT${seconds}S` }, to: { next: 'done' } },
      done: { type: 'message', data: { text: 'Done.' }, to: { next: 'end' } },
      end: { type: 'end', data: { outcome: 'completed' } },
    },
    { id: 'egg' },
  )
}
