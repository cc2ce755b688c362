import { expect, test } from 'vitest'
import { sharePercent } from './share-percent.ts'

test.each([
  { weight: 1, weights: [1, 1], percent: 50 },
  { weight: 1, weights: [1, 2], percent: 33 },
  { weight: 1, weights: [1, 999], percent: 0.1 },
  { weight: 0, weights: [0], percent: 0 },
  { weight: 0, weights: [], percent: 0 },
])('$weight of the weights $weights is $percent %', ({ weight, weights, percent }) => {
  const rows = weights.map((each) => ({ weight: each }))
  expect(sharePercent(weight, rows, 'weight')).toBe(percent)
})
