import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { draw, shareOf } from './draw.ts'
import { splitRandom } from './index.ts'
import { splitRandomSchema } from './schema.ts'

const way = (id: string, weight: number) => ({ id, label: id.toUpperCase(), weight })

test.each([
  { weights: [1, 1], random: 0, drawn: 'a' },
  { weights: [1, 1], random: 0.499, drawn: 'a' },
  { weights: [1, 1], random: 0.5, drawn: 'b' },
  { weights: [3, 1], random: 0.74, drawn: 'a' },
  { weights: [3, 1], random: 0.75, drawn: 'b' },
  { weights: [0, 1], random: 0, drawn: 'b' },
  { weights: [1, 0], random: 0.999_999_999, drawn: 'a' },
  { weights: [1, 0, 1], random: 0.5, drawn: 'c' },
  { weights: [0, 0], random: 0.5, drawn: undefined },
  { weights: [], random: 0.5, drawn: undefined },
])('of the weights $weights the number $random draws $drawn', ({ weights, random, drawn }) => {
  const ways = weights.map((weight, index) => way('abc'[index] ?? '', weight))
  expect(draw(ways, random)?.id).toBe(drawn)
})

test('each way gets its share', () => {
  const ways = [way('a', 6), way('b', 3), way('c', 1)]
  const counts = { a: 0, b: 0, c: 0 }
  for (let seed = 0; seed < 1_000; seed += 1) {
    const by = sessionOn(splitRandom, { ways }, { seed }).leftBy as keyof typeof counts
    counts[by] += 1
  }
  expect(counts.a).toBeGreaterThan(550)
  expect(counts.a).toBeLessThan(650)
  expect(counts.b).toBeGreaterThan(250)
  expect(counts.b).toBeLessThan(350)
  expect(counts.a + counts.b + counts.c).toBe(1_000)
})

test('the way is recorded where a result is named, by the draw that decided', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const session = sessionOn(splitRandom, { ways: [way('a', 1), way('b', 1)], result: 'variant' }, { seed })
    const id = session.leftBy ?? ''
    expect(session.recorded).toMatchObject([{ name: 'variant', value: id, category: id.toUpperCase() }])
    expect(session.context?.results).toEqual({ variant: { value: id, category: id.toUpperCase() } })
  }
  expect(sessionOn(splitRandom, { ways: [way('a', 1)] }).recorded).toEqual([])
})

test('a way that weighs nothing may lead nowhere', () => {
  expect(sessionOn(splitRandom, { ways: [way('a', 1), way('b', 0)] }, { open: ['b'] }).leftBy).toBe('a')
})

test.each([
  { ways: [], issues: ['split-random/no-way at ways'] },
  { ways: [way('a', 0)], issues: ['split-random/no-way at ways'] },
  { ways: [way('a', 0), way('b', 1)], issues: [] },
])('the ways $ways have the issues $issues', ({ ways, issues }) => {
  expect(splitRandom.check?.({ ways }).map(({ code, path }) => `${code} at ${path}`)).toEqual(issues)
})

test.each([
  [
    [1, 1, 1],
    [33, 33, 33],
  ],
  [
    [95, 5],
    [95, 5],
  ],
  [
    [999, 1],
    [100, 0.1],
  ],
  [[0], [0]],
])('the weights %j are %j percent', (weights, shares) => {
  const ways = weights.map((weight) => ({ weight }))
  expect(ways.map((each) => shareOf(each, ways))).toEqual(shares)
})

test.each([-1, 1.5, 1_001])('the weight %d is refused', (weight) => {
  expect(splitRandomSchema.safeParse({ ways: [way('a', weight)] }).success).toBe(false)
})
