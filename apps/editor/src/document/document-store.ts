import type { FlowDocument } from '@textloom/core'
import type { Draft } from 'immer'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { type FlowState, fromDocument } from './flow-state.ts'
import { beginHistory, type ChangeInfo, change, type History, redo, undo } from './history.ts'

/** The document and its history. Selection, viewport and what is being simulated are kept elsewhere. */
export type DocumentState = History

/** The one place where a flow changes: by labelled changes only, each of which can be undone. */
export interface DocumentStore extends Pick<StoreApi<DocumentState>, 'getState' | 'getInitialState' | 'subscribe'> {
  /** Does something to the flow as one labelled step; false when nothing changed. */
  run(info: ChangeInfo, recipe: (draft: Draft<FlowState>) => void): boolean
  /** Takes the last step back; answers its label. */
  undo(): string | undefined
  /** Does the step that was taken back again; answers its label. */
  redo(): string | undefined
  /** Puts another document in place; its history begins anew. */
  load(document: FlowDocument): void
}

/** How a document is kept. */
export interface DocumentStoreOptions {
  /** Tells bursts of typing apart. */
  readonly now?: (() => number) | undefined
  /** Nothing that is done to it has an effect. */
  readonly isReadOnly?: boolean
}

/** Makes the store of one open flow. */
export function createDocumentStore(document: FlowDocument, options: DocumentStoreOptions = {}): DocumentStore {
  const { now = Date.now, isReadOnly = false } = options
  const store = createStore<DocumentState>()(() => beginHistory(fromDocument(document)))
  const { getState, getInitialState, subscribe, setState } = store
  return {
    getState,
    getInitialState,
    subscribe,
    run(info, recipe) {
      if (isReadOnly) return false
      const before = getState()
      const after = change(before, info, recipe, now())
      if (after === before) return false
      setState(after, true)
      return true
    },
    undo() {
      const label = getState().past.at(-1)?.label
      if (label !== undefined) setState(undo(getState()), true)
      return label
    },
    redo() {
      const label = getState().future[0]?.label
      if (label !== undefined) setState(redo(getState()), true)
      return label
    },
    load(next) {
      setState(beginHistory(fromDocument(next)), true)
    },
  }
}
