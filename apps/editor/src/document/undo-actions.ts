import type { Action } from '../shared/actions/action-registry.ts'
import type { DocumentStore } from './document-store.ts'

/** Undo and redo as keys, menus and the command palette know them. */
export function undoActions(document: DocumentStore): Action[] {
  return [
    {
      id: 'undo',
      label: 'Undo',
      group: 'Changes',
      keys: ['mod+z'],
      inFields: 'document',
      run: () => void document.undo(),
      isOn: () => document.getState().past.length > 0,
    },
    {
      id: 'redo',
      label: 'Redo',
      group: 'Changes',
      keys: ['mod+shift+z', 'mod+y'],
      inFields: 'document',
      run: () => void document.redo(),
      isOn: () => document.getState().future.length > 0,
    },
  ]
}
