import { describe, expect, test } from 'vitest'
import { zoneOf } from './zone-of.ts'
import { instantOf, isZone, wallTimeAt } from './zones.ts'

const wall = (text: string) => wallTimeAt(Date.parse(`${text}Z`), 'UTC')
const utc = (instant: number) => new Date(instant).toISOString().slice(0, 16)

describe('what a clock on the wall shows is a moment', () => {
  test.each([
    { zone: 'UTC', shown: '2026-07-01T09:00', instant: '2026-07-01T09:00' },
    { zone: 'Europe/Budapest', shown: '2026-07-01T09:00', instant: '2026-07-01T07:00' },
    { zone: 'Asia/Kathmandu', shown: '2026-07-01T00:00', instant: '2026-06-30T18:15' },
    // Clocks go from 2:00 to 3:00.
    { zone: 'Europe/Budapest', shown: '2026-03-29T01:59', instant: '2026-03-29T00:59' },
    { zone: 'Europe/Budapest', shown: '2026-03-29T02:30', instant: '2026-03-29T01:30' },
    { zone: 'Europe/Budapest', shown: '2026-03-29T03:30', instant: '2026-03-29T01:30' },
    // Clocks go from 3:00 to 2:00: the first 2:30 is meant.
    { zone: 'Europe/Budapest', shown: '2026-10-25T02:30', instant: '2026-10-25T00:30' },
    { zone: 'Europe/Budapest', shown: '2026-10-25T03:00', instant: '2026-10-25T02:00' },
    // Half an hour only.
    { zone: 'Australia/Lord_Howe', shown: '2026-10-04T02:15', instant: '2026-10-03T15:45' },
    // A whole day was left out.
    { zone: 'Pacific/Apia', shown: '2011-12-30T12:00', instant: '2011-12-30T22:00' },
  ])('$shown in $zone is $instant UTC', ({ zone, shown, instant }) => {
    expect(utc(instantOf(wall(shown), zone))).toBe(instant)
  })

  test('and back, whenever the clocks do not change', () => {
    for (const zone of ['America/St_Johns', 'Asia/Jakarta', 'Africa/Casablanca', '+05:30']) {
      const shown = wall('2026-06-15T13:37')
      expect(wallTimeAt(instantOf(shown, zone), zone)).toEqual(shown)
    }
  })
})

test.each([
  ['Europe/Budapest', true],
  ['UTC', true],
  ['+02:00', true],
  ['Europe/Atlantis', false],
  ['', false],
])('"%s" is a zone: %s', (zone, expected) => {
  expect(isZone(zone)).toBe(expected)
})

test.each([
  { contact: 'Asia/Jakarta', channel: 'Europe/Budapest', zone: 'Asia/Jakarta' },
  { contact: undefined, channel: 'Europe/Budapest', zone: 'Europe/Budapest' },
  { contact: 'Nowhere', channel: 'Europe/Budapest', zone: 'Europe/Budapest' },
  { contact: 'Nowhere', channel: 'Nowhere', zone: 'UTC' },
  { contact: undefined, channel: undefined, zone: 'UTC' },
])('a contact in $contact on a channel in $channel lives in $zone', ({ contact, channel, zone }) => {
  expect(
    zoneOf(contact === undefined ? {} : { timezone: contact }, channel === undefined ? {} : { timezone: channel }),
  ).toBe(zone)
})
