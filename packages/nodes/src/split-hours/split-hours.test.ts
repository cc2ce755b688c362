import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { splitHours } from './index.ts'

const hours = { mon: ['09:00-17:00'] }

test.each([
  { now: '2026-06-01T09:00Z', data: {}, leftBy: 'open' },
  { now: '2026-06-01T17:00Z', data: {}, leftBy: 'closed' },
  { now: '2026-06-02T10:00Z', data: {}, leftBy: 'closed' },
  { now: '2026-06-01T10:00Z', data: { holidays: ['06-01'] }, leftBy: 'closed' },
  { now: '2026-06-01T03:00Z', data: { zone: 'Asia/Jakarta' }, leftBy: 'open' },
])('at $now with $data it is $leftBy', ({ now, data, leftBy }) => {
  expect(sessionOn(splitHours, { hours, ...data }, { now: Date.parse(now) }).leftBy).toBe(leftBy)
})

test("the contact's own clock counts where no zone is named", () => {
  const now = Date.parse('2026-06-01T03:00Z')
  expect(sessionOn(splitHours, { hours }, { now, contact: { timezone: 'Asia/Jakarta' } }).leftBy).toBe('open')
})

test('hours without any hour are an error', () => {
  expect(splitHours.check?.({ hours: {} }).map(({ code }) => code)).toEqual(['hours/never-open'])
})
