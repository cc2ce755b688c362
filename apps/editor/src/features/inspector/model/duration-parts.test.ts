import { parseDuration } from '@textloom/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { durationParts, durationUnits, isoDuration } from './duration-parts.ts'

test.each([
  ['PT30S', 30, 'seconds'],
  ['PT24H', 24, 'hours'],
  ['P1D', 1, 'days'],
  ['P1DT2H', 26, 'hours'],
  ['P2W', 14, 'days'],
  ['PT1H30M', 90, 'minutes'],
  ['PT0.5S', 0.5, 'seconds'],
  ['PT1.5H', 90, 'minutes'],
  ['PT0S', 0, 'seconds'],
  ['P0D', 0, 'days'],
] as const)('%s is %d %s', (iso, amount, unit) => {
  expect(durationParts(iso)).toEqual({ amount, unit })
})

test.each(['', 'P1M', 'soon', 'P1Y'])('%j is shown as it is', (iso) => {
  expect(durationParts(iso)).toBeUndefined()
})

test('a number and a unit come back as they were typed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_999 }), fc.constantFrom(...durationUnits), (amount, unit) => {
      const iso = isoDuration({ amount, unit })
      expect(durationParts(iso)).toEqual({ amount, unit })
      expect(() => parseDuration(iso)).not.toThrow()
    }),
  )
})
