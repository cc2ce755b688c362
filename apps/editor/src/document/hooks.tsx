import type { Issue } from '@textloom/core'
import { createContext, type ReactNode, useContext } from 'react'
import { useStore } from 'zustand'
import type { DocumentState } from './document-store.ts'
import type { FlowEditor } from './flow-editor.ts'
import type { FlowState } from './flow-state.ts'
import type { RunState } from './run-store.ts'
import type { ViewState } from './view-store.ts'

const EditorContext = createContext<FlowEditor | undefined>(undefined)

/** Hands the open flow to everything below. */
export function FlowEditorProvider({ editor, children }: { editor: FlowEditor; children: ReactNode }) {
  return <EditorContext value={editor}>{children}</EditorContext>
}

/** The open flow; its identity never changes while it is open. */
export function useFlowEditor(): FlowEditor {
  const editor = useContext(EditorContext)
  if (!editor) throw new Error('This part of the page belongs inside a FlowEditorProvider.')
  return editor
}

/** Part of the document; renders again only when that part changes. */
export function useFlow<Part>(select: (flow: FlowState) => Part): Part {
  return useStore(useFlowEditor().document, ({ flow }) => select(flow))
}

/** Part of the history: what can be undone and redone. */
export function useHistory<Part>(select: (state: DocumentState) => Part): Part {
  return useStore(useFlowEditor().document, select)
}

/** Part of what is looked at. */
export function useView<Part>(select: (view: ViewState) => Part): Part {
  return useStore(useFlowEditor().view, select)
}

/** Part of the way that is shown. */
export function useRun<Part>(select: (run: RunState) => Part): Part {
  return useStore(useFlowEditor().run, select)
}

const none: readonly Issue[] = []

/** Every problem of the flow. */
export function useProblems(): readonly Issue[] {
  return useStore(useFlowEditor().problems, ({ issues }) => issues)
}

/** The problems of one node. */
export function useNodeProblems(node: string): readonly Issue[] {
  return useStore(useFlowEditor().problems, ({ byNode }) => byNode.get(node) ?? none)
}
