import type { FlowDocument } from '@textloom/core'

/** Where one can go from each node along its edges, each next node once, in the order of the edges. */
export type Graph = ReadonlyMap<string, readonly string[]>

/** The graph of a flow; `passes` leaves out nodes that are not to be walked through. */
export function graphOf({ nodes, edges }: FlowDocument, passes: (nodeId: string) => boolean = () => true): Graph {
  const graph = new Map(nodes.filter(({ id }) => passes(id)).map(({ id }) => [id, new Set<string>()]))
  for (const { source, target } of edges) if (graph.has(target)) graph.get(source)?.add(target)
  return new Map([...graph].map(([id, next]) => [id, [...next]]))
}

/** Every node that can be reached from some nodes, themselves included. */
export function reachableFrom(graph: Graph, starts: Iterable<string>): ReadonlySet<string> {
  const reached = new Set(starts)
  // A set hands out what is added while it is walked.
  for (const id of reached) for (const next of graph.get(id) ?? []) reached.add(next)
  return reached
}

/** A shortest way from a node back to itself, beginning with it; undefined when there is none. */
export function shortestCycle(graph: Graph, start: string): readonly string[] | undefined {
  const cameFrom = new Map<string, string>()
  const queue = [start]
  for (const id of queue) {
    for (const next of graph.get(id) ?? []) {
      if (next === start) return wayTo(id, cameFrom)
      if (cameFrom.has(next)) continue
      cameFrom.set(next, id)
      queue.push(next)
    }
  }
  return undefined
}

function wayTo(end: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const way: string[] = []
  for (let id: string | undefined = end; id !== undefined; id = cameFrom.get(id)) way.push(id)
  return way.reverse()
}

/**
 * The strongly connected parts that hold a cycle: nodes of one part can all reach each other. Tarjan's algorithm with
 * a stack of its own, since a flow may be a chain of many thousand nodes.
 */
export function cyclicParts(graph: Graph): readonly (readonly string[])[] {
  const parts: string[][] = []
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const open: string[] = []
  const isOpen = new Set<string>()

  function enter(id: string) {
    lowest.set(id, order.size)
    order.set(id, order.size)
    open.push(id)
    isOpen.add(id)
    return { id, next: (graph.get(id) ?? []).values() }
  }
  function lower(id: string, to: number | undefined) {
    if (to !== undefined && to < (lowest.get(id) ?? 0)) lowest.set(id, to)
  }
  function leave(id: string) {
    if (lowest.get(id) !== order.get(id)) return
    const part = open.splice(open.lastIndexOf(id))
    for (const member of part) isOpen.delete(member)
    if (part.length > 1 || graph.get(id)?.includes(id)) parts.push(part)
  }

  for (const root of graph.keys()) {
    if (order.has(root)) continue
    const walk = [enter(root)]
    for (let at = walk.at(-1); at; at = walk.at(-1)) {
      const { value: next, done } = at.next.next()
      if (done) {
        leave(at.id)
        walk.pop()
        const parent = walk.at(-1)
        if (parent) lower(parent.id, lowest.get(at.id))
      } else if (!order.has(next)) walk.push(enter(next))
      else if (isOpen.has(next)) lower(at.id, order.get(next))
    }
  }
  return parts
}
