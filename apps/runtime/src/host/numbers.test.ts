import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalAddress, countryOf } from './numbers.ts'

describe('canonical addresses', () => {
  test.each([
    { written: '+36 30 123 4567', country: undefined, known: '+36301234567' },
    { written: '0036301234567', country: undefined, known: '+36301234567' },
    { written: '06301234567', country: 'HU', known: '+36301234567' },
    { written: '301234567', country: 'HU', known: '+36301234567' },
    { written: '0171 123-4567', country: 'de', known: '+491711234567' },
    { written: '(212) 555-0123', country: 'US', known: '+12125550123' },
    { written: '06301234567', country: undefined, known: '06301234567' },
    { written: '4040', country: 'HU', known: '4040' },
    { written: '12345678', country: 'US', known: '12345678' },
    { written: 'Textloom', country: 'HU', known: 'Textloom' },
    { written: '06301234567', country: 'XX', known: '06301234567' },
  ])('$written on a channel in $country is known as $known', ({ written, country, known }) => {
    expect(canonicalAddress(written, country)).toBe(known)
  })

  test('a canonical address is its own canonical address', () => {
    const digits = fc.stringMatching(/^(?:\+|00)?\d{3,15}$/)
    fc.assert(
      fc.property(digits, fc.constantFrom('HU', 'US', 'DE', undefined), (written, country) => {
        const known = canonicalAddress(written, country)
        expect(canonicalAddress(known, country)).toBe(known)
      }),
    )
  })
})

test.each([
  { phone: '+36301234567', country: 'HU' },
  { phone: '+12125550123', country: 'US' },
  { phone: '4040', country: undefined },
  { phone: 'Textloom', country: undefined },
])('$phone belongs to $country', ({ phone, country }) => {
  expect(countryOf(phone)).toBe(country)
})
