import { registry } from '@textloom/nodes'
import { expect, test } from 'vitest'
import { diceOf } from './dice.ts'
import { fuzz } from './fuzz.ts'
import { randomDocument } from './random-document.ts'
import { validNodes } from './valid-data.ts'

// A hundredth of `npm run soak`.
test('documents made by chance are read, judged, compiled and played; what is wrong with one is said of its node', () => {
  const { wrong, ...report } = fuzz({ first: 1, count: 1_000 })
  expect(wrong).toEqual([])
  expect(report.documents).toBe(1_000)
  // Nearly all that were left whole, and some that were broken harmlessly, are played.
  expect(report.played).toBeGreaterThan(550)
  expect(Math.min(report.refused, report.unsound * 10, report.inputs)).toBeGreaterThan(200)
})

test('every node type takes part', () => {
  const pool = validNodes()
  const missing = [...registry.keys()].filter((type) => !pool.some((node) => node.type === type))
  expect(missing, 'types none of whose golden conversations gives a node that is sound by itself').toEqual([])
  const seen = new Set<unknown>()
  for (let seed = 1; seed <= 300; seed += 1) {
    for (const { type } of randomDocument(diceOf(seed), pool).document.nodes as unknown as { type: string }[])
      seen.add(type)
  }
  expect([...registry.keys()].filter((type) => !seen.has(type))).toEqual([])
})

test('a seed brings back its document', () => {
  const pool = validNodes()
  const [one, other] = [7, 7].map((seed) => JSON.stringify(randomDocument(diceOf(seed), pool)))
  expect(one).toBe(other)
  expect(JSON.stringify(randomDocument(diceOf(8), pool))).not.toBe(one)
})
