import { expect, test } from 'vitest'
import { passedBy } from './way.ts'

test('the way of a session tells where it came to and by which exit it left', () => {
  expect(
    passedBy([
      { node: 'menu', exit: null },
      { node: 'menu', exit: 'hours' },
    ]),
  ).toEqual([{ node: 'menu' }, { node: 'menu', handle: 'hours' }])
})
