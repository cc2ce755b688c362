import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { splitGroup } from './index.ts'

const groups = [
  { id: 'vip', group: 'VIP' },
  { id: 'staff', group: 'Müller & Co' },
]

test.each([
  { are: ['VIP'], leftBy: 'vip' },
  { are: ['vip'], leftBy: 'vip' },
  { are: ['MULLER & CO', 'vip'], leftBy: 'vip' },
  { are: ['press', 'muller & co'], leftBy: 'staff' },
  { are: ['VIP lounge'], leftBy: 'other' },
  { are: [], leftBy: 'other' },
])('a contact in $are leaves by $leftBy', ({ are, leftBy }) => {
  expect(sessionOn(splitGroup, { groups }, { contact: { groups: are } }).leftBy).toBe(leftBy)
})

test.each([
  { groups: [], issues: ['picks/none at groups'] },
  { groups, issues: [] },
  { groups: [{ id: 'a', group: ' ' }], issues: ['picks/blank at groups[0].group'] },
  { groups: [...groups, { id: 'c', group: 'vip' }], issues: ['picks/never at groups[2].group'] },
])('the groups $groups have the issues $issues', ({ groups: list, issues }) => {
  expect(splitGroup.check?.({ groups: list }).map(({ code, path }) => `${code} at ${path}`)).toEqual(issues)
})
