import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dropIndex, moved } from './list-edits.ts'

test.each([
  [0, 2, 'bca'],
  [2, 0, 'cab'],
  [1, 1, 'abc'],
  [0, 3, 'abc'],
  [0, -1, 'abc'],
  [5, 0, 'abc'],
])('from %d to %d', (from, to, expected) => {
  expect(moved([...'abc'], from, to).join('')).toBe(expected)
})

test.each([
  { from: 0, byPx: 19, to: 0 },
  { from: 0, byPx: 20, to: 1 },
  { from: 0, byPx: 89, to: 1 },
  { from: 0, byPx: 90, to: 2 },
  { from: 0, byPx: 900, to: 2 },
  { from: 2, byPx: -20, to: 1 },
  { from: 2, byPx: -900, to: 0 },
  { from: 1, byPx: 0, to: 1 },
])('dragged by $byPx px, entry $from comes to lie at $to', ({ from, byPx, to }) => {
  expect(dropIndex([40, 40, 100], from, byPx)).toBe(to)
})

test('moving loses and doubles nothing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer()),
      fc.integer({ min: -1, max: 9 }),
      fc.integer({ min: -1, max: 9 }),
      (list, a, b) => {
        expect([...moved(list, a, b)].sort()).toEqual([...list].sort())
      },
    ),
  )
})
