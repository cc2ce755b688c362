import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import {
  countingFlow,
  engineOf,
  type House,
  preload,
  preloadedPhone,
  startHouse,
  storageOn,
  until,
} from '@textloom/runtime/testing/system'
import { Choices } from '../../crash/choices.ts'
import { needsEngine } from '../engines.ts'
import { amount, type Outcome, type Scenario, type Trial } from '../scenario.ts'
import { percentile } from '../timings.ts'

const SESSIONS = 1_000_000
const PER_SECOND = 100
const FULL_MS = 60_000
const START_WITHIN_MS = 15_000
const MOST_MB = 512
const WITHIN_MS = 500
const LIST_EVERY_MS = 250
const LIKE = { channel: '4040', phone: '+36309999999' }

/** Sessions that wait for a reply, as many as a large service has: what they cost while somebody else writes. */
export const waitingSessions: Scenario = {
  bar: 'R22',
  title: '1,000,000 waiting sessions, and 100 texts a second from any of them',
  needs: needsEngine('embedded'),
  run: writeAmongThem,
}

async function writeAmongThem(trial: Trial): Promise<Outcome> {
  const random = new Choices(trial.seed)
  const sessions = amount(trial, SESSIONS)
  const storage = await storageOn(engineOf('embedded'), { shared: true })
  const house = await startHouse({ flows: [countingFlow], storage })
  try {
    await house.says(LIKE.phone, 'hello')
    await house.heard(LIKE.phone, 1)
    if (storage.sql === undefined) throw new Error('A server has a way in.')
    await preload(storage.sql, { like: LIKE, phones: sessions })
    trial.say(`${sessions} sessions wait`)
    await house.runtime.stop()
    const startedAtMs = performance.now()
    await house.startAgain()
    const startMs = Math.round(performance.now() - startedAtMs)

    const lists = listsOf(house)
    const replies = await writeFrom(house, amount(trial, FULL_MS), () =>
      preloadedPhone(Math.floor(random.between(0, sessions))),
    )
    const p95Ms = Math.round(percentile(replies, 95))
    const listP95Ms = Math.round(percentile(await lists.stop(), 95))
    const memoryMb = Math.round(mostMemoryMb(house.runtime.pid))
    const limits = [
      [`start: it took ${startMs} ms.`, startMs > START_WITHIN_MS],
      [`memory: the runtime took ${memoryMb} MB.`, memoryMb > MOST_MB],
      [`slow: 95 % of the replies took up to ${p95Ms} ms.`, p95Ms > WITHIN_MS],
      [`lists: 95 % of them took up to ${listP95Ms} ms.`, listP95Ms > WITHIN_MS],
    ] as const
    return {
      figures: { sessions, replies: replies.length, startMs, memoryMb, p95Ms, listP95Ms },
      violations: limits.flatMap(([sentence, isBroken]) => (isBroken ? [sentence] : [])),
    }
  } finally {
    await house.remove()
  }
}

/** How long each reply took, in milliseconds. Nobody writes while their reply is due. */
async function writeFrom(house: House, forMs: number, phoneOf: () => string): Promise<number[]> {
  const due = new Map<string, number>()
  const times: number[] = []
  const stop = house.smsc.onEvent((event) => {
    const since = event.type === 'mt' ? due.get(event.to) : undefined
    if (event.type !== 'mt' || since === undefined) return
    times.push(performance.now() - since)
    due.delete(event.to)
  })
  const endsAtMs = performance.now() + forMs
  for (let nextMs = performance.now(); nextMs < endsAtMs; nextMs += 1_000 / PER_SECOND) {
    await pause(Math.max(0, nextMs - performance.now()))
    const phone = phoneOf()
    if (due.has(phone)) continue
    due.set(phone, performance.now())
    void house.says(phone, 'more')
  }
  await until(
    () => due.size === 0,
    () => `${due.size} more replies`,
    60_000,
  )
  stop()
  return times
}

/** Somebody who looks at texts and sessions all the time. */
function listsOf({ runtime }: House) {
  const times: number[] = []
  let isStopped = false
  const looking = (async () => {
    while (!isStopped) {
      for (const path of ['/api/v1/messages?limit=50', '/api/v1/sessions?limit=50']) {
        const sinceMs = performance.now()
        await (await runtime.api(path)).arrayBuffer()
        times.push(performance.now() - sinceMs)
      }
      await pause(LIST_EVERY_MS)
    }
  })()
  return {
    async stop() {
      isStopped = true
      await looking
      return times
    },
  }
}

/** 0 where there is no /proc. */
function mostMemoryMb(pid: number): number {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kilobytes ?? 0) / 1_024
  } catch {
    return 0
  }
}
