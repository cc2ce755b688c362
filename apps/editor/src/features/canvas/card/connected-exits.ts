import type { FlowEdge } from '@textloom/core'
import type { FlowState } from '../../../document/flow-state.ts'

const indexes = new WeakMap<FlowState['edges'], ReadonlyMap<string, string>>()

/** The exits of a node that lead somewhere, as one text, so that a card is drawn again only when they change. */
export function connectedExits({ edges }: Pick<FlowState, 'edges'>, node: string): string {
  const index = indexes.get(edges) ?? indexOf(edges)
  indexes.set(edges, index)
  return index.get(node) ?? ''
}

function indexOf(edges: FlowState['edges']): ReadonlyMap<string, string> {
  const bySource = Map.groupBy<string, FlowEdge>(edges.values(), ({ source }) => source)
  return new Map(
    [...bySource].map(([source, list]) => [
      source,
      list
        .map(({ sourceHandle }) => sourceHandle)
        .sort()
        .join(' '),
    ]),
  )
}
