import { type FlowDocument, formatFlow, parseFlow } from '@textloom/core'
import { registry } from '@textloom/nodes'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromDocument, toDocument } from './flow-state.ts'
import { menuFlow } from './testing/menu-flow.ts'

test('a document that is opened and saved is the same document, byte for byte', () => {
  const text = formatFlow(menuFlow(), registry)
  const parsed = parseFlow(text, registry)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues))
  expect(formatFlow(toDocument(fromDocument(parsed.flow)), registry)).toBe(text)
})

test('taking apart and putting together are inverses for any ids in any order', () => {
  const id = fc.oneof(fc.constantFrom('constructor', '__proto__', '10', '9', 'toString'), fc.string({ minLength: 1 }))
  const node = fc.record({ id, type: fc.constant('message') })
  fc.assert(
    fc.property(fc.uniqueArray(node, { selector: (one) => one.id }), fc.uniqueArray(id), (drawn, edgeIds) => {
      const nodes = drawn.map((one) => ({ ...one, position: { x: 0, y: 0 }, data: { text: '' } }))
      const edges = edgeIds.map((edgeId) => ({ id: edgeId, source: 'a', sourceHandle: 'next', target: 'b' }))
      const document: FlowDocument = { ...menuFlow(), nodes, edges }
      expect(toDocument(fromDocument(document))).toEqual(document)
    }),
  )
})
