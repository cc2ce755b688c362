import { registry } from '@textloom/nodes'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openFlow } from './testing/open-flow.ts'

const type = (flow: ReturnType<typeof openFlow>, text: string) => flow.commands.setNodeData('where', ['text'], text)
const labels = (flow: ReturnType<typeof openFlow>) => flow.document.getState().past.map(({ label }) => label)

describe('a burst of typing in one field', () => {
  test.each([
    { apartMs: 200, steps: 1 },
    { apartMs: 1_000, steps: 1 },
    { apartMs: 1_001, steps: 3 },
  ])('with $apartMs ms between letters is $steps step(s) of the history', ({ apartMs, steps }) => {
    const flow = openFlow()
    for (const text of ['H', 'Hi', 'Hi!']) {
      type(flow, text)
      flow.clock.now += apartMs
    }
    expect(flow.document.getState().past).toHaveLength(steps)
    while (flow.document.undo() !== undefined);
    expect(flow.document.getState().flow.nodes.get('where')?.data.text).toBe('Main Street 1')
  })

  test('is broken by a change of something else', () => {
    const flow = openFlow()
    type(flow, 'a')
    flow.commands.setNodeData('hours', ['text'], 'b')
    type(flow, 'c')
    expect(labels(flow)).toEqual(['Change text of Message', 'Change text of Message', 'Change text of Message'])
  })

  test('is broken by undo', () => {
    const flow = openFlow()
    type(flow, 'a')
    flow.document.undo()
    flow.document.redo()
    type(flow, 'b')
    flow.document.undo()
    expect(flow.document.getState().flow.nodes.get('where')?.data.text).toBe('a')
  })
})

test('a change that changes nothing is no step, and does not lose what could be redone', () => {
  const flow = openFlow()
  type(flow, 'a')
  flow.document.undo()
  type(flow, 'Main Street 1')
  expect(flow.document.redo()).toBe('Change text of Message')
})

test('selecting is no change of the document', () => {
  const flow = openFlow()
  const before = flow.document.getState()
  flow.view.select(['menu'], ['e1'])
  flow.view.inspect('menu')
  expect(flow.document.getState()).toBe(before)
})

test('nodes that a change does not touch stay the very same objects, through undo and redo too', () => {
  const flow = openFlow()
  const before = flow.document.getState().flow
  type(flow, 'a')
  flow.document.undo()
  flow.document.redo()
  const after = flow.document.getState().flow
  expect(after.nodes.get('menu')).toBe(before.nodes.get('menu'))
  expect(after.edges).toBe(before.edges)
  expect(after.nodes.get('where')).not.toBe(before.nodes.get('where'))
})

test('whatever is done, undoing all of it brings back the first document and redoing it the last', () => {
  const anyNode = fc.constantFrom('start', 'menu', 'hours', 'where', 'end', 'message-1', 'menu-1')
  const anyType = fc.constantFrom(...registry.keys())
  const doing = fc.oneof(
    fc.record({ do: fc.constant('add' as const), type: anyType }),
    fc.record({ do: fc.constant('remove' as const), node: anyNode, heal: fc.boolean() }),
    fc.record({ do: fc.constant('duplicate' as const), node: anyNode }),
    fc.record({ do: fc.constant('connect' as const), source: anyNode, target: anyNode }),
    fc.record({ do: fc.constant('insert' as const), edge: fc.constantFrom('e1', 'e3', 'edge-1'), type: anyType }),
    fc.record({ do: fc.constant('options' as const), node: anyNode, count: fc.nat(3) }),
    fc.record({ do: fc.constant('move' as const), node: anyNode, x: fc.integer() }),
  )
  fc.assert(
    fc.property(fc.array(doing, { maxLength: 12 }), (all) => {
      const flow = openFlow()
      const { commands, document } = flow
      const first = JSON.stringify(flow.toDocument())
      for (const one of all) {
        flow.clock.now += 5_000
        if (one.do === 'add') commands.addNode({ type: one.type, position: { x: 0, y: 0 } })
        if (one.do === 'remove') commands.removeNodes(new Set([one.node]), { heal: one.heal })
        if (one.do === 'duplicate') commands.duplicate(new Set([one.node]), { x: 40, y: 40 })
        if (one.do === 'connect') commands.connect({ source: one.source, sourceHandle: 'next', target: one.target })
        if (one.do === 'insert') commands.insertOnEdge(one.edge, { type: one.type, position: { x: 0, y: 0 } }, 100)
        if (one.do === 'move') commands.moveNodes(new Map([[one.node, { x: one.x, y: 0 }]]))
        if (one.do === 'options') {
          const options = Array.from({ length: one.count }, (_, index) => ({
            id: `o${index}`,
            label: 'x',
            synonyms: [],
          }))
          commands.setNodeData(one.node, ['options'], options)
        }
      }
      const last = JSON.stringify(flow.toDocument())
      while (document.undo() !== undefined);
      expect(JSON.stringify(flow.toDocument())).toBe(first)
      while (document.redo() !== undefined);
      expect(JSON.stringify(flow.toDocument())).toBe(last)
    }),
  )
})
