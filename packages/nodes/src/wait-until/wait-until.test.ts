import { sessionOn } from '@textloom/engine/testing'
import { describe, expect, test } from 'vitest'
import { waitUntil } from './index.ts'
import { momentOf } from './moment.ts'
import { waitUntilSchema } from './schema.ts'

const fixed = { kind: 'fixed', at: '2026-12-24T09:00', whenPast: 'next' } as const
const around = { kind: 'field', field: 'visit', whenPast: 'next' } as const
const budapest = 'Europe/Budapest'

describe('a moment', () => {
  test.each([
    { what: 'of the calendar', data: fixed, visit: null, moment: '2026-12-24T08:00' },
    {
      what: 'that the clocks skip',
      data: { ...fixed, at: '2026-03-29T02:30' },
      visit: null,
      moment: '2026-03-29T01:30',
    },
    {
      what: 'that they show twice',
      data: { ...fixed, at: '2026-10-25T02:30' },
      visit: null,
      moment: '2026-10-25T00:30',
    },
    { what: 'of a day alone', data: around, visit: '2026-06-10', moment: '2026-06-10T07:00' },
    { what: 'of a day and time', data: around, visit: '2026-06-10T14:30', moment: '2026-06-10T12:30' },
    { what: 'with a zone', data: around, visit: '2026-06-10T14:30:00+07:00', moment: '2026-06-10T07:30' },
    { what: 'in seconds since 1970', data: around, visit: 1_781_100_000, moment: '2026-06-10T14:00' },
    {
      what: 'at another time of that day',
      data: { ...around, time: '18:00' },
      visit: '2026-06-10T14:30',
      moment: '2026-06-10T16:00',
    },
    {
      what: 'of that day in the zone of the wait',
      data: { ...around, time: '18:00' },
      visit: '2026-06-10T23:30Z',
      moment: '2026-06-11T16:00',
    },
    {
      what: 'a day before',
      data: { ...around, side: 'before', offset: 'P1D' },
      visit: '2026-06-10T14:30',
      moment: '2026-06-09T12:30',
    },
    {
      what: 'the evening before',
      data: { ...around, side: 'before', offset: 'P1D', time: '18:00' },
      visit: '2026-06-10',
      moment: '2026-06-09T16:00',
    },
    {
      what: 'two hours before',
      data: { ...around, side: 'before', offset: 'PT2H' },
      visit: '2026-06-10T14:30',
      moment: '2026-06-10T10:30',
    },
    {
      what: 'a week after',
      data: { ...around, side: 'after', offset: 'P7D' },
      visit: '2026-06-10',
      moment: '2026-06-17T07:00',
    },
    {
      what: 'a day and a half after',
      data: { ...around, side: 'after', offset: 'P1DT12H' },
      visit: '2026-06-10T14:30',
      moment: '2026-06-12T00:30',
    },
    {
      what: 'a day before, over the change of clocks',
      data: { ...around, side: 'before', offset: 'P1D' },
      visit: '2026-03-29T10:00',
      moment: '2026-03-28T09:00',
    },
    {
      what: '24 hours by the clock, over the change',
      data: { ...around, side: 'before', offset: 'PT24H' },
      visit: '2026-03-29T10:00',
      moment: '2026-03-28T09:00',
    },
    {
      what: 'two hours before, over the change of clocks',
      data: { ...around, side: 'before', offset: 'PT2H' },
      visit: '2026-03-29T04:00',
      moment: '2026-03-29T00:00',
    },
    {
      what: 'a day after, at a time that is skipped',
      data: { ...around, side: 'after', offset: 'P1D' },
      visit: '2026-03-28T02:30',
      moment: '2026-03-29T01:30',
    },
    {
      what: 'the second of two times that look alike',
      data: around,
      visit: '2026-10-25T02:30+01:00',
      moment: '2026-10-25T01:30',
    },
    {
      what: 'a month of days, over the year',
      data: { ...around, side: 'after', offset: 'P30D' },
      visit: '2026-12-15',
      moment: '2027-01-14T08:00',
    },
    {
      what: 'on it, whatever distance is left over',
      data: { ...around, side: 'on', offset: 'P1D' },
      visit: '2026-06-10',
      moment: '2026-06-10T07:00',
    },
    { what: 'of no date', data: around, visit: 'soon', moment: undefined },
    { what: 'of a day that there is not', data: around, visit: '2026-02-30', moment: undefined },
    { what: 'of nothing', data: around, visit: null, moment: undefined },
    { what: 'of a list', data: around, visit: ['2026-06-10'], moment: undefined },
  ] as const)('$what ($visit) is $moment UTC', ({ data, visit, moment }) => {
    const found = momentOf(data, { visit: visit as never }, budapest)
    expect(found === undefined ? undefined : new Date(found).toISOString().slice(0, 16)).toBe(moment)
  })

  test('hangs on no field that objects have by themselves', () => {
    expect(momentOf({ ...around, field: 'constructor' }, {}, budapest)).toBeUndefined()
  })
})

const noon = Date.parse('2026-06-09T12:00Z')
const withVisit = (visit: string) => ({ now: noon, contact: { fields: { visit } } })

test('the session goes on when the moment has come, and a text meanwhile changes nothing', () => {
  const session = sessionOn(waitUntil, around, withVisit('2026-06-10'))
  expect(session.rest).toEqual({ node: 'wait-until', for: 'time', until: Date.parse('2026-06-10T09:00Z') })
  session.hears('when?').advance('20h59m')
  expect(session.leftBy).toBeUndefined()
  expect(session.advance('1m').leftBy).toBe('next')
})

test.each([
  { whenPast: 'next', visit: '2026-06-09T11:59', leftBy: 'next' },
  { whenPast: 'past', visit: '2026-06-09T11:59', leftBy: 'past' },
  { whenPast: 'past', visit: '2026-06-09T12:01', leftBy: undefined },
  { whenPast: 'past', visit: '', leftBy: 'missing' },
  { whenPast: 'next', visit: 'tomorrow', leftBy: 'missing' },
])('a visit "$visit" at noon leaves by $leftBy when the past leaves by $whenPast', ({ whenPast, visit, leftBy }) => {
  expect(sessionOn(waitUntil, { ...around, whenPast }, withVisit(visit)).leftBy).toBe(leftBy)
})

test('a moment that is now is not past', () => {
  const session = sessionOn(waitUntil, { ...around, whenPast: 'past' }, withVisit('2026-06-09T12:00'))
  expect(session.advance('PT0S').leftBy).toBe('next')
})

test.each([
  { zone: undefined, timezone: 'Asia/Jakarta', until: '2026-06-10T02:00Z' },
  { zone: 'America/New_York', timezone: 'Asia/Jakarta', until: '2026-06-10T13:00Z' },
])('in the zone $zone, for a contact in $timezone, until $until', ({ zone, timezone, until }) => {
  const data = zone === undefined ? around : { ...around, zone }
  const session = sessionOn(waitUntil, data as never, {
    now: noon,
    contact: { timezone, fields: { visit: '2026-06-10' } },
  })
  expect(session.rest?.until).toBe(Date.parse(until))
})

test.each([
  { data: fixed, issues: [] },
  { data: { kind: 'fixed', whenPast: 'next' }, issues: ['wait-until/no-date at at'] },
  { data: { ...around, field: ' ' }, issues: ['wait-until/no-field at field'] },
  { data: { ...around, side: 'before' }, issues: ['wait-until/no-distance at offset'] },
  { data: { ...around, side: 'before', offset: 'P1D', time: '18:00' }, issues: [] },
  { data: { ...around, side: 'before', offset: 'PT2H', time: '18:00' }, issues: ['wait-until/two-times at time'] },
] as const)('$data has the issues $issues', ({ data, issues }) => {
  expect(waitUntil.check?.(data).map(({ code, path }) => `${code} at ${path}`)).toEqual(issues)
})

test.each([
  [{ ...fixed, at: '2026-02-30T09:00' }, 'at'],
  [{ ...fixed, at: '2026-12-24' }, 'at'],
  [{ ...fixed, at: '2026-12-24T24:00' }, 'at'],
  [{ ...fixed, field: 'visit' }, 'field'],
  [{ ...around, at: '2026-12-24T09:00' }, 'at'],
  [{ ...around, time: '25:00' }, 'time'],
  [{ ...around, offset: 'P1M' }, 'offset'],
])('%j is refused at %s', (data, path) => {
  expect(waitUntilSchema.safeParse(data).error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
})

test.each([
  [fixed, '2026-12-24 09:00'],
  [around, 'On visit'],
  [{ ...around, side: 'before', offset: 'P1D', time: '18:00' }, '1 day before visit, at 18:00'],
  [{ kind: 'field', whenPast: 'next' }, 'No contact field yet'],
] as const)('the card of %j says "%s"', (data, body) => {
  expect(waitUntil.describe(data).body).toBe(body)
})
