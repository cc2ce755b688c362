import { expect, test } from 'vitest'
import { passedBy } from './way.ts'

const path = [
  { node: 'menu', exit: null },
  { node: 'menu', exit: 'hours' },
  { node: 'menu', exit: null, flow: 'rate' },
]

test('the way of a session tells where it came to and by which exit it left', () => {
  expect(passedBy(path, undefined)).toEqual([{ node: 'menu' }, { node: 'menu', handle: 'hours' }])
})

test('the way through a called flow is one of its own', () => {
  expect(passedBy(path, 'rate')).toEqual([{ node: 'menu' }])
})
