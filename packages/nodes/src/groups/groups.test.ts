import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { groups } from './index.ts'

const variables = [
  { name: 'city', type: 'text' as const, default: ' Oslo ' },
  { name: 'nothing', type: 'text' as const },
]

test.each([
  { data: { add: ['a', 'b'], remove: [] }, changes: ['added a', 'added b'] },
  { data: { add: [], remove: ['a'] }, changes: ['removed a'] },
  { data: { add: ['new'], remove: ['old', 'older'] }, changes: ['removed old', 'removed older', 'added new'] },
  { data: { add: ['in {{ vars.city | strip }}'], remove: [] }, changes: ['added in Oslo'] },
  { data: { add: ['{{ vars.nothing }}', 'b'], remove: ['{{ vars.nothing }}'] }, changes: ['added b'] },
])('$data comes to $changes', ({ data, changes }) => {
  const session = sessionOn(groups, data, { variables })
  const made = session.effects.flatMap((effect) =>
    effect.kind === 'contact' && 'group' in effect.change ? [`${effect.change.change} ${effect.change.group}`] : [],
  )
  expect(made).toEqual(changes)
  expect(session.leftBy).toBe('next')
})

test.each([
  { data: { add: ['a'], remove: ['b'] }, issues: [] },
  { data: { add: [], remove: [] }, issues: ['groups/no-groups at add'] },
  { data: { add: ['a', 'b'], remove: ['c', 'b'] }, issues: ['groups/both-ways at remove[1]'] },
])('$data has the issues $issues', ({ data, issues }) => {
  expect(groups.check?.(data).map(({ code, path }) => `${code} at ${path}`)).toEqual(issues)
})

test('the card lists both ways', () => {
  expect(groups.describe({ add: ['a'], remove: ['b'] }).body).toBe('+ a\n− b')
  expect(groups.describe({ add: [], remove: [] }).body).toBe('No group yet')
})

test.each([
  { add: Array.from({ length: 51 }, (_, index) => `g${index}`), remove: [] },
  { add: [''], remove: [] },
  { add: ['x'.repeat(65)], remove: [] },
])('too many or nameless groups are refused', (data) => {
  expect(groups.schema.safeParse(data).success).toBe(false)
})
