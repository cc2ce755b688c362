import { expect, test } from 'vitest'
import { firstOfShared } from './placement.ts'

test.each([
  { what: 'links that share nothing', sharing: [], firsts: 'a b c d' },
  { what: 'links of one account', sharing: [['d', 'b']], firsts: 'a b c b' },
  { what: 'a chain of them', sharing: [['c', 'd'], ['b', 'c'], ['a']], firsts: 'a b b b' },
  {
    what: 'two pairs that a third joins',
    sharing: [
      ['a', 'c'],
      ['b', 'd'],
      ['d', 'c'],
    ],
    firsts: 'a a a a',
  },
  {
    what: 'links that are not there',
    sharing: [
      ['0', 'x', 'c'],
      ['x', 'd'],
    ],
    firsts: 'a b c d',
  },
])('$what follow their first', ({ sharing, firsts }) => {
  const found = firstOfShared(['a', 'b', 'c', 'd'], sharing)
  expect([...found.values()].join(' ')).toBe(firsts)
})
