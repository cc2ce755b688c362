import { expect, test } from 'vitest'
import { copiedToWorkdays, nextSpan, spanOf, spansOf, spanText, withSpans } from './weekly-hours.ts'

test.each([
  [[], '09:00-17:00'],
  [['09:00-12:00'], '13:00-17:00'],
  [['09:00-12:30'], '13:30-17:00'],
  [['09:00-21:00'], '22:00-23:00'],
  [['09:00-22:00'], '00:00-24:00'],
  [['09:00-24:00'], '00:00-24:00'],
])('after %j comes %s', (spans, expected) => {
  expect(nextSpan(spans)).toBe(expected)
})

test('midnight ends a day', () => {
  expect(spanOf('18:00-24:00')).toEqual({ from: '18:00', to: '00:00' })
  expect(spanText('18:00', '00:00')).toBe('18:00-24:00')
  expect(spanText('00:00', '00:00')).toBe('00:00-24:00')
})

test('days stand in the order of the week, and closed ones not at all', () => {
  const hours = withSpans(withSpans({ fri: ['09:00-12:00'] }, 'mon', ['09:00-17:00']), 'tue', [])
  expect(Object.entries(hours)).toEqual([
    ['mon', ['09:00-17:00']],
    ['fri', ['09:00-12:00']],
  ])
  expect(withSpans(hours, 'fri', [])).toEqual({ mon: ['09:00-17:00'] })
  expect([spansOf(undefined, 'mon'), spansOf(null, 'mon'), spansOf(hours, 'sun')]).toEqual([[], [], []])
})

test('the hours of Monday are those of all workdays, and the weekend stays', () => {
  const copied = copiedToWorkdays({ mon: ['08:00-16:00'], wed: ['10:00-11:00'], sat: ['09:00-12:00'] })
  expect(Object.keys(copied)).toEqual(['mon', 'tue', 'wed', 'thu', 'fri', 'sat'])
  expect([copied.wed, copied.sat]).toEqual([['08:00-16:00'], ['09:00-12:00']])
})
