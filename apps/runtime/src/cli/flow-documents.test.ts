/** Flow documents of the real node types: whatever their nodes hold, they are read, judged and compiled without a throw. */
import { type FlowDocument, formatFlow, type JsonObject, jsonSchemaOf, parseFlow, parseFlowValue } from '@textloom/core'
import { analyseFlow, compileFlow, isSound } from '@textloom/engine'
import { nodeTypes, registry } from '@textloom/nodes'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

/** Values that node data is full of, right and wrong. */
const leaf = fc.constantFrom<unknown>(
  ...['', 'x', 'PT2H', 'P1M', 'vars.a', '{{ vars.a }}', '{{ vars.', '{% if %}', 'a', 'b', 'number', 'yes-no', 'choice'],
  ...['is', 'exact', 'GET', 'https://example.org/{{ vars.a }}', 'completed', 'other', 'timeout', 'next'],
  ...[0, 1, -1, 0.5, 1e9, null, true, [], {}],
)

/** Data for a node type: each known field present or not, holding what fits its schema or anything. */
function dataOf(schema: JsonObject): fc.Arbitrary<unknown> {
  const { properties, items, anyOf, oneOf, enum: values, const: value, type } = schema
  if (value !== undefined) return fc.constant(value)
  if (Array.isArray(values)) return fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...values) }, leaf)
  const branches = (anyOf ?? oneOf) as readonly JsonObject[] | undefined
  if (branches) return fc.oneof(...branches.map(dataOf))
  if (type === 'array')
    return fc.oneof({ weight: 9, arbitrary: fc.array(dataOf((items ?? {}) as JsonObject), { maxLength: 3 }) }, leaf)
  if (type === 'object' && properties) {
    const fields = Object.entries(properties as JsonObject).map(([name, field]) => [name, dataOf(field as JsonObject)])
    const required = (schema.required ?? []) as string[]
    return fc.record(Object.fromEntries(fields), { requiredKeys: required as never })
  }
  if (type === 'integer' || type === 'number') return fc.oneof(fc.integer({ min: 0, max: 5 }), leaf)
  if (type === 'boolean') return fc.boolean()
  return leaf
}

const node = fc.oneof(
  ...nodeTypes.map(
    ({ type, schema }) =>
      fc.record({ type: fc.constant(type), data: dataOf(jsonSchemaOf(schema)) }) as fc.Arbitrary<{
        type: string
        data: unknown
      }>,
  ),
)

const documents = fc
  .record({
    nodes: fc.array(node, { minLength: 1, maxLength: 6 }),
    links: fc.array(fc.tuple(fc.nat(5), fc.nat(7), fc.nat(5)), { maxLength: 20 }),
  })
  .map(({ nodes, links }) => ({
    format: 'textloom/flow@1',
    id: 'any',
    name: 'Any',
    languages: { base: 'en' },
    variables: [{ name: 'a', type: 'text' }],
    nodes: nodes.map((one, index) => ({ id: `n${index}`, position: { x: 0, y: index }, ...one })),
    edges: links.flatMap(([from, exit, to], index) => {
      const source = nodes[from % nodes.length]
      const handles = source ? exitsOf(source) : []
      const sourceHandle = handles[exit % Math.max(1, handles.length)]
      if (sourceHandle === undefined) return []
      return [{ id: `e${index}`, source: `n${from % nodes.length}`, sourceHandle, target: `n${to % nodes.length}` }]
    }),
  }))

function exitsOf({ type, data }: { type: string; data: unknown }): readonly string[] {
  const nodeType = registry.get(type)
  const read = nodeType?.schema.safeParse(data)
  return read?.success ? (nodeType?.handles(read.data) ?? []).map(({ id }) => id) : ['next', 'other']
}

describe('any document of the real node types', () => {
  test('is refused, or read, written, judged, and compiled when it is sound', () => {
    const seen = { refused: 0, unsound: 0 }
    fc.assert(
      fc.property(documents, (document) => {
        const parsed = parseFlowValue(document, registry)
        if (!parsed.ok) {
          seen.refused += 1
          expect(parsed.issues).not.toEqual([])
          return
        }
        const once = formatFlow(parsed.flow, registry)
        expect(rewritten(once)).toBe(once)
        const issues = analyseFlow(parsed.flow, registry)
        expect(analyseFlow(parsed.flow, registry)).toEqual(issues)
        if (isSound(issues)) expect(compileFlow(parsed.flow, registry).config.id).toBe('flow')
        else seen.unsound += 1
      }),
      { numRuns: 1_500 },
    )
    // About a hundred are unsound, by chance.
    expect(Math.min(seen.refused, seen.unsound), JSON.stringify(seen)).toBeGreaterThan(50)
  })

  test('whose every exit is connected compiles', () => {
    fc.assert(
      fc.property(node, (one) => {
        const parsed = parseFlowValue(around(one), registry)
        if (!parsed.ok) return fc.pre(false)
        const issues = analyseFlow(parsed.flow, registry)
        fc.pre(isSound(issues))
        expect(Object.keys(compileFlow(parsed.flow, registry).config.states as object)).toContain('one')
      }),
      { numRuns: 500 },
    )
  })
})

test.each(nodeTypes.map(({ type, schema }) => [type, schema] as const))(
  'the data of %s takes no unknown field, at any depth',
  (_type, schema) => {
    const objects = objectsIn(jsonSchemaOf(schema))
    expect(objects.length).toBeGreaterThan(0)
    for (const object of objects) expect(object.additionalProperties).toBeDefined()
  },
)

/** A flow with one node between a start and an end, all its exits connected. */
function around(one: { type: string; data: unknown }): unknown {
  const position = { x: 0, y: 0 }
  return {
    format: 'textloom/flow@1',
    id: 'around',
    name: 'Around',
    languages: { base: 'en' },
    variables: [{ name: 'a', type: 'json' }],
    nodes: [
      { id: 'start', type: 'catch-all', position, data: {} },
      { id: 'one', position, ...one },
      { id: 'end', type: 'end', position, data: { outcome: 'completed' } },
    ],
    edges: [
      { id: 'e', source: 'start', sourceHandle: 'next', target: 'one' },
      ...exitsOf(one).map((sourceHandle, index) => ({ id: `e${index}`, source: 'one', sourceHandle, target: 'end' })),
    ],
  }
}

function rewritten(text: string): string {
  const parsed = parseFlow(text, registry)
  return parsed.ok ? formatFlow(parsed.flow satisfies FlowDocument, registry) : JSON.stringify(parsed.issues)
}

function objectsIn(schema: unknown): readonly JsonObject[] {
  if (typeof schema !== 'object' || schema === null) return []
  const inside = Object.values(schema).flatMap(objectsIn)
  return 'properties' in schema && 'type' in schema ? [schema as JsonObject, ...inside] : inside
}
