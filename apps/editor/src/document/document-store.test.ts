import { registry } from '@textloom/nodes'
import { expect, test } from 'vitest'
import { createFlowEditor } from './flow-editor.ts'
import { menuFlow } from './testing/menu-flow.ts'

test('a flow that is read-only stays as it is, whatever is done to it', () => {
  const { commands, document, isReadOnly } = createFlowEditor({ document: menuFlow(), registry, isReadOnly: true })
  const before = document.getState()
  commands.addNode({ type: 'wait', position: { x: 0, y: 0 } })
  commands.removeNodes(new Set(before.flow.nodeOrder))
  commands.rename('Mine')
  expect(document.undo()).toBeUndefined()
  expect(document.getState()).toBe(before)
  expect(isReadOnly).toBe(true)
})
