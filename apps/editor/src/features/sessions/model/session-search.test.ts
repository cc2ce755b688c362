import { expect, test } from 'vitest'
import { beforeEndOf, cursorOf, readSessionSearch } from './session-search.ts'

test.each([
  { search: {}, is: {} },
  {
    search: { flow: 'help', state: 'failed', phone: ' +1555 ' },
    is: { flow: 'help', state: 'failed', phone: '+1555' },
  },
  {
    search: { before: '01a202cb-ba14-7eab-8383-b75a5e01ebde' },
    is: { before: '01a202cb-ba14-7eab-8383-b75a5e01ebde' },
  },
  { search: { before: 'yesterday', until: 'yesterday' }, is: {} },
  { search: { until: '2026-06-15' }, is: { until: '2026-06-15' } },
  { search: { phone: 15550101 }, is: { phone: '15550101' } },
  { search: { flow: '', state: 'sleeping', phone: ' ', other: 'x' }, is: {} },
  { search: { flow: ['a'], state: 1, phone: null }, is: {} },
])('$search asks for $is', ({ search, is }) => {
  expect(readSessionSearch(search)).toEqual(is)
})

test.each(['2026-06-15', '2026-12-31', '2028-02-29'])('until %s is all that began before the next day', (day) => {
  const millisecond = Number.parseInt(beforeEndOf(day)?.replace('-', '').slice(0, 12) ?? '', 16)
  const [last, next] = [new Date(millisecond - 1), new Date(millisecond)]
  expect(last.toDateString()).toBe(new Date(`${day}T12:00:00`).toDateString())
  expect([next.getHours(), next.getMinutes(), next.getMilliseconds()]).toEqual([0, 0, 0])
})

test('a page of the days until then begins where the one before ended', () => {
  const before = '01a202cb-ba14-7eab-8383-b75a5e01ebde'
  expect(cursorOf({})).toBeUndefined()
  expect(cursorOf({ until: '2026-06-15' })).toBe(beforeEndOf('2026-06-15'))
  expect(cursorOf({ until: '2026-06-15', before })).toBe(before)
})

test('days come one after the other', () => {
  const days = ['2026-06-14', '2026-06-15', '2026-07-01'].map((day) => beforeEndOf(day) ?? '')
  expect(days.toSorted()).toEqual(days)
})

test.each(['', '2026', 'soon'])('"%s" is no day', (day) => expect(beforeEndOf(day)).toBeUndefined())
