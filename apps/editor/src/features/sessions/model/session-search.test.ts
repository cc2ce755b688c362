import { expect, test } from 'vitest'
import { readSessionSearch } from './session-search.ts'

test.each([
  { search: {}, is: {} },
  {
    search: { flow: 'help', state: 'failed', phone: ' +1555 ' },
    is: { flow: 'help', state: 'failed', phone: '+1555' },
  },
  { search: { phone: 15550101 }, is: { phone: '15550101' } },
  { search: { flow: '', state: 'sleeping', phone: ' ', other: 'x' }, is: {} },
  { search: { flow: ['a'], state: 1, phone: null }, is: {} },
])('$search asks for $is', ({ search, is }) => {
  expect(readSessionSearch(search)).toEqual(is)
})
