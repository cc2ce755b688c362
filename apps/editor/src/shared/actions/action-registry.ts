import { createStore } from 'zustand/vanilla'

/** Something a person can do: by keys, in menus, in the command palette. Listed once, here. */
export interface Action {
  readonly id: string
  /** What it is called everywhere, for example "Tidy up". */
  readonly label: string
  /** Heading in the list of shortcuts. */
  readonly group: string
  /** Shortcuts as `isPressed` reads them; the first is the one shown in menus. */
  readonly keys?: readonly string[]
  run(): void
  /** False while there is nothing to do it to. */
  isOn?(): boolean
  /**
   * Where the keys count while a text field has the keyboard: nowhere (absent), in fields that show the document
   * (inside `data-undo="document"`), or in all.
   */
  readonly inFields?: 'document' | 'all'
  /** Keys that another listener acts on (the focused card, the browser's own copy): listed, but not listened for. */
  readonly isListedOnly?: boolean
  /** Left out of the command palette: means something only where the keyboard is. */
  readonly isKeyOnly?: boolean
}

/** Every action of the page that is open, in the order of registration. */
export const actionRegistry = createStore<{ readonly actions: readonly Action[] }>()(() => ({ actions: [] }))

/** Adds actions; answers the way to take them out again. */
export function registerActions(actions: readonly Action[]): () => void {
  actionRegistry.setState(({ actions: others }) => ({ actions: [...others, ...actions] }))
  return () => {
    const gone = new Set(actions)
    actionRegistry.setState(({ actions: all }) => ({ actions: all.filter((action) => !gone.has(action)) }))
  }
}
