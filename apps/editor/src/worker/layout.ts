import { layout as dagreLayout, Graph } from '@dagrejs/dagre'

/** A flow as far as its drawing is concerned. Edges of a node come in the order of its exits. */
export interface LayoutInput {
  readonly nodes: readonly { readonly id: string; readonly width: number; readonly height: number }[]
  readonly edges: readonly { readonly source: string; readonly target: string }[]
  /** Nodes that begin something: they stand on top. */
  readonly starts: readonly string[]
}

/** Top left corners, on the grid. */
export type LayoutResult = ReadonlyMap<string, { readonly x: number; readonly y: number }>

/**
 * Draws a flow from top to bottom: what follows stands lower, the exits of a node lead from left to right. Edges that
 * lead back are left out of the sum, or they would turn the drawing upside down.
 */
export function layoutFlow({ nodes, edges, starts }: LayoutInput, gridPx = 20): LayoutResult {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'TB', nodesep: 60, ranksep: 80, edgesep: 30 })
  graph.setDefaultEdgeLabel(() => ({}))
  const forward = forwardEdges(nodes, edges, starts)
  // The first sight of a node decides its place among its neighbours, so nodes come in the order of the walk.
  for (const id of forward.order) {
    const node = nodes.find((one) => one.id === id)
    if (node) graph.setNode(id, { width: node.width, height: node.height })
  }
  for (const { source, target } of forward.edges) graph.setEdge(source, target)
  dagreLayout(graph, { disableOptimalOrderHeuristic: true })
  return new Map(
    nodes.map(({ id, width }) => {
      const { x = 0, y = 0, height = 0 } = graph.node(id)
      return [id, { x: snap(x - width / 2, gridPx), y: snap(y - height / 2, gridPx) }]
    }),
  )
}

/** Nodes in the order in which a walk from the starts meets them, and the edges that do not lead back on that walk. */
function forwardEdges(
  nodes: LayoutInput['nodes'],
  edges: LayoutInput['edges'],
  starts: readonly string[],
): { order: readonly string[]; edges: LayoutInput['edges'] } {
  const leaving = Map.groupBy(edges, ({ source }) => source)
  const state = new Map<string, 'open' | 'done'>()
  const order: string[] = []
  const kept: { source: string; target: string }[] = []
  for (const root of [...starts, ...nodes.map(({ id }) => id)]) {
    if (state.has(root)) continue
    const stack: { id: string; rest: LayoutInput['edges'] }[] = []
    const enter = (id: string) => {
      state.set(id, 'open')
      order.push(id)
      stack.push({ id, rest: leaving.get(id) ?? [] })
    }
    enter(root)
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const [next, ...rest] = top.rest
      top.rest = rest
      if (!next) {
        state.set(top.id, 'done')
        stack.pop()
      } else if (state.get(next.target) !== 'open') {
        kept.push(next)
        if (!state.has(next.target)) enter(next.target)
      }
    }
  }
  return { order, edges: kept }
}

function snap(value: number, gridPx: number): number {
  return Math.round(value / gridPx) * gridPx
}
