import { type FlowDocument, parseFlowValue } from '@textloom/core'
import { sampleFlow, sampleNodes } from '@textloom/core/testing'
import { describe, expect, test } from 'vitest'
import { growth } from '../testing/growth.ts'
import { analyseFlow, isSound } from './analyse.ts'

/** `node | path | code | sentence` of every issue of the sample flow after a change. */
function issuesAfter(change: (flow: FlowDocument) => unknown): string[] {
  const flow = sampleFlow()
  change(flow)
  const parsed = parseFlowValue(flow, sampleNodes)
  if (!parsed.ok) throw new Error(parsed.issues.map(({ message }) => message).join('\n'))
  return analyseFlow(parsed.flow, sampleNodes).map(
    ({ node, path, code, message }) => `${node ?? '-'} | ${path} | ${code} | ${message}`,
  )
}

const position = { x: 0, y: 0 }
const say = (id: string, text = 'Hi') => ({ id, type: 'say', position, data: { text } })
const edge = (source: string, sourceHandle: string, target: string) => ({
  id: `${source}-${sourceHandle}-${target}`,
  source,
  sourceHandle,
  target,
})

test('nothing is found wrong with a sound flow', () => {
  expect(issuesAfter(() => undefined)).toEqual([])
})

describe('the analysis finds', () => {
  test.each<[string, (flow: FlowDocument) => unknown, readonly string[]]>([
    [
      'an open exit',
      (flow) => flow.edges.splice(2, 1),
      ['pick | nodes[1] | flow/open-exit | The exit "Coffee" (coffee) leads nowhere: connect it to a node.'],
    ],
    [
      'an exit with two edges',
      (flow) => flow.edges.push(edge('pick', 'tea', 'end')),
      [
        'pick | edges[4] | flow/ambiguous-exit | Node "pick" already has an edge from its exit "tea": remove one of the two.',
      ],
    ],
    [
      'no start',
      (flow) => {
        flow.nodes.splice(0, 1)
        flow.edges.splice(0, 1)
      },
      [
        '- | nodes | flow/no-start | Nothing starts this flow: add a start node, such as a keyword, and connect it to the first step.',
      ],
    ],
    [
      'a node nobody comes to',
      (flow) => {
        flow.nodes.push(say('island'))
        flow.edges.push(edge('island', 'next', 'end'))
      },
      ['island | nodes[4] | flow/unreachable | No way leads here from a start: connect it, or remove it.'],
    ],
    [
      'a node that leads to itself',
      (flow) => flow.edges.splice(3, 1, edge('served', 'next', 'served')),
      [
        'served | nodes[2] | flow/loop-without-wait | Node "served" leads to itself without a wait. A session would go round without end: put a node that waits on the way.',
        'end | nodes[3] | flow/unreachable | No way leads here from a start: connect it, or remove it.',
      ],
    ],
    [
      'a circle without a wait',
      (flow) => {
        flow.nodes.push(say('again'))
        flow.edges.splice(3, 1, edge('served', 'next', 'again'), edge('again', 'next', 'served'))
        flow.edges.push(edge('pick', 'other', 'end'))
      },
      [
        'served | nodes[2] | flow/loop-without-wait | Nodes "served" → "again" → "served" form a circle without a wait. A session would go round without end: put a node that waits on the way.',
      ],
    ],
    [
      'a text whose Liquid cannot be read',
      (flow) => (flow.nodes[2]!.data = { text: '{{ vars.drink | upcas }}' }),
      [
        'served | nodes[2].data.text | flow/template-syntax | "text" cannot be read as a template. There is no filter "upcas". Did you mean "upcase"? (line 1, column 1)',
      ],
    ],
    [
      'a variable that is not declared, once per text',
      (flow) => (flow.nodes[2]!.data = { text: '{{ vars.drink }}\n{{ vars.drnk }} {{ vars.drnk }}' }),
      [
        'served | nodes[2].data.text | flow/undefined-variable | "text" uses vars.drnk (line 2, column 4), but the flow declares no variable "drnk". Did you mean "drink"?',
      ],
    ],
    [
      'a variable without its prefix',
      (flow) => (flow.nodes[2]!.data = { text: '{{ drink }}' }),
      [
        'served | nodes[2].data.text | flow/undefined-variable | "text" uses drink (line 1, column 4), but there is nothing of that name. Did you mean "vars.drink"?',
      ],
    ],
    [
      'a name that begins with nothing known',
      (flow) => (flow.nodes[2]!.data = { text: '{{ zebra.a }}' }),
      [
        'served | nodes[2].data.text | flow/undefined-variable | "text" uses zebra.a (line 1, column 4), but there is nothing of that name. Names begin with vars, params, contact, results, reply, channel, now.',
      ],
    ],
    [
      'a parameter that is not declared',
      (flow) => (flow.nodes[2]!.data = { text: '{{ params.order }}' }),
      [
        'served | nodes[2].data.text | flow/undefined-variable | "text" uses params.order (line 1, column 4), but the flow declares no parameter "order".',
      ],
    ],
    [
      'a field that contacts do not have',
      (flow) => (flow.nodes[2]!.data = { text: '{{ contact.nam }} {{ contact.fields.city }}' }),
      [
        'served | nodes[2].data.text | flow/undefined-variable | "text" uses contact.nam (line 1, column 4), but contact has only phone, name, language, timezone, fields, groups. Did you mean "name"?',
      ],
    ],
    [
      'a result that no question records',
      (flow) => (flow.nodes[2]!.data = { text: '{{ results.drink.category }} {{ results.food.value }}' }),
      [
        'served | nodes[2].data.text | flow/undefined-variable | "text" uses results.food.value (line 1, column 33), but no node of the flow records a result "food".',
      ],
    ],
    [
      'a part that results do not have',
      (flow) => (flow.nodes[2]!.data = { text: '{{ results.drink.categry }}' }),
      [
        'served | nodes[2].data.text | flow/undefined-variable | "text" uses results.drink.categry (line 1, column 4), but a result has only value and category. Did you mean "category"?',
      ],
    ],
    [
      'a node that writes a variable nobody declared',
      (flow) => (flow.variables = []),
      [
        'pick | nodes[1].data.variable | flow/undefined-variable | "variable" writes the variable "drink", but the flow declares no variable "drink". Add it to the variables of the flow.',
        'served | nodes[2].data.text | flow/undefined-variable | "text" uses vars.drink (line 1, column 8), but the flow declares no variable "drink".',
      ],
    ],
    [
      'a node that writes text where a number is declared',
      (flow) => (flow.variables = [{ name: 'drink', type: 'number' }]),
      [
        'pick | nodes[1].data.variable | flow/variable-type | "variable" puts text into "drink", which is declared as number: declare it as text, or use another variable.',
      ],
    ],
    [
      'a variable that nothing reads or writes',
      (flow) => flow.variables?.push({ name: 'spare', type: 'json' }),
      [
        '- | variables[1] | flow/unused-variable | Nothing reads or writes the variable "spare": use it as vars.spare, or remove it.',
      ],
    ],
    [
      'a default of another type than the variable',
      (flow) => (flow.variables = [{ name: 'drink', type: 'text', default: 7 }]),
      [
        '- | variables[0].default | flow/variable-type | The default of "drink" is not of its type text: change the default or the type.',
      ],
    ],
    [
      'a parameter that a text cannot bring',
      (flow) => (flow.params = [{ name: 'order', type: 'text', required: true }]),
      [
        '- | params[0] | flow/required-param | The parameter "order" is required, but a text that starts this flow brings none: make it optional.',
      ],
    ],
    [
      'what a node type finds wrong with its node',
      (flow) => {
        const options = [
          { id: 'tea', label: 'Tea' },
          { id: 'coffee', label: 'Tea' },
        ]
        flow.nodes[1]!.data = { variable: 'drink', options }
      },
      ['pick | nodes[1].data.options[1].label | pick/clashing-words | Two options look alike.'],
    ],
    [
      'a translation of nothing, one into no language, and one that cannot be read',
      (flow) => {
        flow.languages = { base: 'en', others: ['hu'] }
        flow.translations = {
          hu: { 'served.txt': 'Egy', 'served.text': 'Egy {{ vars.drink' },
          de: { 'served.text': 'Ein {{ vars.drik }}' },
        }
      },
      [
        '- | translations.hu["served.txt"] | flow/unused-translation | "served.txt" (hu) names no text of this flow (a node id, a dot, a field). Did you mean "served.text"?',
        'served | translations.hu["served.text"] | flow/template-syntax | "text (hu)" cannot be read as a template. This is not closed: {{ vars.drink (line 1, column 5)',
        '- | translations.de | flow/unused-translation | "de" is not among the other languages of this flow: add it.',
        'served | translations.de["served.text"] | flow/undefined-variable | "text (de)" uses vars.drik (line 1, column 8), but the flow declares no variable "drik". Did you mean "drink"?',
      ],
    ],
    [
      'saved tests that cannot pass',
      (flow) =>
        (flow.tests = [
          { name: 'Late', now: 'noon', steps: [{ advance: 'P1M' }, { visits: 'serve' }, { advance: '2h' }] },
        ]),
      [
        '- | tests[0].now | flow/saved-test | Test "Late": "noon" is not a time: write it as 2026-01-01T12:00:00.000Z.',
        '- | tests[0].steps[0] | flow/saved-test | Test "Late": "P1M" has months, whose length varies: write days, as in P30D (minutes come after a T: PT30M).',
        '- | tests[0].steps[1] | flow/saved-test | Test "Late": no node is called "serve". Did you mean "served"?',
      ],
    ],
  ])('%s', (_what, change, expected) => {
    expect(issuesAfter(change)).toEqual(expected)
  })
})

describe('the analysis lets pass', () => {
  test.each<[string, (flow: FlowDocument) => unknown]>([
    ['a circle with a wait in it', (flow) => (flow.edges[3]!.target = 'pick')],
    [
      'names that a template makes itself',
      (flow) =>
        (flow.nodes[2]!.data = {
          text: '{% assign a = vars.drink %}{{ a }}{% for g in contact.groups %}{{ forloop.index }}{{ g }}{% endfor %}',
        }),
    ],
    [
      'every variable as used, where names are computed',
      (flow) => {
        flow.variables?.push({ name: 'spare', type: 'text' })
        flow.nodes[2]!.data = { text: '{{ vars[reply.text] }}' }
      },
    ],
    ['a default of null', (flow) => (flow.variables = [{ name: 'drink', type: 'text', default: null }])],
    ['a JSON variable written with text', (flow) => (flow.variables = [{ name: 'drink', type: 'json' }])],
  ])('%s', (_what, change) => {
    const codes = issuesAfter(change).filter((issue) => !issue.includes('flow/unreachable'))
    expect(codes).toEqual([])
  })
})

test('issues come in the order of the document', () => {
  const paths = issuesAfter((flow) => {
    flow.tests = [{ name: 'T', steps: [{ visits: 'x' }] }]
    flow.nodes.push(say('late', '{{ x }}'))
    flow.nodes[2]!.data = { text: '{{ vars.x }}' }
    flow.edges.splice(0, 1)
    flow.variables?.push({ name: 'spare', type: 'text' })
  }).map((issue) => issue.split(' | ')[1])
  expect(paths).toEqual([
    'variables[1]',
    'nodes[0]',
    'nodes[1]',
    'nodes[2]',
    'nodes[2].data.text',
    'nodes[3]',
    'nodes[4]',
    'nodes[4]',
    'nodes[4].data.text',
    'tests[0].steps[0]',
  ])
})

test('every node on a circle without a wait is named once, however many circles share it', () => {
  const flow = sampleFlow()
  flow.nodes = [{ id: 'begin', type: 'begin', position, data: {} }, say('a'), say('b'), say('c'), say('d')]
  flow.edges = [
    edge('begin', 'next', 'a'),
    edge('a', 'next', 'b'),
    edge('b', 'next', 'c'),
    edge('c', 'next', 'b'),
    edge('d', 'next', 'd'),
  ]
  const loops = analyseFlow(flow, sampleNodes).filter(({ code }) => code === 'flow/loop-without-wait')
  expect(loops.map(({ message }) => message.split('.')[0])).toEqual([
    'Nodes "b" → "c" → "b" form a circle without a wait',
    'Node "d" leads to itself without a wait',
  ])
})

test.each([
  ['a chain', (index: number, count: number) => Math.min(index + 1, count - 1)],
  ['one circle', (index: number, count: number) => (index + 1) % count],
  ['pairs', (index: number) => index ^ 1],
])('the analysis of %s takes as long for each node of many as of few', (_what, next) => {
  const flowOf = (count: number) => {
    const flow = sampleFlow()
    flow.nodes = Array.from({ length: count }, (_, index) => say(`n${index}`))
    flow.edges = flow.nodes.map(({ id }, index) => edge(id, 'next', `n${next(index, count)}`))
    return flow
  }
  const [few, many] = [flowOf(500), flowOf(4_000)]
  expect(analyseFlow(many, sampleNodes).map(({ code }) => code)).toContain('flow/loop-without-wait')
  // 8 times the nodes: were each held against each, it would be 64 times the work.
  const times = growth(
    () => analyseFlow(few, sampleNodes),
    () => analyseFlow(many, sampleNodes),
  )
  expect(times).toBeLessThan(32)
})

test('only errors make a flow unsound', () => {
  const flow = sampleFlow()
  flow.variables?.push({ name: 'spare', type: 'text' })
  expect(isSound(analyseFlow(flow, sampleNodes))).toBe(true)
  flow.edges = []
  expect(isSound(analyseFlow(flow, sampleNodes))).toBe(false)
})
