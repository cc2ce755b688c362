import { type FlowDocument, type FlowNode, flowFormat, parseFlowValue } from '@textloom/core'
import { registry } from '@textloom/nodes/testing'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readTable } from './read.ts'
import { type KeywordRow, type ReplyTable, type RowReply, type RuleRow, textOperators } from './table.ts'
import { writeTable } from './write.ts'

const empty: FlowDocument = {
  format: flowFormat,
  id: 'replies',
  name: 'Replies',
  languages: { base: 'en' },
  nodes: [],
  edges: [],
}

const word = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => text.trim() === text)
const week = { mon: ['09:00-17:00'], fri: ['09:00-12:00', '13:00-15:00'] }
const hours = fc.constantFrom({ hours: week }, { hours: week, zone: 'Europe/Budapest', holidays: ['12-25'] })
const answer = fc
  .record({
    reply: fc.string({ maxLength: 20 }),
    channels: fc.uniqueArray(fc.constantFrom('4040', 'main', 'spare'), { maxLength: 2 }),
    times: fc.option(fc.record({ hours, closedReply: fc.option(word, { nil: undefined }) }), { nil: undefined }),
  })
  .map(({ reply, channels, times }) => ({
    reply,
    channels,
    ...(times && { hours: times.hours, ...(times.closedReply !== undefined && { closedReply: times.closedReply }) }),
  }))
const keywordRow = fc.record({
  keywords: fc.array(word, { maxLength: 3 }),
  match: fc.constantFrom('exact' as const, 'only' as const, 'first' as const, 'any' as const),
})
const ruleRow = fc.record({
  when: fc.oneof(
    fc.record({ kind: fc.constant('text' as const), op: fc.constantFrom(...textOperators), text: word }),
    fc.record({
      kind: fc.constant('sender' as const),
      senders: fc.uniqueArray(fc.constantFrom('+36201234567', '+3630*', '4040', '+1*'), { minLength: 1 }),
    }),
  ),
})
const tables: fc.Arbitrary<ReplyTable> = fc
  .record({
    keywords: fc.array(fc.tuple(answer, keywordRow), { maxLength: 4 }),
    rules: fc.array(fc.tuple(answer, ruleRow), { maxLength: 4 }),
    otherwise: fc.option(answer, { nil: undefined }),
  })
  .map(({ keywords, rules, otherwise }) => ({
    keywords: keywords.map(([row, more], index) => ({ id: `k${index}`, ...row, ...more }) satisfies KeywordRow),
    rules: rules.map(([row, more], index) => ({ id: `r${index}`, ...row, ...more }) satisfies RuleRow),
    ...(otherwise && { otherwise: { id: 'rest', ...otherwise } satisfies RowReply }),
  }))

describe('a table of replies', () => {
  test('comes back from its flow as it was, and the flow is one that can be stored', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const flow = writeTable(table, empty)
        expect(readTable(flow)).toMatchObject({ table, beyond: [] })
        expect(parseFlowValue(flow, registry)).toMatchObject({ ok: true })
      }),
      { numRuns: 60 },
    )
  })

  test('written over its own flow changes nothing of it, whatever the nodes are called and also hold', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const flow = dressed(writeTable(table, empty))
        expect(readTable(flow).beyond).toEqual([])
        expect(sorted(writeTable(readTable(flow).table, flow))).toEqual(sorted(flow))
      }),
      { numRuns: 60 },
    )
  })

  test('changed row by row keeps the nodes of the rows that stay', () => {
    fc.assert(
      fc.property(tables, tables, (one, other) => {
        const flow = writeTable(other, writeTable(one, empty))
        expect(readTable(flow)).toMatchObject({ table: other, beyond: [] })
      }),
      { numRuns: 60 },
    )
  })

  test('stays where it stands while only its texts change, and is put in order when a row comes', () => {
    const moved = (flow: FlowDocument) => ({
      ...flow,
      nodes: flow.nodes.map((node) => ({ ...node, position: { x: 7, y: 7 } })),
    })
    const flow = moved(writeTable(small, empty))
    const places = ({ nodes }: FlowDocument) => new Set(nodes.map(({ position: { x, y } }) => `${x} ${y}`))
    const [info] = small.keywords
    expect(places(writeTable({ ...small, keywords: [{ ...info, reply: 'New' } as KeywordRow] }, flow)).size).toBe(1)
    const longer = writeTable({ ...small, keywords: [...small.keywords, { ...info, id: 'k2' } as KeywordRow] }, flow)
    expect(places(longer).size).toBe(longer.nodes.length)
  })
})

const small: ReplyTable = {
  keywords: [{ id: 'k1', keywords: ['INFO'], match: 'exact', reply: 'Hi', channels: [] }],
  rules: [{ id: 'r1', when: { kind: 'text', op: 'any-word', text: 'price cost' }, reply: '5', channels: [] }],
  otherwise: { id: 'rest', reply: 'What?', channels: [], hours: { hours: week } },
}

describe('a flow that was changed on the canvas', () => {
  const flow = writeTable(small, empty)
  const change = (recipe: (draft: { nodes: FlowNode[]; edges: FlowDocument['edges'][number][] }) => void) => {
    const draft = structuredClone({ ...flow, nodes: [...flow.nodes], edges: [...flow.edges] })
    recipe(draft)
    return readTable(draft)
  }
  const ask = { id: 'ask', type: 'ask', position: { x: 0, y: 0 }, data: { text: 'Why?' } }

  test.each([
    {
      what: 'a step that the table has no row for',
      read: change(({ nodes }) => nodes.push(ask)),
      beyond: ['ask: This step belongs to no row of the table.'],
    },
    {
      what: 'a question after a reply',
      read: change(({ nodes, edges }) => {
        nodes.push(ask)
        edges.splice(
          0,
          edges.length,
          ...edges.map((edge) => (edge.source === 'k1' ? { ...edge, target: 'ask' } : edge)),
        )
      }),
      beyond: ['ask: After its reply a row ends, but here it goes on.'],
    },
    {
      what: 'an exit that leads nowhere',
      read: change(({ edges }) =>
        edges.splice(
          edges.findIndex(({ source }) => source === 'r1'),
          1,
        ),
      ),
      beyond: ['r1: An exit of this step leads nowhere yet.'],
    },
    {
      what: 'a reply that two rows share',
      read: change(({ edges }) =>
        edges.splice(
          0,
          edges.length,
          ...edges.map((edge) => (edge.target === 'r1' ? { ...edge, target: 'k1' } : edge)),
        ),
      ),
      beyond: ['k1: Several ways lead to this step: in the table each row has its own.'],
    },
    {
      what: 'a second start for any text',
      read: change(({ nodes }) => nodes.push({ ...ask, id: 'any', type: 'catch-all', data: {} })),
      beyond: ['any: There is a second start for any other text.'],
    },
  ])('with $what says why it is no table, and still shows its other rows', ({ read, beyond }) => {
    expect(read.beyond.map(({ node, why }) => `${node}: ${why}`)).toEqual(beyond)
    expect([...read.table.keywords, ...read.table.rules].length).toBeGreaterThan(0)
  })

  test('where every other text is taken in silence says so', () => {
    const node = (id: string, type: string): FlowNode => ({ id, type, position: { x: 0, y: 0 }, data: {} })
    const edges = [{ id: 'e', source: 'any', sourceHandle: 'next', target: 'end' }]
    const { beyond } = readTable({ nodes: [node('any', 'catch-all'), node('end', 'end')], edges })
    expect(beyond.map(({ node: id }) => id)).toEqual(['any'])
  })
})

/** The same flow with other ids, places and further fields, as somebody would have drawn it. */
function dressed(flow: FlowDocument): FlowDocument {
  const names = new Map(flow.nodes.map(({ id }, index) => [id, `n${index}`]))
  const named = (id: string) => names.get(id) ?? id
  return {
    ...flow,
    nodes: flow.nodes.map((node, index) => ({
      ...node,
      id: named(node.id),
      position: { x: index * 20, y: 40 },
      data: {
        ...node.data,
        ...(node.type === 'keyword' && { typos: true }),
        ...(node.type === 'message' && { topic: 'offers' }),
        ...(node.type === 'end' && { outcome: 'handed_over' }),
      },
    })),
    edges: flow.edges.map((edge, index) => ({
      ...edge,
      id: `e${index}`,
      source: named(edge.source),
      target: named(edge.target),
      label: `way ${index}`,
    })),
  }
}

function sorted(flow: FlowDocument): FlowDocument {
  const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1)
  return { ...flow, nodes: [...flow.nodes].sort(byId), edges: [...flow.edges].sort(byId) }
}
