import { registry } from '@textloom/nodes'
import { useEffect, useState } from 'react'
import { createFlowEditor } from '../document/flow-editor.ts'
import { FlowEditorProvider } from '../document/hooks.tsx'
import { Canvas } from '../features/canvas/Canvas.tsx'
import type { SessionWayProps } from '../features/sessions/way.ts'

/** The canvas of a published flow with the way of one session lit; nothing on it can be changed. */
export function SessionWay({ document, passed, current, failure }: SessionWayProps) {
  // The way is there before the canvas is, which then begins with it in view; what comes later is followed.
  const [{ editor, among }] = useState(() => {
    const editor = createFlowEditor({ document, registry })
    editor.run.showPath(passed, current)
    return {
      editor,
      among: new Set([...passed.map(({ node }) => node), ...(failure?.node === undefined ? [] : [failure.node])]),
    }
  })
  useEffect(() => editor.run.showPath(passed, current), [editor, passed, current])
  useEffect(() => {
    const { code = '', message = '', node } = failure ?? {}
    editor.problems.show(
      node === undefined ? [] : [{ code, severity: 'error', kind: 'soundness', node, path: '', message }],
    )
  }, [editor, failure])
  return (
    <FlowEditorProvider editor={editor}>
      <Canvas readOnly among={among} arrange={stayPut} />
    </FlowEditorProvider>
  )
}

/** What cannot be changed is not tidied up either. */
async function stayPut() {
  return new Map()
}
