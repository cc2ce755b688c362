import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleFlow } from '../../testing/sample-flow.ts'
import { sampleNodes } from '../../testing/sample-nodes.ts'
import type { FlowDocument } from '../document.ts'
import { parseFlowValue } from '../parse.ts'
import { diffFlows } from './diff.ts'
import { changeSentences } from './sentences.ts'
import { isSame, valueChanges } from './values.ts'

function said(before: FlowDocument, after: FlowDocument): string[] {
  return changeSentences(diffFlows(before, after), ({ type, data }) => `${type} ${JSON.stringify(data)}`)
}

function node(flow: FlowDocument, id: string) {
  const found = flow.nodes.find((one) => one.id === id)
  if (!found) throw new Error(id)
  return found
}

const say = (id: string, text: string) => ({ id, type: 'say', position: { x: 9, y: 9 }, data: { text } })

describe('said is', () => {
  test.each<{ what: string; change(flow: FlowDocument): unknown; sentences: readonly string[] }>([
    { what: 'nothing of nothing', change: () => undefined, sentences: [] },
    {
      what: 'a node more, connected in between',
      change: (flow) => {
        flow.nodes.push(say('more', 'Hi'))
        flow.edges[3] = { id: 'e4', source: 'served', sourceHandle: 'next', target: 'more' }
        flow.edges.push({ id: 'e5', source: 'more', sourceHandle: 'next', target: 'end' })
      },
      sentences: [
        'Added more: say {"text":"Hi"}.',
        'Connected served.next to more instead of end.',
        'Connected more.next to end.',
      ],
    },
    {
      what: 'a node less',
      change: (flow) => {
        flow.nodes.splice(2, 1)
        flow.edges = flow.edges.filter(({ source, target }) => source !== 'served' && target !== 'served')
      },
      sentences: [
        'Removed served: say {"text":"One {{ vars.drink }}, soon."}.',
        'Disconnected pick.tea from served.',
        'Disconnected pick.coffee from served.',
        'Disconnected served.next from end.',
      ],
    },
    {
      what: 'a node under another id, and what it says now',
      change: (flow) => {
        node(flow, 'pick').id = 'choose'
        for (const edge of flow.edges) {
          if (edge.source === 'pick') edge.source = 'choose'
          if (edge.target === 'pick') edge.target = 'choose'
        }
        node(flow, 'served').data = { text: 'Soon.' }
      },
      sentences: ['Renamed pick to choose.', 'served: text was "One {{ vars.drink }}, soon.", is "Soon.".'],
    },
    {
      what: 'a node of another type',
      change: (flow) => {
        node(flow, 'served').type = 'stop'
        node(flow, 'served').data = {}
      },
      sentences: ['served: its type was say, is stop.', 'served: text was "One {{ vars.drink }}, soon.", and is gone.'],
    },
    {
      what: 'an option more, before the others, and another label',
      change: (flow) => {
        const options = [
          { id: 'water', label: 'Water' },
          { id: 'tea', label: 'Green tea' },
          { id: 'coffee', label: 'Coffee', synonyms: ['java', 'mocha'] },
        ]
        node(flow, 'pick').data = { ...node(flow, 'pick').data, options }
      },
      sentences: [
        'pick: options[0] is {"id":"water","label":"Water"} now.',
        'pick: options[1].label was "Tea", is "Green tea".',
        'pick: options[2].synonyms[1] is "mocha" now.',
      ],
    },
    {
      what: 'the order of options',
      change: (flow) => (node(flow, 'pick').data.options as unknown[]).reverse(),
      sentences: ['pick: options was ["tea","coffee"], is ["coffee","tea"].'],
    },
    {
      what: 'a node moved, and made wider',
      change: (flow) => Object.assign(node(flow, 'end'), { position: { x: 5, y: 300 }, width: 300, parentId: 'pick' }),
      sentences: ['Moved end from (0, 300) to (5, 300, 300 × any in pick).'],
    },
    {
      what: 'an edge with another label',
      change: (flow) => Object.assign(flow.edges[0] ?? {}, { label: 'first' }),
      sentences: ['The edge from begin.next: label is "first" now.'],
    },
    {
      what: 'settings of the flow',
      change: (flow) => {
        flow.name = 'Drinks'
        flow.languages.others = ['hu']
        flow.variables?.push({ name: 'size', type: 'number' })
        flow.settings = { expiry: 'P1D' }
      },
      sentences: [
        'The flow: name was "Sample", is "Drinks".',
        'The flow: languages.others is ["hu"] now.',
        'The flow: variables[1] is {"name":"size","type":"number"} now.',
        'The flow: settings is {"expiry":"P1D"} now.',
      ],
    },
    {
      what: 'translations',
      change: (flow) => Object.assign(flow, { translations: { hu: { 'served.text': 'Máris.' } } }),
      sentences: ['In hu: served.text is "Máris." now.'],
    },
    {
      what: 'saved tests',
      change: (flow) => {
        flow.tests?.[0]?.steps.splice(2, 1, { mt: 'Soon.' })
        flow.tests?.push({ name: 'Coffee', steps: [] })
      },
      sentences: ['The test "Tea": steps[2].mt was "One Tea, soon.", is "Soon.".', 'Added the test "Coffee".'],
    },
    {
      what: 'notes',
      change: (flow) => Object.assign(flow, { notes: [{ id: 'n', position: { x: 0, y: 0 }, text: 'Ask Bo.' }] }),
      sentences: ['The note n: it is {"id":"n","position":{"x":0,"y":0},"text":"Ask Bo."} now.'],
    },
    {
      what: 'nodes in another order',
      change: (flow) => flow.nodes.reverse(),
      sentences: ['The nodes stand in another order.'],
    },
  ])('$what', ({ change, sentences }) => {
    const after = sampleFlow()
    change(after)
    expect(said(sampleFlow(), after)).toEqual(sentences)
  })

  test('a long text only at its beginning', () => {
    const after = sampleFlow()
    node(after, 'served').data = { text: 'a'.repeat(5_000) }
    expect(said(sampleFlow(), after)[0]?.length).toBeLessThan(300)
  })
})

test('two nodes alike are not taken for one under another id', () => {
  const flow = (ids: readonly string[]) => ({ ...sampleFlow(), nodes: ids.map((id) => say(id, 'Hi')), edges: [] })
  expect(diffFlows(flow(['a', 'b']), flow(['c', 'd'])).map(({ kind }) => kind)).toEqual([
    'node-removed',
    'node-removed',
    'node-added',
    'node-added',
  ])
})

test('an order of keys is no difference, and keys of a prototype are none', () => {
  expect(valueChanges({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toEqual([])
  expect(valueChanges({}, { toString: 1 })).toEqual([{ path: 'toString', after: 1 }])
})

describe('whatever the documents', () => {
  const text = fc.constantFrom('', 'a', 'b', 'c')
  const id = fc.constantFrom('a', 'b', 'c', 'd')
  const nodes = fc.uniqueArray(
    fc.record({
      id,
      type: fc.constantFrom('say', 'stop'),
      position: fc.record({ x: fc.nat(1), y: fc.nat(1) }),
      data: fc.record({ text, list: fc.array(fc.record({ id, label: text }), { maxLength: 3 }) }, { requiredKeys: [] }),
    }),
    { selector: (one) => one.id, maxLength: 4 },
  )
  const flows = fc
    .record(
      {
        name: text,
        nodes,
        edges: fc.uniqueArray(
          fc.record({
            id: fc.constantFrom('1', '2', '3'),
            source: id,
            sourceHandle: fc.constantFrom('x', 'y'),
            target: id,
          }),
          { selector: (one) => one.id, maxLength: 3 },
        ),
        translations: fc.dictionary(fc.constantFrom('hu', 'de'), fc.dictionary(fc.constantFrom('a.text', 'b'), text)),
        tests: fc.uniqueArray(fc.record({ name: id, steps: fc.array(fc.record({ mo: text }), { maxLength: 2 }) }), {
          selector: (one) => one.name,
          maxLength: 3,
        }),
        notes: fc.uniqueArray(fc.record({ id, position: fc.constant({ x: 0, y: 0 }), text }), {
          selector: (one) => one.id,
          maxLength: 2,
        }),
      },
      { requiredKeys: ['name', 'nodes', 'edges'] },
    )
    .map((parts) => ({ ...sampleFlow(), variables: undefined, ...parts }) as unknown as FlowDocument)

  test('a document differs in nothing from itself', () => {
    fc.assert(
      fc.property(flows, (flow) => {
        expect(diffFlows(flow, structuredClone(flow))).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  test('every node that is another is named, and nothing is said only where all is the same', () => {
    fc.assert(
      fc.property(flows, flows, (before, after) => {
        const changes = diffFlows(before, after)
        const named = changes.flatMap((change) => {
          if (change.kind === 'node-renamed') return [change.from, change.to]
          if (change.kind === 'node-added' || change.kind === 'node-removed') return [change.node.id]
          return 'node' in change ? [change.node] : []
        })
        const ids = new Set([...before.nodes, ...after.nodes].map((one) => one.id))
        const find = (flow: FlowDocument, wanted: string) => flow.nodes.find((one) => one.id === wanted)
        const others = [...ids].filter((one) => !isSame(find(before, one), find(after, one)))
        expect(others.filter((one) => !named.includes(one))).toEqual([])
        if (changes.length === 0) expect(emptiesAside(after)).toEqual(emptiesAside(before))
      }),
      { numRuns: 300 },
    )
  })

  /** No translations, tests or notes say the same as none. */
  function emptiesAside({ translations = {}, tests = [], notes = [], ...flow }: FlowDocument) {
    const texts = Object.entries(translations).filter(([, each]) => Object.keys(each).length > 0)
    return { ...flow, translations: Object.fromEntries(texts), tests, notes }
  }

  test('what is read and written again differs in nothing', () => {
    const parsed = parseFlowValue(JSON.parse(JSON.stringify(sampleFlow())), sampleNodes)
    expect(parsed.ok && diffFlows(sampleFlow(), parsed.flow)).toEqual([])
  })
})
