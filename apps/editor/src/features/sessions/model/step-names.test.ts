import { expect, test } from 'vitest'
import { menuFlow } from '../../../document/testing/menu-flow.ts'
import { stepNaming } from './step-names.ts'

test('steps are called what their cards say, exits by their labels', () => {
  const flow = menuFlow()
  const menu = flow.nodes.find(({ type }) => type === 'menu')
  const naming = stepNaming(flow)
  expect(naming.name(menu?.id ?? '')).toMatch(/^Menu “/)
  expect(naming.exit(menu?.id ?? '', 'hours')).toBe('Hours')
})

test('an only exit goes without saying', () => {
  const flow = menuFlow()
  const start = flow.nodes.find(({ type }) => type === 'keyword')
  expect(stepNaming(flow).exit(start?.id ?? '', 'next')).toBeUndefined()
})

test('without the flow, a step is its id', () => {
  expect(stepNaming(undefined).name('menu')).toBe('menu')
  expect(stepNaming(undefined).exit('menu', 'hours')).toBe('hours')
})
