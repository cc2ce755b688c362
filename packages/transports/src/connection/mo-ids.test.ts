import { expect, test } from 'vitest'
import { MoIds } from './mo-ids.ts'

function idsOf(numbers: readonly (readonly [sequence: number, fingerprint: string])[]): string[] {
  const ids = new MoIds('mo:a:e1')
  return numbers.map(([sequence, fingerprint]) => ids.idOf(sequence, fingerprint))
}

test('the id is link, bind and sequence number', () => {
  expect(idsOf([[7, 'x']])).toEqual(['mo:a:e1:7'])
})

test('a PDU that comes again has the id it had', () => {
  expect(
    idsOf([
      [7, 'x'],
      [8, 'y'],
      [7, 'x'],
    ]),
  ).toEqual(['mo:a:e1:7', 'mo:a:e1:8', 'mo:a:e1:7'])
})

test('PDUs out of order are of one round', () => {
  expect(
    idsOf([
      [9, 'x'],
      [8, 'y'],
      [10, 'z'],
    ]),
  ).toEqual(['mo:a:e1:9', 'mo:a:e1:8', 'mo:a:e1:10'])
})

test('an SMSC that counts to 3 loses no MO', () => {
  const ids = idsOf([
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
    [1, 'd'],
    [2, 'e'],
    [3, 'f'],
    [1, 'g'],
  ])
  expect(new Set(ids).size).toBe(7)
})

test('an SMSC that does not count at all loses no MO that differs from the one before', () => {
  expect(
    new Set(
      idsOf([
        [0, 'a'],
        [0, 'b'],
        [0, 'a'],
      ]),
    ).size,
  ).toBe(3)
})

test('an SMSC that counts to 65,535 loses no MO', () => {
  const ids = new MoIds('mo:a:e1')
  const seen = new Set<string>()
  for (let n = 0; n < 140_000; n++) seen.add(ids.idOf(1 + (n % 65_535), 'always the same'))
  expect(seen.size).toBe(140_000)
})

test.each([
  { protocol: 'UCP', numbersInCircle: 100, step: 1 },
  { protocol: 'CIMD2', numbersInCircle: 128, step: 2 },
])('the circle of $protocol loses no MO, however often the same text comes', ({ numbersInCircle, step }) => {
  const ids = new MoIds('mo:a:e1', { numbersInCircle })
  const seen = new Set<string>()
  for (let n = 0; n < 1_000; n++) seen.add(ids.idOf((n % numbersInCircle) * step, 'always the same'))
  expect(seen.size).toBe(1_000)
})

test('within half a circle a frame that comes again has the id it had', () => {
  const ids = new MoIds('mo:a:e1', { numbersInCircle: 100 })
  const first = ids.idOf(97, 'x')
  for (const number of [98, 99]) ids.idOf(number, 'x')
  expect(ids.idOf(97, 'x')).toBe(first)
})
