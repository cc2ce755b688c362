import { describe, expect, test } from 'vitest'
import { LeaseTable } from '../testing/simulation/lease-table.ts'
import { keepLeases, type LeaseStore } from './ownership.ts'
import type { Pauses } from './pauses.ts'
import { PRESENCE, quotaOf } from './shares.ts'

test.each([
  { total: 4, here: ['a'], quotas: [4] },
  { total: 4, here: ['a', 'b'], quotas: [2, 2] },
  { total: 4, here: ['a', 'b', 'c'], quotas: [2, 1, 1] },
  { total: 1, here: ['a', 'b'], quotas: [1, 0] },
  { total: 64, here: ['a', 'b', 'c', 'd'], quotas: [16, 16, 16, 16] },
  { total: 0, here: ['a', 'b'], quotas: [0, 0] },
])('$total things among $here.length processes: $quotas', ({ total, here, quotas }) => {
  expect(here.map((who) => quotaOf(total, here, who))).toEqual(quotas)
})

/** Leases in memory and a clock that is moved; every pass of every process happens when it does. */
function virtualWorld() {
  let nowMs = 0
  let drawn = 0
  const table = new LeaseTable(() => nowMs)
  const waiting = new Set<{ atMs: number; done: () => void }>()
  const pauses: Pauses = {
    nowMs: () => nowMs,
    after(ms, done) {
      const pause = { atMs: nowMs + ms, done }
      waiting.add(pause)
      return () => waiting.delete(pause)
    },
    nextTurn: () => new Promise((resolve) => setImmediate(resolve)),
    random() {
      drawn += 1
      return (drawn * 0.618) % 1
    },
  }
  const dead = new Set<number>()

  return {
    /** A process that wants `links`; what it has is in `held`, how often it gave something back in `gave`. */
    process(pid: number, links: readonly string[], { takesNothing = false, tied = '' } = {}) {
      const held = new Set<string>()
      const log = { gave: 0 }
      const identity = { pid, startedAt: '', world: '' } as never
      const ask = <Answer>(question: () => Answer): Promise<Answer> =>
        dead.has(pid) ? new Promise(() => undefined) : Promise.resolve(question())
      const store: LeaseStore = {
        lastOwners: (resources) => ask(() => table.lastOwners(resources)),
        present: (kinds) => ask(() => table.present(kinds)),
        take: ({ resources, ...request }) =>
          ask(() =>
            table.take({
              ...request,
              resources: takesNothing ? resources.filter((one) => one.startsWith(PRESENCE)) : resources,
            }),
          ),
        renew: (renewed) => ask(() => table.renew(renewed)),
        release: (released) => ask(() => table.release(released)),
      }
      const ownership = keepLeases({
        leases: store,
        identity,
        isAlone: false,
        failed: () => undefined,
        pauses,
        isGone: async () => false,
      })
      for (const link of links) {
        ownership.want(`link:${link}:0`, {
          taken: () => held.add(link),
          lost: () => held.delete(link),
          async leave() {
            log.gave += 1
            held.delete(link)
          },
          isTied: () => link === tied,
        })
      }
      return { held, log, stop: () => ownership.stop(), freeze: () => dead.add(pid) }
    },
    /** Lets so many seconds go by. */
    async pass(seconds: number) {
      for (let tick = 0; tick < seconds * 4; tick += 1) {
        nowMs += 250
        for (const pause of [...waiting]) {
          if (pause.atMs > nowMs) continue
          waiting.delete(pause)
          pause.done()
        }
        for (let turn = 0; turn < 6; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
}

const links = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

describe('links that share nothing', () => {
  test('are all of the only process, and shared when another comes to stay', async () => {
    const world = virtualWorld()
    const first = world.process(1, links)
    await world.pass(1)
    expect(first.held.size).toBe(8)
    const second = world.process(2, links)
    await world.pass(4)
    expect([first.held.size, second.held.size]).toEqual([8, 0])
    await world.pass(6)
    expect([first.held.size, second.held.size]).toEqual([4, 4])
    expect(new Set([...first.held, ...second.held]).size).toBe(8)
    await world.pass(60)
    expect([first.log.gave, second.log.gave]).toEqual([4, 0])
  })

  test('are spread over four that start at once', async () => {
    const world = virtualWorld()
    const all = [1, 2, 3, 4].map((pid) => world.process(pid, links))
    await world.pass(15)
    expect(all.map(({ held }) => held.size)).toEqual([2, 2, 2, 2])
  })

  test('go to those who are left, at once where one stops, and when its leases have run out where it hangs', async () => {
    const world = virtualWorld()
    const [first, second, third] = [1, 2, 3].map((pid) => world.process(pid, links)) as [Process, Process, Process]
    await world.pass(15)
    await third.stop()
    await world.pass(2)
    expect([first.held.size, second.held.size]).toEqual([4, 4])
    second.freeze()
    await world.pass(24)
    expect(first.held.size).toBe(8)
  })

  test('come back where nobody takes them, and stay', async () => {
    const world = virtualWorld()
    const first = world.process(1, links)
    await world.pass(1)
    world.process(2, links, { takesNothing: true })
    await world.pass(60)
    expect(first.held.size).toBe(8)
    expect(first.log.gave).toBe(4)
  })

  test('one alone stays where it is', async () => {
    const world = virtualWorld()
    const first = world.process(1, ['a'])
    await world.pass(1)
    const second = world.process(2, ['a'])
    await world.pass(60)
    expect([first.held.size, second.held.size, first.log.gave]).toEqual([1, 0, 0])
  })
})

test('what goes where another goes is not counted', async () => {
  const world = virtualWorld()
  const first = world.process(1, ['a', 'b', 'c'], { tied: 'c' })
  await world.pass(1)
  const second = world.process(2, ['a', 'b'])
  await world.pass(12)
  expect(first.held.has('c')).toBe(true)
  expect([first.held.size, second.held.size]).toEqual([2, 1])
})

type Process = ReturnType<ReturnType<typeof virtualWorld>['process']>
