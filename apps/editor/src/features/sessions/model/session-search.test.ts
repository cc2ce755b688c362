import { expect, test } from 'vitest'
import { beforeEndOf, dayOf, readSessionSearch } from './session-search.ts'

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
  { search: { before: 'yesterday' }, is: {} },
  { search: { phone: 15550101 }, is: { phone: '15550101' } },
  { search: { flow: '', state: 'sleeping', phone: ' ', other: 'x' }, is: {} },
  { search: { flow: ['a'], state: 1, phone: null }, is: {} },
])('$search asks for $is', ({ search, is }) => {
  expect(readSessionSearch(search)).toEqual(is)
})

test.each(['2026-06-15', '2026-12-31', '2028-02-29'])('a page that begins with %s says so', (day) => {
  expect(dayOf(beforeEndOf(day) ?? '')).toBe(day)
})

test('days come one after the other', () => {
  const days = ['2026-06-14', '2026-06-15', '2026-07-01'].map((day) => beforeEndOf(day) ?? '')
  expect(days.toSorted()).toEqual(days)
})

test.each(['', '2026', 'soon'])('"%s" is no day', (day) => expect(beforeEndOf(day)).toBeUndefined())
