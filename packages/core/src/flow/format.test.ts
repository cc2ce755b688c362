import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleFlow, sampleNodes } from '../testing/index.ts'
import type { FlowDocument } from './document.ts'
import { formatFlow } from './format.ts'
import { parseFlow, parseFlowValue } from './parse.ts'

function read(text: string): FlowDocument {
  const parsed = parseFlow(text, sampleNodes)
  if (!parsed.ok) throw new Error(parsed.issues.map(({ message }) => message).join('\n'))
  return parsed.flow
}

/** The same value with the keys of all its objects in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, shuffled(item)]),
  )
}

describe('the canonical form', () => {
  const canonical = formatFlow(sampleFlow(), sampleNodes)

  test('is indented by two spaces and ends in one line feed', () => {
    expect(canonical.startsWith('{\n  "format": "textloom/flow@1",\n  "id": "sample",\n')).toBe(true)
    expect(canonical.endsWith('\n}\n')).toBe(true)
    expect(canonical).not.toContain('\r')
  })

  test('comes back byte for byte', () => {
    expect(formatFlow(read(canonical), sampleNodes)).toBe(canonical)
  })

  test('is the same whatever order and spacing the keys came in', () => {
    const tags = sampleFlow().nodes[1]!.data.tags
    const mixed = shuffled(sampleFlow())
    const parsed = parseFlowValue(mixed, sampleNodes)
    if (!parsed.ok) throw new Error('the sample is sound')
    // Tags are the author's own: their order is kept, so it is put back before comparing.
    const nodes = parsed.flow.nodes.map((node) =>
      node.id === 'pick' ? { ...node, data: { ...node.data, tags: tags! } } : node,
    )
    expect(formatFlow({ ...parsed.flow, nodes }, sampleNodes)).toBe(canonical)
  })

  test("keeps the order of the author's own keys", () => {
    const flow = sampleFlow()
    flow.translations = { hu: { 'served.text': 'Egy…', 'a.b': '' }, de: {} }
    const written = formatFlow(flow, sampleNodes)
    expect(Object.keys(JSON.parse(written).translations)).toEqual(['hu', 'de'])
    expect(Object.keys(JSON.parse(written).translations.hu)).toEqual(['served.text', 'a.b'])
    expect(Object.keys(JSON.parse(written).nodes[1].data.tags)).toEqual(['z', 'a'])
  })

  test('adds no defaults', () => {
    expect(canonical).not.toContain('"tries": 3')
    expect(JSON.parse(canonical)).toEqual(sampleFlow())
  })

  test('leaves the document it was given as it was', () => {
    const flow = sampleFlow()
    formatFlow(flow, sampleNodes)
    expect(JSON.stringify(flow)).toBe(JSON.stringify(sampleFlow()))
  })

  test('of a canonical text is that text, for any flow', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 })
    fc.assert(
      fc.property(text, fc.dictionary(text, fc.jsonValue()), fc.boolean(), (words, tags, mix) => {
        const flow = sampleFlow()
        flow.name = words.slice(0, 50)
        flow.nodes[1]!.data = { ...flow.nodes[1]!.data, tags: JSON.parse(JSON.stringify(tags)) }
        const parsed = parseFlowValue(mix ? shuffled(flow) : flow, sampleNodes)
        fc.pre(parsed.ok)
        const once = formatFlow(parsed.flow, sampleNodes)
        expect(formatFlow(read(once), sampleNodes)).toBe(once)
      }),
    )
  })
})
