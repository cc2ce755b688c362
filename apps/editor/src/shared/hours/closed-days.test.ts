import { expect, test } from 'vitest'
import { dayInWords, withDay } from './closed-days.ts'

test.each([
  ['2026-12-24', '24 December 2026'],
  ['12-25', '25 December, every year'],
  ['02-29', '29 February, every year'],
  ['soon', 'soon'],
])('%s is "%s"', (day, words) => {
  expect(dayInWords(day)).toBe(words)
})

test('days are kept once and in order', () => {
  expect(withDay(['2026-12-24', '01-01'], '12-25')).toEqual(['01-01', '12-25', '2026-12-24'])
  expect(withDay(['01-01'], '01-01')).toEqual(['01-01'])
})
