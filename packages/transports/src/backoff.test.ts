import { expect, test } from 'vitest'
import { backoffMs, defaultBackoff } from './backoff.ts'

const longest = () => 1

test.each([
  { attempt: 1, waits: 2_000 },
  { attempt: 2, waits: 4_000 },
  { attempt: 4, waits: 16_000 },
  { attempt: 5, waits: 30_000 },
  { attempt: 1_000, waits: 30_000 },
])('before attempt $attempt at a lost connection a link waits $waits ms at most', ({ attempt, waits }) => {
  expect(backoffMs(defaultBackoff.lost, attempt, longest)).toBe(waits)
})

test('a refused bind waits longer', () => {
  expect([1, 2, 10].map((attempt) => backoffMs(defaultBackoff.refused, attempt, longest))).toEqual([
    10_000, 20_000, 300_000,
  ])
})

test('half of the wait is chance, and a second passes in any case', () => {
  expect([0, 0.5].map((random) => backoffMs(defaultBackoff.lost, 1, () => random))).toEqual([1_000, 1_500])
})
