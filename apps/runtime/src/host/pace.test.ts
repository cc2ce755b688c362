import { expect, test } from 'vitest'
import { freePace } from './pace.ts'
import { rateOf } from './rate.ts'

/**
 * A network that takes so many a second (counted by the whole second) and refuses the rest, and a sender that goes by
 * its pace, over so many seconds. Stopped time: a tick is 5 ms.
 */
function play(seconds: number, permitted: (second: number) => number) {
  const pace = freePace()
  let nowMs = 0
  const rate = rateOf(() => pace.perSecond(nowMs))
  const bySecond: { taken: number; refused: number }[] = []
  for (; nowMs < seconds * 1_000; nowMs += 5) {
    const second = Math.floor(nowMs / 1_000)
    bySecond[second] ??= { taken: 0, refused: 0 }
    const count = bySecond[second]
    for (let free = Math.min(10, rate.available(nowMs)); free > 0; free -= 1) {
      rate.take(1, nowMs)
      if (count.taken < permitted(second)) {
        count.taken += 1
        pace.accepted(1, nowMs)
      } else {
        count.refused += 1
        pace.throttled(nowMs)
      }
    }
  }
  return bySecond
}

function summed(counts: readonly { taken: number; refused: number }[]) {
  const taken = counts.reduce((sum, count) => sum + count.taken, 0)
  const refused = counts.reduce((sum, count) => sum + count.refused, 0)
  return { taken, refusedShare: refused / (taken + refused) }
}

test('a network that never complains is not slowed down', () => {
  expect(freePace().perSecond(1_000)).toBeUndefined()
})

test.each([10, 30, 100])('at %i a second permitted, nine tenths are used and one in twenty is refused', (permitted) => {
  const { taken, refusedShare } = summed(play(120, () => permitted).slice(60))
  expect(taken).toBeGreaterThanOrEqual(0.9 * permitted * 60)
  expect(refusedShare).toBeLessThanOrEqual(0.05)
})

test('a network that takes nothing for a minute is asked once a second, and soon used again', () => {
  const counts = play(180, (second) => (second >= 30 && second < 90 ? 0 : 30))
  const blocked = counts.slice(40, 88)
  expect(Math.max(...blocked.map(({ refused }) => refused))).toBeLessThanOrEqual(3)
  expect(summed(counts.slice(105, 165)).taken).toBeGreaterThanOrEqual(0.9 * 30 * 60)
})

test('a network that took nothing at first is asked once a second, and its rate is found out soon after', () => {
  const counts = play(120, (second) => (second < 40 ? 0 : 30))
  expect(Math.max(...counts.slice(5, 38).map(({ refused }) => refused))).toBeLessThanOrEqual(3)
  const { taken, refusedShare } = summed(counts.slice(60))
  expect(taken).toBeGreaterThanOrEqual(0.9 * 30 * 60)
  expect(refusedShare).toBeLessThanOrEqual(0.05)
})

test('a pace stays a number however long nobody refuses', () => {
  const pace = freePace()
  pace.throttled(0)
  expect(pace.perSecond(86_400_000)).toBe(100_000)
})
