import { createStore, type StoreApi } from 'zustand/vanilla'

/** A step of a session's way: a node that it came to, or, with a handle, one that it left by that exit. */
export interface PassedNode {
  readonly node: string
  readonly handle?: string
}

/** The way of the session that is shown on the canvas: one being simulated, or a real one. */
export interface RunState {
  /** Where the session is now; undefined before it began and after it ended. */
  readonly current: string | undefined
  readonly visited: ReadonlySet<string>
  /** How often the session came to each of them. */
  readonly visits: ReadonlyMap<string, number>
  /** Exits taken, as `exitKey` writes them. */
  readonly taken: ReadonlySet<string>
  /** True when the canvas keeps the current node in view. */
  readonly follow: boolean
}

/** The run store of one open flow. */
export interface RunStore extends StoreApi<RunState> {
  /** Shows a way from its beginning; `current` is where it stands. */
  showPath(path: readonly PassedNode[], current: string | undefined): void
  clear(): void
  setFollow(follow: boolean): void
}

const nothing: RunState = { current: undefined, visited: new Set(), visits: new Map(), taken: new Set(), follow: true }

/** Names an exit in `RunState.taken`. */
export function exitKey(node: string, handle: string): string {
  return `${node}:${handle}`
}

/** Makes the run store of one open flow. */
export function createRunStore(): RunStore {
  const store = createStore<RunState>()(() => nothing)
  return {
    ...store,
    showPath(path, current) {
      store.setState({
        current,
        visited: new Set(path.map(({ node }) => node)),
        visits: countsOf(path.filter(({ handle }) => handle === undefined)),
        taken: new Set(path.flatMap(({ node, handle }) => (handle === undefined ? [] : exitKey(node, handle)))),
      })
    },
    clear() {
      store.setState({ ...nothing, follow: store.getState().follow })
    },
    setFollow(follow) {
      store.setState({ follow })
    },
  }
}

function countsOf(entries: readonly PassedNode[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { node } of entries) counts.set(node, (counts.get(node) ?? 0) + 1)
  return counts
}
