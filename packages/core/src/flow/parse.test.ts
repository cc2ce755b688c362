import { describe, expect, test } from 'vitest'
import { sampleFlow, sampleNodes } from '../testing/index.ts'
import { maxNodes } from './document.ts'
import { parseFlow, parseFlowValue } from './parse.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests break documents in ways their type forbids
type Broken = any

/** `node | code | sentence` of every issue of the sample flow after a change. */
function issuesAfter(change: (flow: Broken) => unknown): string[] {
  const flow: Broken = sampleFlow()
  change(flow)
  const parsed = parseFlowValue(flow, sampleNodes)
  return parsed.ok ? [] : parsed.issues.map(({ node, code, message }) => `${node ?? '-'} | ${code} | ${message}`)
}

test('a sound document is read', () => {
  const parsed = parseFlow(JSON.stringify(sampleFlow()), sampleNodes)
  expect(parsed).toEqual({ ok: true, flow: sampleFlow() })
})

test('a byte order mark before a document is passed over', () => {
  expect(parseFlow(`\uFEFF${JSON.stringify(sampleFlow())}`, sampleNodes).ok).toBe(true)
})

describe('a text that is no flow document', () => {
  test.each([
    ['', 'flow/not-json', 'This document is not JSON. Line 1, column 1: the text ends, but a value must stand here.'],
    [
      'hello\nworld',
      'flow/not-json',
      `This document is not JSON. Line 1, column 1: a value must stand here, not 'hello'.`,
    ],
    ['[]', 'flow/schema', 'A flow document must be a JSON object.'],
    ['null', 'flow/schema', 'A flow document must be a JSON object.'],
    ['{}', 'flow/schema', 'format is missing: a Textloom flow has "format": "textloom/flow@1".'],
    ['{"format":"voice/2"}', 'flow/schema', 'format must be "textloom/flow@1": this is not a Textloom flow.'],
    [
      '{"format":"textloom/flow@2","nodes":[7]}',
      'flow/schema',
      'format must be "textloom/flow@1": this flow is of another version of Textloom, so open it with that one.',
    ],
  ])('%s is refused with one sentence', (text, code, message) => {
    const parsed = parseFlow(text, sampleNodes)
    expect(parsed.ok ? [] : parsed.issues).toMatchObject([{ code, message, severity: 'error', kind: 'structure' }])
  })

  test('of 10 MB is refused for its size, counted in octets', () => {
    const issue = (text: string) => {
      const parsed = parseFlow(text, sampleNodes)
      return parsed.ok ? undefined : parsed.issues[0]?.message
    }
    const sentence = 'This document has 10 MB; a flow document has at most 5 MB.'
    expect(issue(' '.repeat(10_000_000))).toBe(sentence)
    expect(issue('€'.repeat(3_333_333))).toBe(sentence)
    expect(issue(' '.repeat(5_000_000))).toBe(
      'This document is not JSON. Line 1, column 5000001: the text ends, but a value must stand here.',
    )
  })

  test('with a hundred thousand lists in each other is refused, not followed', () => {
    const flow = JSON.stringify(sampleFlow()).replace('"data":{}', `"data":${'['.repeat(1e5)}${']'.repeat(1e5)}`)
    const parsed = parseFlow(flow, sampleNodes)
    expect(parsed.ok ? [] : parsed.issues.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^nodes\[0\]\.data.* is nested more than 100 levels deep\.$/),
    )
  })
})

describe('a structural defect is named with its node and path:', () => {
  test.each<[string, (flow: Broken) => unknown, string]>([
    [
      'an unknown node type',
      (flow) => (flow.nodes[2].type = 'sya'),
      'served | flow/unknown-node-type | nodes[2].type is "sya", which is no node type. Did you mean "say"?',
    ],
    [
      'a node type like no other',
      (flow) => (flow.nodes[2].type = 'teleport'),
      'served | flow/unknown-node-type | nodes[2].type is "teleport", which is no node type. Known types: begin, say, pick, stop.',
    ],
    [
      'an edge to nowhere',
      (flow) => (flow.edges[0].target = 'nowhere'),
      'begin | flow/dangling-edge | edges[0].target is "nowhere", but no node has that id.',
    ],
    [
      'an edge from nowhere',
      (flow) => (flow.edges[0].source = 'nowhere'),
      '- | flow/dangling-edge | edges[0].source is "nowhere", but no node has that id.',
    ],
    [
      'an edge from an exit that the node does not have',
      (flow) => (flow.edges[1].sourceHandle = 'cocoa'),
      'pick | flow/dangling-edge | edges[1].sourceHandle is "cocoa", which node "pick" does not have: its exits are "tea", "coffee", "other".',
    ],
    [
      'an edge from a node without exits',
      (flow) => flow.edges.push({ id: 'e9', source: 'end', sourceHandle: 'next', target: 'begin' }),
      'end | flow/dangling-edge | edges[4].sourceHandle is "next", which node "end" does not have: it has no exits.',
    ],
    [
      'two edges with one id',
      (flow) => (flow.edges[1].id = 'e1'),
      'pick | flow/duplicate-id | edges[1].id is "e1" like that of edges[0]: each edge needs its own id.',
    ],
    [
      'two variables with one name',
      (flow) => flow.variables.push({ name: 'drink', type: 'number' }),
      '- | flow/duplicate-id | variables[1].name is "drink" like that of variables[0]: each variable needs its own name.',
    ],
    [
      'two tests with one name',
      (flow) => flow.tests.push({ name: 'Tea', steps: [] }),
      '- | flow/duplicate-id | tests[1].name is "Tea" like that of tests[0]: each test needs its own name.',
    ],
    [
      'two notes with one id',
      (flow) => {
        const note = { id: 'n', position: { x: 0, y: 0 }, text: '' }
        flow.notes = [note, note]
      },
      '- | flow/duplicate-id | notes[1].id is "n" like that of notes[0]: each note needs its own id.',
    ],
    [
      'a node with two exits of one id',
      (flow) => (flow.nodes[1].data.options = [...flow.nodes[1].data.options, { id: 'other', label: 'Else' }]),
      'pick | flow/duplicate-id | nodes[1].data gives two exits the id "other": each exit needs its own.',
    ],
    [
      'a missing field',
      (flow) => delete flow.nodes[2].data.text,
      'served | flow/schema | nodes[2].data.text is missing: it must be text.',
    ],
    [
      'a wrong type',
      (flow) => (flow.nodes[2].data.text = 7),
      'served | flow/schema | nodes[2].data.text must be text, not a number.',
    ],
    [
      'an empty text where one is needed',
      (flow) => (flow.nodes[2].data.text = ''),
      'served | flow/schema | nodes[2].data.text must not be empty.',
    ],
    [
      'a misspelt field',
      (flow) => (flow.nodes[1].data.options[0].synonims = []),
      'pick | flow/unknown-field | nodes[1].data.options[0].synonims is not a known field. Did you mean "synonyms"?',
    ],
    [
      'a field that nothing has',
      (flow) => (flow.nodes[0].colour = 'red'),
      'begin | flow/unknown-field | nodes[0].colour is not a known field: known here are id, type, position, data, parentId, width, height.',
    ],
    [
      'a field where there are none',
      (flow) => (flow.nodes[0].data.text = 'hi'),
      'begin | flow/unknown-field | nodes[0].data.text is not a known field: nothing is known here.',
    ],
    [
      'a duration in months',
      (flow) => (flow.settings = { expiry: 'P1M' }),
      '- | flow/schema | settings.expiry: "P1M" has months, whose length varies: write days, as in P30D (minutes come after a T: PT30M).',
    ],
    [
      'a number out of range, in one branch of a union',
      (flow) => (flow.nodes[1].data.limit.tries = 10),
      'pick | flow/schema | nodes[1].data.limit.tries must be at most 9.',
    ],
    [
      'no branch of a union',
      (flow) => (flow.nodes[1].data.limit.by = 'trie'),
      'pick | flow/schema | nodes[1].data.limit.by must be "tries" or "time", not "trie". Did you mean "tries"?',
    ],
    [
      'an id with a dot',
      (flow) => (flow.id = 'a.b'),
      '- | flow/schema | id must be 1 to 64 letters, digits, hyphens or underscores.',
    ],
    [
      'a step of a saved test that does not exist',
      (flow) => (flow.tests[0].steps[0] = { advanse: 'PT1H' }),
      '- | flow/schema | tests[0].steps[0] must have the field "mo", "advance", "http", "dlr", "agent", "link", "mt", "wait", "end", "result", "request", "contact", "ticket", "notify", "flow", "ignored" or "visits". Did you mean "advance"?',
    ],
    [
      'a step of a saved test with a wrong value',
      (flow) => (flow.tests[0].steps[0] = { mo: 1 }),
      '- | flow/schema | tests[0].steps[0].mo must be text, not a number.',
    ],
    [
      'a parent that does not exist',
      (flow) => (flow.nodes[0].parentId = 'frame'),
      'begin | flow/schema | nodes[0].parentId is "frame", but no node has that id.',
    ],
    [
      'a node inside itself',
      (flow) => (flow.nodes[0].parentId = 'begin'),
      'begin | flow/schema | nodes[0].parentId leads back to the node itself.',
    ],
    [
      'a character that cannot be stored',
      (flow) => (flow.nodes[2].data.text = 'a\0b'),
      'served | flow/schema | nodes[2].data.text must not hold the character U+0000.',
    ],
    [
      'half an emoji',
      (flow) => (flow.name = 'Nice \uD83D'),
      '- | flow/schema | name must not hold half of a surrogate pair.',
    ],
  ])('%s', (_what, change, expected) => {
    expect(issuesAfter(change)).toEqual([expected])
  })

  test('two nodes with one id', () => {
    expect(issuesAfter((flow) => (flow.nodes[3].id = 'served'))).toEqual([
      'served | flow/duplicate-id | nodes[3].id is "served" like that of nodes[2]: each node needs its own id.',
      'served | flow/dangling-edge | edges[3].target is "end", but no node has that id.',
    ])
  })

  test('an own key __proto__ is named and reaches no prototype', () => {
    const text = JSON.stringify(sampleFlow()).replace('"tags":{', '"tags":{"__proto__":{"polluted":1},')
    const parsed = parseFlow(text, sampleNodes)
    expect(parsed.ok ? [] : parsed.issues).toMatchObject([
      { code: 'flow/unknown-field', node: 'pick', path: 'nodes[1].data.tags.__proto__' },
    ])
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })
})

test('all defects of a document come at once, in the order of the document', () => {
  const found = issuesAfter((flow) => {
    flow.notes = 7
    flow.edges[2].source = 'gone'
    flow.edges[0].target = 5
    flow.nodes[3].type = 'halt'
    flow.nodes[1].data.options[1] = { id: 'x y' }
    flow.nodes[0].position = { x: 0 }
    flow.format = 'textloom'
    flow.name = null
  })
  expect(found).toEqual([
    '- | flow/schema | format must be "textloom/flow@1": this is not a Textloom flow.',
    '- | flow/schema | name must be text, not null.',
    'begin | flow/schema | nodes[0].position.y is missing: it must be a number.',
    'pick | flow/schema | nodes[1].data.options[1].id must be 1 to 64 letters, digits, hyphens or underscores.',
    'pick | flow/schema | nodes[1].data.options[1].label is missing: it must be text.',
    'end | flow/unknown-node-type | nodes[3].type is "halt", which is no node type. Known types: begin, say, pick, stop.',
    'begin | flow/schema | edges[0].target must be text, not a number.',
    '- | flow/dangling-edge | edges[2].source is "gone", but no node has that id.',
    '- | flow/schema | notes must be a list, not a number.',
  ])
})

describe("React Flow's own fields", () => {
  test('are taken and not kept', () => {
    const flow: Broken = sampleFlow()
    flow.viewport = { x: 0, y: 0, zoom: 1 }
    Object.assign(flow.nodes[0], { selected: true, dragging: false, measured: { width: 1 }, zIndex: 3, width: 200 })
    Object.assign(flow.edges[0], { selected: true, type: 'smoothstep', animated: true, data: {}, targetHandle: null })
    const kept: Broken = sampleFlow()
    kept.nodes[0].width = 200
    expect(parseFlowValue(flow, sampleNodes)).toEqual({ ok: true, flow: kept })
  })

  test('are checked nowhere, so they may hold what JSON cannot', () => {
    const flow: Broken = sampleFlow()
    flow.nodes[0].style = { onClick: () => undefined, self: flow }
    expect(parseFlowValue(flow, sampleNodes).ok).toBe(true)
  })

  test('are unknown fields inside the data of a node', () => {
    expect(issuesAfter((flow) => (flow.nodes[2].data.selected = true))).toEqual([
      'served | flow/unknown-field | nodes[2].data.selected is not a known field: known here are text.',
    ])
  })
})

test('a flow of more nodes than may be is refused in a sentence', () => {
  const end = (_: unknown, index: number) => ({ id: `n${index}`, type: 'stop', position: { x: 0, y: 0 }, data: {} })
  const flow = { ...sampleFlow(), nodes: Array.from({ length: maxNodes + 1 }, end), edges: [] }
  const parsed = parseFlowValue(flow, sampleNodes)
  expect(parsed.ok ? [] : parsed.issues.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    'nodes: nodes must have at most 25000 entries.',
  ])
})
