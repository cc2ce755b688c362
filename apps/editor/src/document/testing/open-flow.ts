import type { FlowDocument } from '@textloom/core'
import { registry } from '@textloom/nodes'
import { createFlowEditor, type FlowEditor } from '../flow-editor.ts'
import { toDocument } from '../flow-state.ts'
import { countingIds } from '../new-id.ts'
import { menuFlow } from './menu-flow.ts'

/** An open flow whose ids count up and whose clock stands until it is moved. */
export interface OpenFlow extends FlowEditor {
  readonly clock: { now: number }
  /** `source:handle→target` of every edge, in order. */
  edges(): string[]
  toDocument(): FlowDocument
}

/** Opens a document for a test. */
export function openFlow(document: FlowDocument = menuFlow()): OpenFlow {
  const clock = { now: 0 }
  const editor = createFlowEditor({ document, registry, newId: countingIds(), now: () => clock.now })
  const read = () => toDocument(editor.document.getState().flow)
  return {
    ...editor,
    clock,
    toDocument: read,
    edges: () => read().edges.map(({ source, sourceHandle, target }) => `${source}:${sourceHandle}→${target}`),
  }
}
