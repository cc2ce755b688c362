import { expect, test } from 'vitest'
import { threadDays } from './thread-days.ts'

test('what was said stands under its day, in order', () => {
  const at = (day: number, hour: number) => ({ at: new Date(2026, 0, day, hour).toISOString() })
  const days = threadDays([at(5, 9), at(5, 18), at(6, 8)])
  expect(days.map(({ day, items }) => [day, items.length])).toEqual([
    ['Mon 5 Jan', 2],
    ['Tue 6 Jan', 1],
  ])
})
