import type { FlowDocument, NodeRegistry } from '@textloom/core'
import { type Commands, createCommands } from './commands.ts'
import { createDocumentStore, type DocumentStore } from './document-store.ts'
import { type NewId, randomId } from './new-id.ts'
import { createProblemsStore, type ProblemsStore } from './problems-store.ts'
import { createRunStore, type RunStore } from './run-store.ts'
import { createViewStore, type ViewStore } from './view-store.ts'

/** One open flow: its document, everything that can be done to it, and what is shown of it. */
export interface FlowEditor {
  readonly document: DocumentStore
  readonly commands: Commands
  readonly view: ViewStore
  readonly run: RunStore
  readonly problems: ProblemsStore
  readonly registry: NodeRegistry
  /** It may be looked at and tried, not changed. */
  readonly isReadOnly: boolean
}

/** What an open flow is made of. */
export interface FlowEditorOptions {
  readonly document: FlowDocument
  readonly registry: NodeRegistry
  readonly newId?: NewId
  readonly now?: () => number
  readonly isReadOnly?: boolean
}

/** Opens a flow. */
export function createFlowEditor(options: FlowEditorOptions): FlowEditor {
  const { document, registry, newId = randomId, now, isReadOnly = false } = options
  const store = createDocumentStore(document, { now, isReadOnly })
  return {
    document: store,
    commands: createCommands(store, { registry, newId }),
    view: createViewStore(),
    run: createRunStore(),
    problems: createProblemsStore(),
    registry,
    isReadOnly,
  }
}
