import { registry } from '@textloom/nodes'
import { expect, test } from 'vitest'
import { createFlowEditor } from '../flow-editor.ts'
import { toDocument } from '../flow-state.ts'
import { menuFlow } from '../testing/menu-flow.ts'

test('a flow becomes another document, and what is the same in both is not touched', () => {
  const document = { ...menuFlow(), languages: { base: 'en', others: ['hu'] } }
  const [first, ...rest] = document.nodes
  const editor = createFlowEditor({ document, registry })
  const before = editor.document.getState().flow
  const next = {
    nodes: rest,
    edges: document.edges.filter(({ source, target }) => source !== first?.id && target !== first?.id),
  }
  editor.commands.become(next, { label: 'Remove a row' })
  const after = editor.document.getState().flow
  expect(toDocument(after)).toEqual({ ...document, ...next })
  for (const { id } of rest) expect(after.nodes.get(id)).toBe(before.nodes.get(id))
  editor.document.undo()
  expect(toDocument(editor.document.getState().flow)).toEqual(document)
})

test('the same document in another order of keys is no change', () => {
  const document = menuFlow()
  const editor = createFlowEditor({ document, registry })
  const nodes = document.nodes.map(({ data, ...node }) => ({ data, ...node }))
  editor.commands.become({ nodes, edges: document.edges }, { label: 'Nothing' })
  expect(editor.document.getState().past).toEqual([])
})
