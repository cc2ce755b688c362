import { describe, expect, test } from 'vitest'
import { hoursInWords } from './hours-words.ts'
import { isHolidayText, isOpenAt, nextOpeningAt, readSpan } from './opening-hours.ts'

test.each([
  ['09:00-17:00', { from: 540, to: 1020 }],
  ['00:00-24:00', { from: 0, to: 1440 }],
  ['22:00-06:00', { from: 1320, to: 1800 }],
  ['23:59-00:00', { from: 1439, to: 1440 }],
  ['09:00-09:00', undefined],
  ['9:00-17:00', undefined],
  ['09:00-24:30', undefined],
  ['09:00-24:01', undefined],
  ['24:00-08:00', undefined],
  ['09:60-17:00', undefined],
  ['09:00–17:00', undefined],
  ['', undefined],
])('"%s" is %j', (text, span) => {
  expect(readSpan(text)).toEqual(span)
})

test.each([
  ['2026-12-24', true],
  ['12-25', true],
  ['02-29', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['13-01', false],
  ['04-31', false],
  ['24.12.', false],
  ['', false],
])('"%s" is a closed day: %s', (text, expected) => {
  expect(isHolidayText(text)).toBe(expected)
})

const week = ['mon', 'tue', 'wed', 'thu', 'fri'] as const
const office = { hours: Object.fromEntries(week.map((day) => [day, ['09:00-12:00', '13:00-17:00']])) }
const bar = { hours: { fri: ['20:00-02:00'], sat: ['20:00-04:00'] } }
const night = { hours: { sat: ['22:00-06:00'], sun: ['02:15-02:45'] } }
const holidays = ['2026-12-24', '12-25', '12-26']
const budapest = 'Europe/Budapest'

describe('at a moment (UTC) it is open, or opens next', () => {
  test.each([
    { what: 'a morning', opening: office, zone: budapest, now: '2026-06-01T07:00', opens: '2026-06-01T07:00' },
    { what: 'a minute early', opening: office, zone: budapest, now: '2026-06-01T06:59', opens: '2026-06-01T07:00' },
    { what: 'the end is closed', opening: office, zone: budapest, now: '2026-06-01T10:00', opens: '2026-06-01T11:00' },
    { what: 'after work', opening: office, zone: budapest, now: '2026-06-01T15:00', opens: '2026-06-02T07:00' },
    { what: 'a Friday evening', opening: office, zone: budapest, now: '2026-06-05T16:00', opens: '2026-06-08T07:00' },
    { what: 'elsewhere', opening: office, zone: 'Asia/Jakarta', now: '2026-06-05T01:59', opens: '2026-06-05T02:00' },
    {
      what: 'where it is Saturday',
      opening: office,
      zone: 'Pacific/Auckland',
      now: '2026-06-05T12:30',
      opens: '2026-06-07T21:00',
    },
    { what: 'Friday at midnight', opening: bar, zone: 'UTC', now: '2026-06-06T01:59', opens: '2026-06-06T01:59' },
    { what: 'Saturday at two', opening: bar, zone: 'UTC', now: '2026-06-06T02:00', opens: '2026-06-06T20:00' },
    { what: 'a Monday', opening: bar, zone: 'UTC', now: '2026-06-08T12:00', opens: '2026-06-12T20:00' },
    {
      what: 'Christmas, a Thursday to Sunday',
      opening: { ...office, holidays },
      zone: budapest,
      now: '2026-12-24T09:00',
      opens: '2026-12-28T08:00',
    },
    {
      what: 'Christmas of any year',
      opening: { ...office, holidays },
      zone: budapest,
      now: '2028-12-25T09:00',
      opens: '2028-12-27T08:00',
    },
    {
      what: 'the day before Christmas in another year',
      opening: { ...office, holidays },
      zone: budapest,
      now: '2027-12-24T09:00',
      opens: '2027-12-24T09:00',
    },
    {
      what: 'a night that began before the holiday',
      opening: { ...bar, holidays: ['2026-06-06'] },
      zone: 'UTC',
      now: '2026-06-06T01:00',
      opens: '2026-06-06T01:00',
    },
    {
      what: 'the night of the holiday',
      opening: { ...bar, holidays: ['2026-06-06'] },
      zone: 'UTC',
      now: '2026-06-06T02:00',
      opens: '2026-06-12T20:00',
    },
    {
      what: 'the night with the skipped hour',
      opening: night,
      zone: budapest,
      now: '2026-03-29T03:59',
      opens: '2026-03-29T03:59',
    },
    {
      what: 'its end, an hour sooner',
      opening: night,
      zone: budapest,
      now: '2026-03-29T04:00',
      opens: '2026-04-04T20:00',
    },
    {
      what: 'a quarter that the clocks skip',
      opening: { hours: { sun: night.hours.sun } },
      zone: budapest,
      now: '2026-03-29T00:00',
      opens: '2026-03-29T01:15',
    },
    {
      what: 'a quarter that they show twice, the first',
      opening: { hours: { sun: night.hours.sun } },
      zone: budapest,
      now: '2026-10-25T00:20',
      opens: '2026-10-25T00:20',
    },
    {
      what: 'a quarter that they show twice, the second',
      opening: { hours: { sun: night.hours.sun } },
      zone: budapest,
      now: '2026-10-25T01:20',
      opens: '2026-11-01T01:15',
    },
    {
      what: 'always',
      opening: { hours: { mon: ['00:00-24:00'], tue: ['00:00-24:00'] } },
      zone: 'UTC',
      now: '2026-06-02T00:00',
      opens: '2026-06-02T00:00',
    },
    {
      what: 'a leap day only',
      opening: { hours: { tue: ['09:00-10:00'] }, holidays: [] },
      zone: 'UTC',
      now: '2028-02-29T08:00',
      opens: '2028-02-29T09:00',
    },
    { what: 'no hours', opening: { hours: {} }, zone: 'UTC', now: '2026-06-02T00:00', opens: undefined },
    {
      what: 'a day without spans',
      opening: { hours: { mon: [] } },
      zone: 'UTC',
      now: '2026-06-02T00:00',
      opens: undefined,
    },
  ])('$what: $now → $opens', ({ opening, zone, now, opens }) => {
    const at = Date.parse(`${now}Z`)
    const next = nextOpeningAt(opening, at, zone)
    expect(next === undefined ? undefined : new Date(next).toISOString().slice(0, 16)).toBe(opens)
    expect(isOpenAt(opening, at, zone)).toBe(opens === now)
  })
})

test.each([
  [office.hours, 'Mon–Fri 09:00–12:00, 13:00–17:00'],
  [bar.hours, 'Fri 20:00–02:00\nSat 20:00–04:00'],
  [{ mon: ['09:00-17:00'], wed: ['09:00-17:00'], thu: ['09:00-17:00'] }, 'Mon 09:00–17:00\nWed–Thu 09:00–17:00'],
  [{ mon: [] }, ''],
  [{}, ''],
])('%j is written as "%s"', (hours, words) => {
  expect(hoursInWords(hours)).toBe(words)
})
