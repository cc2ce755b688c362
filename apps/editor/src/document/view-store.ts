import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ExitOf } from './commands/nodes.ts'

/** What is looked at and picked out. None of it is part of the document or of its history. */
export interface ViewState {
  readonly selectedNodes: ReadonlySet<string>
  readonly selectedEdges: ReadonlySet<string>
  /** The node whose fields are open beside the canvas. */
  readonly inspected: string | undefined
  /** Asks the canvas to bring a node into view; a new object each time. */
  readonly reveal: { readonly node: string; readonly focus: boolean } | undefined
  /** Asks the inspector to put the cursor into a field of the inspected node: a path within its data. */
  readonly focusField: { readonly node: string; readonly path: string } | undefined
  /** The exit the keyboard is on. */
  readonly exit: ExitOf | undefined
}

/** The view of one open flow, with everything that can be done to it. */
export interface ViewStore extends StoreApi<ViewState> {
  select(nodes: Iterable<string>, edges?: Iterable<string>): void
  /** Selects one node and opens its fields. */
  inspect(node: string | undefined): void
  /** Brings a node into view and selects it; `focus` puts the keyboard there too. */
  show(node: string, options?: { focus?: boolean; path?: string }): void
}

const nothing: ViewState = {
  selectedNodes: new Set(),
  selectedEdges: new Set(),
  inspected: undefined,
  reveal: undefined,
  focusField: undefined,
  exit: undefined,
}

/** Makes the view store of one open flow. */
export function createViewStore(): ViewStore {
  const store = createStore<ViewState>()(() => nothing)
  return {
    ...store,
    select(nodes, edges = []) {
      const { selectedNodes, selectedEdges } = store.getState()
      const next = { selectedNodes: new Set(nodes), selectedEdges: new Set(edges) }
      if (isSame(next.selectedNodes, selectedNodes) && isSame(next.selectedEdges, selectedEdges)) return
      store.setState(next)
    },
    inspect(node) {
      store.setState(node === undefined ? { inspected: node } : { inspected: node, selectedNodes: new Set([node]) })
    },
    show(node, { focus = true, path } = {}) {
      store.setState({
        selectedNodes: new Set([node]),
        selectedEdges: new Set(),
        reveal: { node, focus },
        ...(path === undefined ? {} : { inspected: node, focusField: { node, path } }),
      })
    },
  }
}

function isSame(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size === right.size && [...left].every((item) => right.has(item))
}
