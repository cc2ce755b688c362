import { registry } from '@textloom/nodes'
import { expect, test } from 'vitest'
import { openFlow } from '../../../document/testing/open-flow.ts'
import { walk } from './walk.ts'

test.each([
  { from: 'start', key: 'down' as const, to: 'menu' },
  { from: 'menu', key: 'down' as const, to: 'hours' },
  { from: 'menu', key: 'up' as const, to: 'start' },
  { from: 'hours', key: 'right' as const, to: 'where' },
  { from: 'where', key: 'left' as const, to: 'hours' },
  { from: 'end', key: 'up' as const, to: 'hours' },
  { from: 'start', key: 'up' as const, to: undefined },
  { from: 'end', key: 'down' as const, to: undefined },
  { from: 'hours', key: 'left' as const, to: undefined },
  { from: 'menu', key: 'right' as const, to: 'where' },
])('from $from, $key leads to $to', ({ from, key, to }) => {
  expect(walk(openFlow().document.getState().flow, from, key, registry)).toBe(to)
})

test('a step that nothing is connected to is reached from its neighbours', () => {
  const flow = openFlow()
  const id = flow.commands.addNode({ type: 'message', position: { x: 700, y: 700 } })
  expect(walk(flow.document.getState().flow, 'end', 'right', registry)).toBe(id)
})

test('a step that leads to itself does not hold the keyboard', () => {
  const flow = openFlow()
  flow.commands.connect({ source: 'menu', sourceHandle: 'hours', target: 'menu' })
  expect(walk(flow.document.getState().flow, 'menu', 'down', registry)).toBe('where')
})
