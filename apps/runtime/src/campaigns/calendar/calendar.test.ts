import { wallTimeAt } from '@textloom/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { occurrenceOn, remindersOf, settle } from './due.ts'
import { dateIn, instantAt, isDateText, minuteIn, plusDays } from './local-time.ts'
import { isQuiet, lastAllowed, nextAllowed } from './quiet-hours.ts'
import { daysOfRule, ruleProblem } from './recurrence.ts'
import { zonesOf } from './zones-of.ts'

const utc = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString().slice(0, 16))
const berlin = 'Europe/Berlin'
const newYork = 'America/New_York'
const lordHowe = 'Australia/Lord_Howe'
const kathmandu = 'Asia/Kathmandu'

describe('a daily time on the days around a change of the clocks', () => {
  test.each([
    {
      zone: berlin,
      time: '02:30',
      from: '2026-03-28',
      at: ['2026-03-28T01:30', '2026-03-29T01:30', '2026-03-30T00:30'],
    },
    {
      zone: berlin,
      time: '02:30',
      from: '2026-10-24',
      at: ['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30'],
    },
    {
      zone: newYork,
      time: '02:30',
      from: '2026-03-07',
      at: ['2026-03-07T07:30', '2026-03-08T07:30', '2026-03-09T06:30'],
    },
    {
      zone: newYork,
      time: '01:30',
      from: '2026-10-31',
      at: ['2026-10-31T05:30', '2026-11-01T05:30', '2026-11-02T06:30'],
    },
    // Lord Howe moves its clocks by half an hour only.
    {
      zone: lordHowe,
      time: '02:15',
      from: '2026-10-03',
      at: ['2026-10-02T15:45', '2026-10-03T15:45', '2026-10-04T15:15'],
    },
    {
      zone: lordHowe,
      time: '01:45',
      from: '2026-04-04',
      at: ['2026-04-03T14:45', '2026-04-04T14:45', '2026-04-05T15:15'],
    },
    {
      zone: kathmandu,
      time: '02:30',
      from: '2026-03-28',
      at: ['2026-03-27T20:45', '2026-03-28T20:45', '2026-03-29T20:45'],
    },
  ])('$time in $zone from $from', ({ zone, time, from, at }) => {
    const days = daysOfRule('FREQ=DAILY', from, { after: from, until: plusDays(from, 2) })
    const schedule = { kind: 'recurring', rule: 'FREQ=DAILY', from, time, clock: 'contact' } as const
    const due = days.map((day) => occurrenceOn(schedule, { clock: zone, campaignZone: 'UTC', startedAt: 0, day }))
    expect(due.map((one) => utc(one.at))).toEqual(at)
    expect(due.map(({ key }) => key)).toEqual(days)
  })

  test('comes once a day, at the written time unless the clocks skip it, whatever the zone', () => {
    const zones = fc.constantFrom(berlin, newYork, lordHowe, kathmandu, 'Pacific/Apia', 'Africa/Cairo', 'UTC')
    fc.assert(
      fc.property(zones, fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 1500 }), (zone, minutes, day) => {
        const date = plusDays('2025-01-01', day)
        const at = instantAt(date, minutes, zone)
        expect(dateIn(at, zone)).toBe(date)
        const shown = minuteIn(at, zone)
        if (shown === minutes) return
        // Skipped: no instant of that day shows the written time, and the reminder comes that long after the skip.
        expect(shown).toBeGreaterThan(minutes)
        expect(shown - minutes).toBeLessThanOrEqual(60)
        const { hour, minute } = wallTimeAt(at - (shown - minutes) * 60_000, zone)
        expect(hour * 60 + minute).toBeLessThan(minutes)
      }),
      { numRuns: 150 },
    )
  })
})

describe('the days of a rule', () => {
  test.each([
    ['FREQ=WEEKLY;BYDAY=MO,TH', '2026-06-01', ['2026-06-01', '2026-06-04', '2026-06-08', '2026-06-11']],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', '2026-01-31', ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']],
    ['FREQ=MONTHLY;BYDAY=1MO', '2026-01-01', ['2026-01-05', '2026-02-02', '2026-03-02', '2026-04-06']],
    ['FREQ=YEARLY', '2024-02-29', ['2024-02-29', '2028-02-29', '2032-02-29', '2036-02-29']],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1', '2026-02-28', ['2026-02-28', '2027-02-28', '2028-02-29', '2029-02-28']],
    ['FREQ=DAILY;INTERVAL=2;COUNT=3', '2026-03-28', ['2026-03-28', '2026-03-30', '2026-04-01']],
    ['FREQ=DAILY;UNTIL=20260330', '2026-03-28', ['2026-03-28', '2026-03-29', '2026-03-30']],
  ])('%s from %s', (rule, from, days) => {
    expect(daysOfRule(rule, from, { after: from, until: '2040-01-01', most: 4 })).toEqual(days)
  })

  test('are found in the middle', () => {
    const found = daysOfRule('FREQ=WEEKLY;BYDAY=FR', '2020-01-03', { after: '2026-11-25', until: '2026-12-05' })
    expect(found).toEqual(['2026-11-27', '2026-12-04'])
  })

  test.each([
    ['FREQ=HOURLY', /on which days/],
    ['FREQ=DAILY;BYHOUR=3', /BYHOUR=3/],
    ['BYDAY=MO', /how often/],
    ['', /on which days/],
    ['every Monday', /FREQ=WEEKLY/],
  ])('"%s" is no rule', (rule, why) => {
    expect(ruleProblem(rule)).toMatch(why)
  })
})

describe('reminders of a date', () => {
  const dayBefore = { days: -1, time: '18:00' }
  const twoHours = { minutes: -120 }

  test.each([
    {
      what: 'an evening before',
      value: '2026-06-10T09:00',
      zone: berlin,
      at: ['2026-06-09T16:00', '2026-06-10T05:00'],
    },
    {
      what: 'an offset of its own',
      value: '2026-06-10T09:00Z',
      zone: berlin,
      at: ['2026-06-09T16:00', '2026-06-10T07:00'],
    },
    {
      what: 'the day after the clocks go forward',
      value: '2026-03-30T03:00',
      zone: berlin,
      at: ['2026-03-29T16:00', '2026-03-29T23:00'],
    },
    {
      what: 'two hours that are one on the wall',
      value: '2026-03-29T04:00',
      zone: berlin,
      at: ['2026-03-28T17:00', '2026-03-29T00:00'],
    },
    {
      what: 'the day the clocks go back',
      value: '2026-11-01T09:00',
      zone: newYork,
      at: ['2026-10-31T22:00', '2026-11-01T12:00'],
    },
    { what: 'half an hour', value: '2026-10-04T03:00', zone: lordHowe, at: ['2026-10-03T07:30', '2026-10-03T14:00'] },
    {
      what: 'quarters of an hour',
      value: '2026-06-10T09:00',
      zone: kathmandu,
      at: ['2026-06-09T12:15', '2026-06-10T01:15'],
    },
    {
      what: 'the day after a leap day',
      value: '2028-03-01T10:00',
      zone: 'UTC',
      at: ['2028-02-29T18:00', '2028-03-01T08:00'],
    },
  ])('$what: $value in $zone', ({ value, zone, at }) => {
    expect(remindersOf(value, [dayBefore, twoHours], zone).map((one) => utc(one.at))).toEqual(at)
  })

  test('a date that was moved has others, one that was cancelled has none', () => {
    const keys = (value: string | null) => remindersOf(value, [dayBefore, twoHours], berlin).map(({ key }) => key)
    expect(keys('2026-06-10T09:00')).toEqual(['1@2026-06-10T07:00:00.000Z', '2@2026-06-10T07:00:00.000Z'])
    expect(keys('2026-06-10T09:00+02:00')).toEqual(keys('2026-06-10T09:00'))
    expect(keys('2026-06-11T09:00')).not.toEqual(keys('2026-06-10T09:00'))
    expect(keys(null)).toEqual([])
    expect(keys('next week')).toEqual([])
  })

  test('a day without a time is over with the day', () => {
    const [one] = remindersOf('2026-06-10', [{ days: 0, time: '10:00' }], berlin)
    expect([one?.key, utc(one?.at), utc(one?.before)]).toEqual(['1@2026-06-10', '2026-06-10T08:00', '2026-06-10T22:00'])
  })

  test('29 February has its reminders in a leap year', () => {
    expect(utc(remindersOf('2028-02-29', [dayBefore], berlin)[0]?.at)).toBe('2028-02-28T17:00')
    expect(remindersOf('2027-02-29', [dayBefore], berlin)).toEqual([])
  })
})

describe('quiet hours', () => {
  const night = { quiet: { from: '21:00', to: '08:00' }, holidays: [] }

  test.each([
    { at: '2026-06-01T18:59', zones: [berlin], quiet: false, next: '2026-06-01T18:59', last: '2026-06-01T18:59' },
    { at: '2026-06-01T19:00', zones: [berlin], quiet: true, next: '2026-06-02T06:00', last: '2026-06-01T18:59' },
    { at: '2026-06-02T05:59', zones: [berlin], quiet: true, next: '2026-06-02T06:00', last: '2026-06-01T18:59' },
    { at: '2026-06-02T06:00', zones: [berlin], quiet: false, next: '2026-06-02T06:00', last: '2026-06-02T06:00' },
    { at: '2026-03-28T23:00', zones: [berlin], quiet: true, next: '2026-03-29T06:00', last: '2026-03-28T19:59' },
    { at: '2026-10-25T02:00', zones: [berlin], quiet: true, next: '2026-10-25T07:00', last: '2026-10-24T18:59' },
    // 8:00 in Hawaii until 21:00 in New York.
    {
      at: '2026-01-10T15:00',
      zones: [newYork, 'Pacific/Honolulu'],
      quiet: true,
      next: '2026-01-10T18:00',
      last: '2026-01-10T01:59',
    },
  ])('at $at in $zones', ({ at, zones, quiet, next, last }) => {
    const instant = Date.parse(`${at}Z`)
    expect(isQuiet(instant, zones, night)).toBe(quiet)
    expect(utc(nextAllowed(instant, zones, night))).toBe(next)
    expect(utc(lastAllowed(instant, zones, night))).toBe(last)
  })

  test.each([
    ['by day', { quiet: { from: '12:00', to: '14:00' }, holidays: [] }, '2026-06-01T12:30', '2026-06-01T14:00'],
    ['none', { quiet: null, holidays: [] }, '2026-06-01T03:00', '2026-06-01T03:00'],
    ['holidays', { ...night, holidays: ['12-25', '2026-12-26'] }, '2026-12-24T22:00', '2026-12-27T08:00'],
    ['a holiday of another year', { ...night, holidays: ['2025-12-25'] }, '2026-12-25T10:00', '2026-12-25T10:00'],
  ])('%s', (_what, rules, at, next) => {
    expect(utc(nextAllowed(Date.parse(`${at}Z`), ['UTC'], rules))).toBe(next)
  })

  test('without an hour that suits every clock nothing is allowed', () => {
    const rules = { quiet: { from: '09:00', to: '08:00' }, holidays: [] }
    expect(nextAllowed(0, [berlin, newYork], rules)).toBeUndefined()
    expect(lastAllowed(0, [berlin, newYork], rules)).toBeUndefined()
  })

  test('what is allowed is allowed on every clock, and nothing earlier was', () => {
    const zones = fc.subarray([berlin, newYork, lordHowe, kathmandu], { minLength: 1, maxLength: 2 })
    const instants = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2027, 0) })
    const rules = { quiet: { from: '22:00', to: '06:30' }, holidays: ['12-25'] }
    fc.assert(
      fc.property(zones, instants, (all, instant) => {
        const next = nextAllowed(instant, all, rules)
        if (next === undefined) return
        expect(next).toBeGreaterThanOrEqual(instant)
        expect(isQuiet(next, all, rules)).toBe(false)
        if (next > instant) expect(isQuiet(next - 1, all, rules)).toBe(true)
        const last = lastAllowed(instant, all, rules)
        expect(last !== undefined && last <= instant && !isQuiet(last, all, rules)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

describe('when it leaves', () => {
  const rules = { quiet: { from: '21:00', to: '08:00' }, holidays: [] }
  const how = { zones: ['UTC'], rules, now: Date.parse('2026-06-01T00:00Z'), expiryMs: 12 * 3_600_000 }
  const at = (text: string) => Date.parse(`${text}Z`)

  test.each([
    { what: 'by day', due: '2026-06-01T10:00', gives: '2026-06-01T10:00' },
    { what: 'at night: in the morning', due: '2026-06-01T22:00', gives: '2026-06-02T08:00' },
    {
      what: 'at night before an early date: in the evening',
      due: '2026-06-02T05:00',
      before: '2026-06-02T07:00',
      gives: '2026-06-01T20:59',
    },
    { what: 'a little late: at once', due: '2026-05-31T20:00', now: '2026-06-01T08:00', gives: '2026-06-01T08:00' },
    { what: 'much too late', due: '2026-05-31T20:00', now: '2026-06-01T09:00', gives: 'too-late' },
    {
      what: 'after what it reminds of',
      due: '2026-06-01T06:00',
      before: '2026-06-01T09:00',
      now: '2026-06-01T09:00',
      gives: 'too-late',
    },
    { what: 'with no evening left', due: '2026-06-01T05:00', before: '2026-06-01T07:00', gives: 'quiet-hours' },
  ])('$what', ({ due, before, now, gives }) => {
    const settled = settle(
      { at: at(due), ...(before !== undefined && { before: at(before) }) },
      { ...how, ...(now !== undefined && { now: at(now) }) },
    )
    expect('skip' in settled ? settled.skip : utc(settled.at)).toBe(gives)
  })
})

describe('the zones of a contact', () => {
  test('what is known counts', () => {
    expect(zonesOf({ phone: '+12125550100', timezone: newYork }, [])).toEqual({
      clock: newYork,
      all: [newYork],
      country: 'US',
    })
  })

  test('a country with one time has one zone', () => {
    expect(zonesOf({ phone: '+3612345678' }, ['America/Chicago'])).toEqual({
      clock: 'Europe/Budapest',
      all: ['Europe/Budapest'],
      country: 'HU',
    })
  })

  test('elsewhere nights count on all clocks of the country', () => {
    const { clock, all } = zonesOf({ phone: '+12125550100', timezone: null }, ['Europe/Berlin'])
    expect(all).toContain('Pacific/Honolulu')
    expect(all).toContain(clock)
    const rules = { quiet: { from: '21:00', to: '08:00' }, holidays: [] }
    // 12:00 in New York is 7:00 in Honolulu.
    expect(isQuiet(Date.parse('2026-01-10T17:00Z'), all, rules)).toBe(true)
    expect(isQuiet(Date.parse('2026-01-10T20:00Z'), all, rules)).toBe(false)
  })

  test('a short code goes by the campaign', () => {
    expect(zonesOf({ phone: '4040' }, [undefined, berlin])).toEqual({
      clock: berlin,
      all: [berlin],
      country: undefined,
    })
  })
})

test.each([
  ['2026-02-28', true],
  ['2026-02-29', false],
  ['2028-02-29', true],
  ['26-1-1', false],
  ['2026-13-01', false],
])('%s is a day: %s', (text, expected) => {
  expect(isDateText(text)).toBe(expected)
})
