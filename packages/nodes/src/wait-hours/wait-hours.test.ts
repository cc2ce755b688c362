import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { waitHours } from './index.ts'
import { waitHoursSchema } from './schema.ts'

const hours = { mon: ['09:00-17:00'], sat: ['10:00-12:00'] }
const at = (text: string) => Date.parse(text)

test('it goes on at once while it is open', () => {
  expect(sessionOn(waitHours, { hours }, { now: at('2026-06-01T10:00Z') }).leftBy).toBe('next')
})

test('it goes on when it opens, and not before, whatever is texted', () => {
  const session = sessionOn(waitHours, { hours }, { now: at('2026-05-31T08:30Z') })
  expect(session.rest).toEqual({ node: 'wait-hours', for: 'time', until: at('2026-06-01T09:00Z') })
  session.hears('hello?').advance('24h29m')
  expect(session.leftBy).toBeUndefined()
  expect(session.advance('1m').leftBy).toBe('next')
})

test.each([
  { zone: undefined, timezone: undefined, until: '2026-06-01T09:00Z' },
  { zone: undefined, timezone: 'Asia/Jakarta', until: '2026-06-01T02:00Z' },
  { zone: 'Europe/Budapest', timezone: 'Asia/Jakarta', until: '2026-06-01T07:00Z' },
])('in the zone $zone, for a contact in $timezone, until $until', ({ zone, timezone, until }) => {
  const contact = timezone === undefined ? {} : { timezone }
  const data = zone === undefined ? { hours } : { hours, zone }
  expect(sessionOn(waitHours, data, { contact, now: at('2026-05-31T08:30Z') }).rest?.until).toBe(at(until))
})

test('a schedule that opens no more fails that session in words', () => {
  const days = Array.from({ length: 366 }, (_, day) => new Date(Date.UTC(2028, 0, 1 + day)).toISOString().slice(5, 10))
  const session = sessionOn(waitHours, { hours, holidays: days })
  expect(session.end?.failure?.message).toContain('does not open within ten years')
})

test.each([
  { data: { hours: {} }, issues: ['hours/never-open at hours'] },
  { data: { hours: { sun: [] } }, issues: ['hours/never-open at hours'] },
  { data: { hours }, issues: [] },
])('$data has the issues $issues', ({ data, issues }) => {
  expect(waitHours.check?.(data).map(({ code, path }) => `${code} at ${path}`)).toEqual(issues)
})

test.each([
  [{ hours: { mon: ['9-17'] } }, 'hours.mon.0'],
  [{ hours: { mon: ['09:00-09:00'] } }, 'hours.mon.0'],
  [{ hours: { monday: [] } }, 'hours'],
  [{ hours, holidays: ['2026-02-30'] }, 'holidays.0'],
  [{ hours, zone: 'Europe/Atlantis' }, 'zone'],
])('%j is refused at %s', (data, path) => {
  expect(waitHoursSchema.safeParse(data).error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
})
