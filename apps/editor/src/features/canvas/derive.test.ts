import { registry } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'
import { openFlow } from '../../document/testing/open-flow.ts'
import { edgeDeriver } from './derive-edges.ts'
import { cardLabel, type NodeSources, nodeDeriver } from './derive-nodes.ts'
import { selectionAfter } from './use-canvas-changes.ts'
import { shiftInto } from './use-reveal.ts'

const nothing = {
  selected: new Set<string>(),
  dragged: undefined,
  measured: new Map(),
  problems: new Map(),
  tabStop: 'start',
}
const issue = { code: 'x', severity: 'error' as const, kind: 'soundness' as const, path: '', message: 'Bad.' }

describe('of the cards', () => {
  test.each<{ when: string; change: Partial<NodeSources>; made: readonly string[] }>([
    { when: 'nothing happens', change: {}, made: [] },
    { when: 'one is dragged', change: { dragged: new Map([['menu', { x: 1, y: 1 }]]) }, made: ['menu'] },
    { when: 'one is selected', change: { selected: new Set(['end']) }, made: ['end'] },
    { when: 'one is measured', change: { measured: new Map([['end', { width: 264, height: 80 }]]) }, made: ['end'] },
    { when: 'the keyboard goes on', change: { tabStop: 'menu' }, made: ['start', 'menu'] },
    { when: 'one has a problem', change: { problems: new Map([['where', [issue]]]) }, made: ['where'] },
  ])('when $when, only $made are made anew', ({ change, made }) => {
    const { flow } = openFlow().document.getState()
    const derive = nodeDeriver(registry)
    const before = derive({ flow, ...nothing })
    const after = derive({ flow, ...nothing, ...change })
    expect(after.filter((card, index) => card !== before[index]).map(({ id }) => id)).toEqual(made)
    if (made.length === 0) expect(after).toBe(before)
  })

  test('one that is dragged keeps the data it is drawn from', () => {
    const { flow } = openFlow().document.getState()
    const derive = nodeDeriver(registry)
    const [before] = derive({ flow, ...nothing })
    const [after] = derive({ flow, ...nothing, dragged: new Map([['start', { x: 5, y: 5 }]]) })
    expect(after).not.toBe(before)
    expect(after?.data).toBe(before?.data)
  })

  test('one inside another comes after it', () => {
    const { flow } = openFlow().document.getState()
    const inside = flow.nodes.get('start')
    if (!inside) throw new Error('no start')
    const nodes = new Map([...flow.nodes, ['start', { ...inside, parentId: 'end' }]])
    const cards = nodeDeriver(registry)({ flow: { ...flow, nodes }, ...nothing })
    expect(cards.map(({ id }) => id)).toEqual(['menu', 'hours', 'where', 'end', 'start'])
  })
})

test('moving a step makes none of the edges anew, changing it those at it', () => {
  const flow = openFlow()
  const derive = edgeDeriver(registry)
  const lines = () => derive({ flow: flow.document.getState().flow, selected: new Set() })
  const before = lines()
  flow.commands.moveNodes(new Map([['menu', { x: 100, y: 100 }]]))
  expect(lines()).toBe(before)
  flow.commands.setNodeData('menu', ['options', 0, 'label'], 'Opening hours')
  const after = lines()
  expect(after.filter((line, index) => line !== before[index]).map(({ id }) => id)).toEqual(['e1', 'e2', 'e3'])
  expect(after[1]?.ariaLabel).toBe(
    'From Menu “What can we do?” by “Opening hours” to Message “Open 9 to 5 in {vars.city}.”',
  )
})

test.each([
  { id: 'menu', problems: 0, label: 'Menu: What can we do?, 4 exits' },
  { id: 'hours', problems: 1, label: 'Message: Open 9 to 5 in {{ vars.city }}., 1 exit, 1 problem' },
  { id: 'end', problems: 2, label: 'End: Completed, 0 exits, 2 problems' },
])('a screen reader says "$label"', ({ id, problems, label }) => {
  const node = openFlow().document.getState().flow.nodes.get(id)
  if (!node) throw new Error(id)
  expect(cardLabel(node, problems, registry)).toBe(label)
})

test('what is reported about a selection is put into it', () => {
  const changes = [
    { type: 'select', id: 'a', selected: false },
    { type: 'select', id: 'b', selected: true },
    { type: 'dimensions', id: 'c' },
  ]
  expect(selectionAfter(new Set(['a', 'd']), changes)).toEqual(new Set(['d', 'b']))
})

test.each([
  { start: 100, length: 100, by: 0 },
  { start: 10, length: 100, by: 6 },
  { start: 700, length: 100, by: -16 },
  { start: -900, length: 100, by: 916 },
  { start: 50, length: 900, by: -34 },
])('a card from $start px, $length px long, is brought into a view of 800 px by $by', ({ start, length, by }) => {
  expect(shiftInto(start, length, 800)).toBe(by)
})
