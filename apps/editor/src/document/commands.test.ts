import { type FlowDocument, parseFlowValue } from '@textloom/core'
import { registry } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'
import { refusal } from './commands/edges.ts'
import { type OpenFlow, openFlow } from './testing/open-flow.ts'

const origin = { x: 0, y: 0 }
const structure = (document: FlowDocument) => {
  const parsed = parseFlowValue(document, registry)
  return parsed.ok ? [] : parsed.issues.map(({ message }) => message)
}

describe('adding a node', () => {
  test.each([...registry.keys()])('of type %s gives a document that may be saved', (type) => {
    const flow = openFlow()
    const id = flow.commands.addNode({ type, position: { x: 13, y: 27 } })
    expect(structure(flow.toDocument())).toEqual([])
    expect(flow.document.getState().flow.nodes.get(id)?.position).toEqual({ x: 20, y: 20 })
  })

  test('after an exit connects it in the same step', () => {
    const flow = openFlow()
    flow.commands.addNode({ type: 'message', position: origin, after: { source: 'menu', sourceHandle: 'other' } })
    expect(flow.edges()).toContain('menu:other→message-1')
    flow.document.undo()
    expect(flow.toDocument().nodes).toHaveLength(5)
    expect(flow.edges()).toHaveLength(5)
  })

  test('that writes a variable declares it', () => {
    const flow = openFlow()
    flow.commands.addNode({ type: 'ask', position: origin })
    expect(flow.toDocument().variables).toEqual([
      { name: 'city', type: 'text' },
      { name: 'answer', type: 'text' },
    ])
  })
})

describe('the variable that a question is kept in', () => {
  const asking = (): OpenFlow => {
    const flow = openFlow()
    flow.commands.addNode({ type: 'ask', position: origin })
    return flow
  }
  const declared = (flow: OpenFlow) => flow.toDocument().variables?.map(({ name, type }) => `${name}: ${type}`)

  test('takes its declaration along to another name', () => {
    const flow = asking()
    for (const name of ['a', 'ag', 'age']) flow.commands.setNodeData('ask-1', ['variable'], name)
    expect(declared(flow)).toEqual(['city: text', 'age: text'])
  })

  test('leaves it where something else uses the old name', () => {
    const flow = asking()
    flow.commands.setNodeData('where', ['text'], 'You said {{ vars.answer }}')
    flow.commands.setNodeData('ask-1', ['variable'], 'age')
    expect(declared(flow)).toEqual(['city: text', 'answer: text', 'age: text'])
  })

  test('changes its type with the kind of answer', () => {
    const flow = asking()
    flow.commands.setNodeData('ask-1', ['kind'], 'number')
    expect(declared(flow)).toEqual(['city: text', 'answer: number'])
  })

  test('is declared when a name stands there that is no name yet', () => {
    const flow = asking()
    flow.commands.setNodeData('ask-1', ['variable'], '')
    expect(declared(flow)).toEqual(['city: text', 'answer: text'])
    flow.commands.setNodeData('ask-1', ['variable'], 'age')
    expect(declared(flow)).toContain('age: text')
  })
})

describe('connecting', () => {
  test.each([
    { from: 'menu', by: 'other', to: 'hours', says: undefined },
    { from: 'menu', by: 'other', to: 'menu', says: undefined },
    { from: 'where', by: 'next', to: 'where', says: 'A step that does not wait cannot lead to itself.' },
    { from: 'hours', by: 'next', to: 'start', says: 'Nothing can lead to a step that starts the flow.' },
    { from: 'hours', by: 'yes', to: 'end', says: 'This exit is gone.' },
    { from: 'end', by: 'next', to: 'menu', says: 'This exit is gone.' },
    { from: 'gone', by: 'next', to: 'menu', says: 'One of the two steps is gone.' },
  ])('$from by $by to $to: $says', ({ from, by, to, says }) => {
    const flow = openFlow()
    const connection = { source: from, sourceHandle: by, target: to }
    expect(refusal(flow.document.getState().flow, connection, registry)).toBe(says)
    flow.commands.connect(connection)
    expect(flow.document.getState().past).toHaveLength(says === undefined ? 1 : 0)
  })

  test('an exit that leads somewhere leads to the new place instead', () => {
    const flow = openFlow()
    flow.commands.connect({ source: 'menu', sourceHandle: 'hours', target: 'end' })
    expect(flow.edges()).toEqual([
      'start:next→menu',
      'menu:hours→end',
      'menu:where→where',
      'hours:next→end',
      'where:next→end',
    ])
  })
})

describe('removing', () => {
  test('a node takes its edges and translations along', () => {
    const flow = openFlow()
    flow.commands.removeNodes(new Set(['where']))
    expect(flow.edges()).toEqual(['start:next→menu', 'menu:hours→hours', 'hours:next→end'])
    expect(flow.toDocument().translations).toEqual({ hu: {} })
    expect(structure(flow.toDocument())).toEqual([])
  })

  test('a node and healing leads what came before to what came after', () => {
    const flow = openFlow()
    flow.commands.removeNodes(new Set(['where']), { heal: true })
    expect(flow.edges()).toContain('menu:where→end')
  })

  test('two nodes in a row and healing leads past both', () => {
    const flow = openFlow()
    flow.commands.removeNodes(new Set(['menu', 'hours']), { heal: true })
    expect(flow.edges()).toEqual(['where:next→end', 'start:next→end'])
  })

  test('nodes and edges together is one step', () => {
    const flow = openFlow()
    flow.commands.remove(new Set(['end']), new Set(['e1']))
    expect(flow.edges()).toEqual(['menu:hours→hours', 'menu:where→where'])
    expect(flow.document.undo()).toBe('Delete End')
    expect(flow.edges()).toHaveLength(5)
  })
})

test('an option that is taken out takes its edge along', () => {
  const flow = openFlow()
  flow.commands.setNodeData('menu', ['options'], [{ id: 'where', label: 'Where', synonyms: [] }])
  expect(flow.edges()).not.toContain('menu:hours→hours')
  expect(structure(flow.toDocument())).toEqual([])
})

test('an option whose label is empty for a moment keeps its edge', () => {
  const flow = openFlow()
  flow.commands.setNodeData('menu', ['options', 0, 'label'], '')
  flow.commands.setNodeData('menu', ['options', 0, 'label'], 'Opening hours')
  expect(flow.edges()).toContain('menu:hours→hours')
})

test('duplicating copies edges between the copies and translations, under new ids', () => {
  const flow = openFlow()
  const ids = flow.commands.duplicate(new Set(['menu', 'where']), { x: 40, y: 40 })
  expect(ids).toEqual(['menu-1', 'message-2'])
  expect(flow.edges().slice(5)).toEqual(['menu-1:where→message-2'])
  expect(flow.toDocument().translations?.hu).toEqual({ 'where.text': 'Fő utca 1', 'message-2.text': 'Fő utca 1' })
  expect(flow.document.getState().flow.nodes.get('menu-1')?.position).toEqual({ x: 40, y: 240 })
})

test('inserting on an edge leads through the new node and makes room below', () => {
  const flow = openFlow()
  flow.commands.insertOnEdge('e2', { type: 'message', position: { x: -160, y: 480 } }, 200)
  expect(flow.edges()).toContain('menu:hours→message-1')
  expect(flow.edges()).toContain('message-1:next→hours')
  const y = (id: string) => flow.document.getState().flow.nodes.get(id)?.position.y
  expect([y('menu'), y('hours'), y('where'), y('end')]).toEqual([200, 680, 480, 900])
})

test('a saved test whose name is taken gets a number', () => {
  const flow = openFlow()
  const saved = { name: 'Hours', steps: [{ mo: 'HELP' }] }
  expect([1, 2, 3].map(() => flow.commands.addTest(saved))).toEqual(['Hours', 'Hours (2)', 'Hours (3)'])
  expect(structure(flow.toDocument())).toEqual([])
})

test('labels say what was done to which step', () => {
  const { commands, document } = openFlow()
  commands.setNodeData('menu', ['options', 1, 'label'], 'Place')
  commands.moveNodes(new Map([['end', { x: 20, y: 20 }]]))
  commands.moveNodes(new Map(['menu', 'end'].map((id) => [id, { x: 40, y: 40 }])))
  commands.disconnect(new Set(['e1']))
  commands.rename('Care')
  expect(document.getState().past.map(({ label }) => label)).toEqual([
    'Change label of Menu',
    'Move End',
    'Move 2 steps',
    'Disconnect',
    'Rename the flow',
  ])
})
