import { expect, test } from 'vitest'
import { zoneOfPhone } from './phone-zone.ts'

const now = Date.parse('2026-03-04T12:00:00Z')

test.each([
  { phone: '+36301234567', country: 'HU', zone: 'Europe/Budapest' },
  { phone: '+9779812345678', country: 'NP', zone: 'Asia/Katmandu' },
  { phone: '+4915112345678', country: 'DE', zone: 'Europe/Berlin' },
  // Several zones of one time are one.
  { phone: '+919812345678', country: 'IN', zone: 'Asia/Calcutta' },
  { phone: '+12025550123', country: 'US', zone: undefined },
  { phone: '+61412345678', country: 'AU', zone: undefined },
  { phone: '4040', country: undefined, zone: undefined },
  { phone: '+999123456', country: undefined, zone: undefined },
])('$phone is of $country, and its clocks are those of $zone', ({ phone, country, zone }) => {
  expect(zoneOfPhone(phone, now)).toMatchObject({ ...(country && { country }), ...(zone && { zone }) })
  if (zone === undefined) expect(zoneOfPhone(phone, now).zone).toBeUndefined()
})

test('a country of several clocks has one zone for each of them', () => {
  const { zones } = zoneOfPhone('+12025550123', now)
  expect(zones.length).toBeGreaterThan(5)
  expect(zones.length).toBeLessThan(12)
  expect(zoneOfPhone('4040', now).zones).toEqual([])
})
