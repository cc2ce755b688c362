import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleFlow, sampleNodes } from '../testing/index.ts'
import { formatFlow } from './format.ts'
import { maxFlowOctets, type ParsedFlow, parseFlow, parseFlowValue } from './parse.ts'

/** Either a flow that can be written and read again, or at least one issue with a sentence. */
function expectAnAnswer(parsed: ParsedFlow): void {
  if (parsed.ok) {
    const text = formatFlow(parsed.flow, sampleNodes)
    expect(parseFlow(text, sampleNodes)).toEqual(parsed)
    return
  }
  expect(parsed.issues.length).toBeGreaterThan(0)
  for (const issue of parsed.issues) {
    expect(issue.kind).toBe('structure')
    expect(issue.message).toMatch(/^\S.*[.?]$/u)
  }
}

describe('reading a document never throws', () => {
  test('on any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expectAnAnswer(parseFlow(text, sampleNodes))))
  })

  test('on any JSON', () => {
    fc.assert(fc.property(fc.json({ maxDepth: 6 }), (text) => expectAnAnswer(parseFlow(text, sampleNodes))))
  })

  test('on any value', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
    })
    fc.assert(fc.property(anything, (value) => expectAnAnswer(parseFlowValue(value, sampleNodes))))
  })

  test('on a value that holds itself', () => {
    const flow = { ...sampleFlow(), tests: [] as unknown[] }
    flow.tests.push(flow)
    expectAnAnswer(parseFlowValue(flow, sampleNodes))
  })

  test('on a valid document with anything put anywhere', () => {
    const places = placesIn(sampleFlow())
    const edit = fc.record({
      place: fc.constantFrom(...places),
      value: fc.oneof(fc.jsonValue(), fc.constantFrom(...places.map(({ value }) => value))),
      remove: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const document = structuredClone(sampleFlow())
        for (const { place, value, remove } of edits) put(document, place.path, remove ? undefined : value)
        expectAnAnswer(parseFlowValue(document, sampleNodes))
      }),
      { numRuns: 500 },
    )
  })
})

test.each([
  ['unknown fields', () => ({ ...sampleFlow(), ...Object.fromEntries(many(200_000).map((i) => [`f${i}`, 0])) })],
  [
    'dangling edges',
    () => ({
      ...sampleFlow(),
      edges: many(50_000).map((i) => ({ id: `e${i}`, source: 'x', sourceHandle: 'n', target: `t${i}` })),
    }),
  ],
  [
    'nodes in one another',
    () => ({
      ...sampleFlow(),
      nodes: many(40_000).map((i) => ({
        id: `n${i}`,
        type: 'begin',
        position: { x: 0, y: 0 },
        data: {},
        parentId: `n${i + 1}`,
      })),
    }),
  ],
  [
    'unknown node types',
    () => ({
      ...sampleFlow(),
      nodes: many(50_000).map((i) => ({ id: `n${i}`, type: `t${i}`, position: { x: 0, y: 0 }, data: {} })),
    }),
  ],
])('the largest document full of %s is answered in seconds', { timeout: 30_000 }, (_what, make) => {
  const text = JSON.stringify(make())
  expect(text.length).toBeLessThan(maxFlowOctets)
  const startMs = performance.now()
  expect(parseFlow(text, sampleNodes).ok).toBe(false)
  expect(performance.now() - startMs).toBeLessThan(20_000)
})

interface Place {
  readonly path: readonly string[]
  readonly value: unknown
}

function placesIn(value: unknown, path: readonly string[] = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }]
  const inside = Object.entries(value).flatMap(([key, item]) => placesIn(item, [...path, key]))
  return path.length === 0 ? inside : [{ path, value }, ...inside]
}

/** Puts a value at a place, unless an earlier edit has taken the place away. */
function put(root: object, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path
  if (key === undefined) return
  if (rest.length === 0) {
    if (value === undefined) Reflect.deleteProperty(root, key)
    else Reflect.set(root, key, value)
    return
  }
  const next: unknown = Reflect.get(root, key)
  if (typeof next === 'object' && next !== null) put(next, rest, value)
}

function many(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index)
}
