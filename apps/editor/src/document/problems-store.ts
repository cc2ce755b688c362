import type { Issue } from '@textloom/core'
import { createStore, type StoreApi } from 'zustand/vanilla'

/** What is not right yet, as the analysis last saw it. */
export interface ProblemsState {
  readonly issues: readonly Issue[]
  /** The same by node; a node whose issues did not change keeps its list. */
  readonly byNode: ReadonlyMap<string, readonly Issue[]>
  /** True while the document has changed since. */
  readonly isStale: boolean
}

/** The problems of one open flow. */
export interface ProblemsStore extends StoreApi<ProblemsState> {
  show(issues: readonly Issue[]): void
  markStale(): void
}

/** Makes the problems store of one open flow. */
export function createProblemsStore(): ProblemsStore {
  const store = createStore<ProblemsState>()(() => ({ issues: [], byNode: new Map(), isStale: true }))
  return {
    ...store,
    show(issues) {
      store.setState({ issues, byNode: groupByNode(issues, store.getState().byNode), isStale: false })
    },
    markStale() {
      if (!store.getState().isStale) store.setState({ isStale: true })
    },
  }
}

/** Issues by node; lists that say the same as before are the same lists. */
function groupByNode(
  issues: readonly Issue[],
  before: ReadonlyMap<string, readonly Issue[]>,
): ReadonlyMap<string, readonly Issue[]> {
  const groups = Map.groupBy(
    issues.filter(({ node }) => node !== undefined),
    ({ node = '' }) => node,
  )
  return new Map(
    [...groups].map(([node, list]) => {
      const earlier = before.get(node)
      return [node, earlier !== undefined && JSON.stringify(earlier) === JSON.stringify(list) ? earlier : list]
    }),
  )
}
