import { cyclicParts, graphOf, shortestCycle } from './graph.ts'
import { soundness } from './issue-codes.ts'
import type { Check, SubjectNode } from './subject.ts'

/** Most node names that one sentence lists. */
const maxNamed = 12

/**
 * Circles in which nothing waits: every node on one is named by at least one issue. A node that waits breaks the circle,
 * even where its wait may be short; so does an exit that can be taken only so often.
 */
export const checkLoops: Check = ({ flow, nodes }) => {
  const indexOf = new Map(nodes.map(({ id, index }) => [id, index]))
  const waiting = new Set(nodes.filter(rests).map(({ id }) => id))
  const bounded = new Map(nodes.map(({ id, nodeType }) => [id, nodeType.boundedExits ?? []]))
  const edges = flow.edges.filter(({ source, sourceHandle }) => !bounded.get(source)?.includes(sourceHandle))
  const graph = graphOf({ ...flow, edges }, (id) => !waiting.has(id))
  return cyclicParts(graph).flatMap((part) => {
    const members = new Set(part)
    const within = new Map(part.map((id) => [id, (graph.get(id) ?? []).filter((next) => members.has(next))]))
    const named = new Set<string>()
    const inOrder = part.toSorted((left, right) => (indexOf.get(left) ?? 0) - (indexOf.get(right) ?? 0))
    return inOrder.flatMap((id) => {
      const circle = named.has(id) ? undefined : shortestCycle(within, id)
      if (!circle) return []
      for (const member of circle) named.add(member)
      const message = `${inWords(circle)} A session would go round without end: put a node that waits on the way.`
      return [soundness('flow/loop-without-wait', `nodes[${indexOf.get(id)}]`, message, id)]
    })
  })
}

function rests({ nodeType, data }: SubjectNode): boolean {
  return nodeType.waits !== null && (nodeType.rests?.(data) ?? true)
}

function inWords(circle: readonly string[]): string {
  const quoted = circle.map((id) => `"${id}"`)
  if (circle.length === 1) return `Node ${quoted[0]} leads to itself without a wait.`
  const shown = quoted.length > maxNamed ? [...quoted.slice(0, maxNamed - 1), '…', ...quoted.slice(-1)] : quoted
  return `Nodes ${[...shown, quoted[0]].join(' → ')} form a circle without a wait.`
}
