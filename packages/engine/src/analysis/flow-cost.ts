import type { FlowDocument, NodeRegistry } from '@textloom/core'
import { countSegments } from '@textloom/sms'
import { cyclicParts, type Graph, graphOf, reachableFrom } from './graph.ts'
import { messageTexts } from './message-texts.ts'
import { type Subject, subjectOf } from './subject.ts'

/** What one conversation costs in one language, in segments sent. */
export interface FlowCost {
  readonly language: string
  /** On the cheapest way from a start to an end. */
  readonly least: number
  /** On the dearest way, with every retry used, and each loop gone round once. */
  readonly most: number
}

/**
 * What a flow can cost, a row for each of its languages; none when no way leads from a start to an end. Values that are
 * filled in count as one letter at the least and twenty at the most.
 */
export function flowCosts(flow: FlowDocument, registry: NodeRegistry): readonly FlowCost[] {
  const subject = subjectOf(flow, registry)
  const graph = graphOf(flow)
  const starts = subject.nodes.filter(({ nodeType }) => nodeType.start).map(({ id }) => id)
  return [flow.languages.base, ...(flow.languages.others ?? [])].flatMap((language) => {
    const costs = nodeCosts(subject, language)
    const least = cheapest(graph, starts, costs)
    return least === undefined ? [] : [{ language, least, most: dearest(graph, starts, costs) }]
  })
}

interface NodeCost {
  readonly least: number
  readonly most: number
}

function nodeCosts({ flow, nodes }: Subject, language: string): ReadonlyMap<string, NodeCost> {
  return new Map(
    nodes.map((node) => {
      const texts = messageTexts(node, language, flow)
      const total = (end: 'shortest' | 'longest', count: 'least' | 'most') =>
        texts.reduce((sum, { extent, times }) => sum + countSegments(extent[end]).segments * times[count], 0)
      return [node.id, { least: total('shortest', 'least'), most: total('longest', 'most') }]
    }),
  )
}

/** Dijkstra's algorithm with a queue for each cost: costs are small whole numbers. */
function cheapest(graph: Graph, starts: readonly string[], costs: ReadonlyMap<string, NodeCost>): number | undefined {
  const settled = new Set<string>()
  const queues: string[][] = []
  const reach = (id: string, cost: number) => {
    const queue = queues[cost] ?? []
    queue.push(id)
    queues[cost] = queue
  }
  for (const id of starts) reach(id, costs.get(id)?.least ?? 0)
  for (let cost = 0; cost < queues.length; cost += 1) {
    for (const id of queues[cost] ?? []) {
      if (settled.has(id)) continue
      settled.add(id)
      const next = graph.get(id) ?? []
      if (next.length === 0) return cost
      for (const each of next) if (!settled.has(each)) reach(each, cost + (costs.get(each)?.least ?? 0))
    }
  }
  return undefined
}

/** The longest way through the flow with each loop drawn together to one node, which costs all that is in it. */
function dearest(graph: Graph, starts: readonly string[], costs: ReadonlyMap<string, NodeCost>): number {
  const partOf = new Map(cyclicParts(graph).flatMap((part) => part.map((id) => [id, part] as const)))
  const known = new Map<string, number>()
  const membersOf = (id: string) => partOf.get(id) ?? [id]
  const beyond = (id: string) => {
    const members = membersOf(id)
    return members.flatMap((member) => (graph.get(member) ?? []).filter((next) => !members.includes(next)))
  }
  const keyOf = (id: string) => membersOf(id)[0] ?? id
  // Depth first with a stack of its own, since a flow may be a chain of many thousand nodes.
  const stack = [...starts]
  for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
    const open = beyond(id).filter((next) => !known.has(keyOf(next)))
    if (known.has(keyOf(id)) || open.length === 0) {
      stack.pop()
      const own = membersOf(id).reduce((sum, member) => sum + (costs.get(member)?.most ?? 0), 0)
      known.set(keyOf(id), own + Math.max(0, ...beyond(id).map((next) => known.get(keyOf(next)) ?? 0)))
    } else stack.push(...open)
  }
  return Math.max(
    0,
    ...[...reachableFrom(graph, starts)].filter((id) => starts.includes(id)).map((id) => known.get(keyOf(id)) ?? 0),
  )
}
