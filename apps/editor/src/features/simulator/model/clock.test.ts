import { expect, test } from 'vitest'
import { advanceTo, clockText, dayText, untilText } from './clock.ts'

const noon = Date.UTC(2026, 0, 1, 12)
const minute = 60_000

test('the clock shows UTC, wherever the machine stands', () => {
  expect([clockText(noon + 9 * minute), dayText(noon)]).toEqual(['12:09', 'Thu 1 Jan'])
})

test.each([
  [400, 'in a moment'],
  [20_000, 'in 20 s'],
  [60_000, 'in 60 s'],
  [15 * minute, 'in 15 min'],
  [60 * minute, 'in 60 min'],
  [240 * minute, 'in 4 h'],
  [26.5 * 60 * minute, 'in 26.5 h'],
  [7 * 24 * 60 * minute, 'in 7 days'],
  [-5, 'in a moment'],
])('%d ms ahead is %s', (ms, words) => {
  expect(untilText(noon, noon + ms)).toBe(words)
})

test('moving on to a moment is an advance to the millisecond', () => {
  expect(advanceTo(noon, noon + 3_661_500)).toEqual({ advance: 'PT1H1M1.5S' })
  expect(advanceTo(noon, noon)).toBeUndefined()
})
