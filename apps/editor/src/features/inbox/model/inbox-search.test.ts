import { expect, test } from 'vitest'
import { readInboxSearch } from './inbox-search.ts'

test.each([
  { search: {}, is: {} },
  { search: { view: 'mine', queue: 'claims' }, is: { view: 'mine', queue: 'claims' } },
  { search: { view: 'yours', queue: '', other: 'x' }, is: {} },
  { search: { view: 1, queue: ['a'] }, is: {} },
])('$search asks for $is', ({ search, is }) => {
  expect(readInboxSearch(search)).toEqual(is)
})
