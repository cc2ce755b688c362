import { createStore, type StoreApi } from 'zustand/vanilla'

/** A node that a session came through, and the exit it left by, if it has. */
export interface PassedNode {
  readonly node: string
  readonly handle?: string
}

/** The way of the session that is shown on the canvas: one being simulated, or a real one. */
export interface RunState {
  /** Where the session is now; undefined before it began and after it ended. */
  readonly current: string | undefined
  readonly visited: ReadonlySet<string>
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

const nothing: RunState = { current: undefined, visited: new Set(), taken: new Set(), follow: true }

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
