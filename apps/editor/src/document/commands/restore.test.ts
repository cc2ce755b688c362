import { type FlowDocument, flowFormat } from '@textloom/core'
import { expect, test } from 'vitest'
import { createDocumentStore } from '../document-store.ts'
import { toDocument } from '../flow-state.ts'
import { restore } from './restore.ts'

const older: FlowDocument = {
  format: flowFormat,
  id: 'offer',
  name: 'Offer',
  languages: { base: 'en' },
  nodes: [{ id: 'a', type: 'end', position: { x: 0, y: 0 }, data: {} }],
  edges: [],
}

const newer: FlowDocument = {
  ...older,
  name: 'Spring offer',
  variables: [{ name: 'size', type: 'text' }],
  nodes: [...older.nodes, { id: 'b', type: 'end', position: { x: 0, y: 200 }, data: {} }],
}

test('an older version comes back whole, in one step that can be undone and done again', () => {
  const store = createDocumentStore(newer)
  store.run({ label: 'Go back to v1' }, (draft) => restore(draft, older))
  expect(toDocument(store.getState().flow)).toEqual(older)
  expect(store.undo()).toBe('Go back to v1')
  expect(toDocument(store.getState().flow)).toEqual(newer)
  store.redo()
  expect(toDocument(store.getState().flow)).toEqual(older)
})
