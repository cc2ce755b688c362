import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { rateOf } from './rate.ts'

test('without a limit everything may leave', () => {
  expect(rateOf(() => undefined).available(0)).toBe(Number.POSITIVE_INFINITY)
})

test('over any time no more leaves than the rate and one', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 100 }),
      (perSecond, pausesMs) => {
        const rate = rateOf(() => perSecond)
        let nowMs = 0
        let sent = 0
        for (const pauseMs of pausesMs) {
          nowMs += pauseMs
          const free = rate.available(nowMs)
          rate.take(free, nowMs)
          sent += free
        }
        expect(sent).toBeLessThanOrEqual((nowMs / 1_000) * perSecond + Math.max(1, perSecond / 10) + 0.001)
      },
    ),
  )
})

test('a long message goes whole, and the next one waits until it is paid off', () => {
  const rate = rateOf(() => 10)
  expect(rate.available(0)).toBe(1)
  rate.take(5, 0)
  expect(rate.available(399)).toBe(0)
  expect(rate.waitMs(0)).toBe(500)
  expect(rate.available(500)).toBe(1)
})
