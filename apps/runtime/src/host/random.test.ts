import { expect, test } from 'vitest'
import { keyedRandom } from './random.ts'

const draws = (secret: string, seed: string) => Array.from({ length: 5 }, keyedRandom(secret)(seed))

test('the same instance draws the same numbers for the same seed, another one others', () => {
  expect(draws('a', 'mo:1')).toEqual(draws('a', 'mo:1'))
  expect(draws('a', 'mo:2')).not.toEqual(draws('a', 'mo:1'))
  expect(draws('b', 'mo:1')).not.toEqual(draws('a', 'mo:1'))
})

test('numbers are spread over [0, 1)', () => {
  const random = keyedRandom('a')('mo:1')
  const numbers = Array.from({ length: 1_000 }, random)
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...numbers)).toBeLessThan(1)
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length
  expect(mean).toBeCloseTo(0.5, 1)
})
