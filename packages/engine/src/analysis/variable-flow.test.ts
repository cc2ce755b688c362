import { defineNode, type FlowDocument, nodeRegistry } from '@textloom/core'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { growth } from '../testing/growth.ts'
import { analyseFlow } from './analyse.ts'
import { variablesAt } from './variable-flow.ts'

const begin = node('begin', { start: true, waits: null, exits: ['next'] })
const put = node('put', { waits: null, exits: ['next'] })
const asking = node('asking', { waits: 'reply', exits: ['yes', 'other', 'timeout'] })
const stop = node('stop', { waits: null, exits: [] })
const registry = nodeRegistry([begin, put, asking, stop])

function node(type: string, shape: { start?: true; waits: 'reply' | null; exits: readonly string[] }) {
  return defineNode({
    type,
    version: 1,
    family: 'do',
    title: type,
    summary: type,
    icon: 'x',
    schema: z.strictObject({
      writes: z.string().optional(),
      as: z.enum(['text', 'number', 'boolean', 'json']).optional(),
      text: z.string().optional(),
      when: z.string().optional(),
    }),
    waits: shape.waits,
    handles: () => shape.exits.map((id) => ({ id, label: id, optional: true })),
    compile: () => ({}),
    describe: () => ({ title: type, body: '' }),
    templates: ({ text }) => (text === undefined ? [] : [{ path: 'text', template: text, use: 'message' }]),
    expressions: ({ when }) => (when === undefined ? [] : [{ path: 'when', expression: when }]),
    writes: ({ writes, as }) =>
      writes === undefined ? [] : [{ name: writes, path: 'writes', ...(as && { type: as }) }],
    ...(shape.start ? { start: { on: 'mo' as const, score: () => 1, whenBusy: () => 'skip' as const } } : {}),
  })
}

/** A flow written as `a:put x -> b` (all exits) or `a:asking x -yes-> b -timeout-> c`, a line for each node. */
function flowOf(lines: readonly string[], more: Partial<FlowDocument> = {}): FlowDocument {
  const read = lines.map((line) => {
    const [head = '', ...ways] = line.split(/\s+(?=-\w*->|->)/)
    const [name = '', writes] = head.split(/\s+/)
    const [id = '', type = ''] = name.split(':')
    const edges = ways.map((way) => {
      const [, handle, target = ''] = /^-(?:(\w+)-)?>\s*(\w+)$/.exec(way) ?? []
      return { id: `${id}-${handle ?? 'next'}-${target}`, source: id, sourceHandle: handle ?? 'next', target }
    })
    return { node: { id, type, position: { x: 0, y: 0 }, data: writes === undefined ? {} : { writes } }, edges }
  })
  return {
    format: 'textloom/flow@1',
    id: 'f',
    name: 'F',
    languages: { base: 'en' },
    variables: [
      { name: 'x', type: 'number' },
      { name: 'y', type: 'text', default: 'hi' },
    ],
    nodes: read.map(({ node }) => node),
    edges: read.flatMap(({ edges }) => edges),
    ...more,
  }
}

/** The variables and results at a node; what may be empty has a question mark. */
function knownAt(flow: FlowDocument, id: string): string {
  return variablesAt(flow, registry)
    .at(id)
    .filter(({ root }) => root === 'vars' || root === 'results')
    .filter(({ path }) => !path.endsWith('.category'))
    .map(({ path, type, isCertain }) => `${path}${isCertain ? '' : '?'} ${type}`)
    .join(', ')
}

describe('what is known at a node', () => {
  test.each([
    ['before it is set', ['s:begin -> a', 'a:put x -> b', 'b:stop'], 'a', 'vars.y text'],
    ['after it is set', ['s:begin -> a', 'a:put x -> b', 'b:stop'], 'b', 'vars.x number, vars.y text'],
    [
      'where two ways meet and one sets it',
      ['s:begin -> q', 'q:asking -yes-> a -other-> b', 'a:put x -> b', 'b:stop'],
      'b',
      'vars.x? number, vars.y text',
    ],
    [
      'where two ways meet and both set it',
      ['s:begin -> q', 'q:asking -yes-> a -other-> c', 'a:put x -> b', 'c:put x -> b', 'b:stop'],
      'b',
      'vars.x number, vars.y text',
    ],
    [
      'in a circle, before the node that sets it',
      ['s:begin -> q', 'q:asking -yes-> a', 'a:put x -> q'],
      'q',
      'vars.x? number, vars.y text',
    ],
    [
      'behind an answer',
      ['s:begin -> q', 'q:asking x -yes-> a -timeout-> b', 'a:stop', 'b:stop'],
      'a',
      'vars.x number, vars.y text, results.x.value text',
    ],
    ['behind no answer', ['s:begin -> q', 'q:asking x -yes-> a -timeout-> b', 'a:stop', 'b:stop'], 'b', 'vars.y text'],
    [
      'from two starts, one of which sets it',
      ['s:begin -> a', 't:begin -> b', 'a:put x -> b', 'b:stop'],
      'b',
      'vars.x? number, vars.y text',
    ],
    ['where no way leads', ['s:begin', 'a:put x', 'b:stop'], 'b', 'vars.x? number, vars.y text'],
    ['at a node that is not there', ['s:begin'], 'gone', 'vars.x? number, vars.y text'],
  ])('%s', (_, lines, id, known) => {
    expect(knownAt(flowOf(lines), id)).toBe(known)
  })

  test('a result that two questions record as different types may be any', () => {
    const flow = flowOf(['s:begin -> q', 'q:asking x -yes-> r', 'r:asking x -yes-> e', 'e:stop'])
    flow.nodes[1]!.data = { writes: 'x', as: 'number' }
    expect(knownAt(flow, 'e')).toBe('vars.x number, vars.y text, results.x.value json')
  })

  test('contacts, parameters, the reply and the channel are known everywhere', () => {
    const flow = flowOf(['s:begin'], { params: [{ name: 'order', type: 'text', required: true }] })
    const known = variablesAt(flow, registry, ['city']).at('s')
    expect(known.map(({ path, isCertain }) => `${path}${isCertain ? '' : '?'}`)).toEqual([
      'vars.y',
      'params.order',
      'contact.name?',
      'contact.phone',
      'contact.language?',
      'contact.timezone?',
      'contact.groups',
      'reply.text',
      'channel.id',
      'channel.address?',
      'now',
      'contact.fields.city?',
    ])
  })

  test('a draft that is in pieces is followed as far as it goes', () => {
    const flow = flowOf(['s:begin -> a', 'a:nothing -> b', 'b:put x -> gone'])
    flow.nodes[2]!.data = { writes: 7 }
    expect(knownAt(flow, 'b')).toBe('vars.y text')
  })

  test('many nodes with many variables are followed as fast, each, as few', () => {
    const variables = Array.from({ length: 500 }, (_, index) => ({ name: `v${index}`, type: 'text' as const }))
    const ringOf = (count: number) =>
      flowOf(
        [
          's:begin -> n0',
          ...Array.from(
            { length: count },
            (_, n) => `n${n}:asking v${n % 500} -yes-> n${n + 1} -other-> n${(n * 7) % count}`,
          ),
          `n${count}:stop`,
        ],
        { variables },
      )
    const [few, many] = [ringOf(1_000), ringOf(8_000)]
    expect(variablesAt(many, registry).at('n8000')).toHaveLength(500 * 3 + 9)
    // 8 times the nodes: were each held against each, it would be 64 times the work.
    const times = growth(
      () => variablesAt(few, registry),
      () => variablesAt(many, registry),
      3,
    )
    expect(times).toBeLessThan(45)
  })
})

describe('the analysis warns of', () => {
  test.each([
    [
      'a variable that nothing sets',
      { text: '{{ vars.x }} {{ vars.x | plus: 1 }}' },
      [
        'flow/unset-variable "text" uses vars.x, but nothing sets it on any way to here, so it is empty: set it on the way, or give it a default.',
      ],
    ],
    ['no variable with a default', { text: '{{ vars.y }}' }, []],
    [
      'a number in an expression that nothing sets',
      { when: 'vars.x > 3' },
      [
        'flow/unset-variable "when" uses vars.x, but nothing sets it on any way to here, so it is empty: set it on the way, or give it a default.',
      ],
    ],
    [
      'an expression that cannot be read',
      { when: 'vars.y >' },
      ['flow/expression "when" is no expression that works: The expression breaks off here. (character 9)'],
    ],
    [
      'an expression of types that do not go together',
      { when: 'vars.y > 3' },
      ['flow/expression "when" is no expression that works: These do not go together: text > number. (character 1)'],
    ],
    [
      'a name in an expression that the flow does not have',
      { when: 'vars.z > 3' },
      ['flow/undefined-variable "when" uses vars.z (line 1, column 1), but the flow declares no variable "z".'],
    ],
    [
      'a text where a list is wanted',
      { text: '{{ vars.y | join: ", " }}' },
      ['flow/type-misuse In "text", vars.y is text where the filter join takes a list.'],
    ],
    [
      'a text after filters',
      { text: '{{ vars.y | upcase | map: "a" }}' },
      ['flow/type-misuse In "text", vars.y is text where the filter map takes a list.'],
    ],
    ['no text where a number is wanted', { text: '{{ vars.y | plus: 1 }} {{ reply.text | split: "," | join }}' }, []],
    [
      'a comparison that never holds',
      { text: '{% if vars.y == 3 %}x{% endif %}' },
      ['flow/type-misuse In "text", vars.y == 3 never holds: text is not a number.'],
    ],
    [
      'a comparison that always holds',
      { text: '{% if params.n != "3" and vars.y == "a" %}x{% endif %}' },
      ['flow/type-misuse In "text", params.n != "3" always holds: a number is not text.'],
    ],
    [
      'an order of what has none',
      { text: '{% unless params.b > 3 %}x{% endunless %}' },
      ['flow/type-misuse In "text", params.b > 3 never holds: true and false have no order.'],
    ],
  ])('%s', (_, data, issues) => {
    const flow = flowOf(['s:begin -> a', 'a:put -> b', 'b:put x -> c', 'c:stop'], {
      params: [
        { name: 'n', type: 'number' },
        { name: 'b', type: 'boolean' },
      ],
    })
    flow.nodes[1]!.data = data
    const found = analyseFlow(flow, registry).filter(({ node }) => node === 'a')
    expect(found.map(({ code, message }) => `${code} ${message}`)).toEqual(issues)
  })
})
