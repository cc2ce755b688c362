import type { NodeRegistry } from '@textloom/core'
import { edgesOf, type FlowState, nodesOf } from '../../../document/flow-state.ts'
import { exitsOf } from '../../../document/node-reading.ts'

/** Where an arrow key leads to from a card. */
export type Direction = 'down' | 'up' | 'left' | 'right'

/**
 * The next card in a direction: down along the first exit that leads somewhere, up to what leads here (the nearest
 * above), left and right among the cards that the same step leads to, or among those at the same height.
 */
export function walk(flow: FlowState, from: string, direction: Direction, registry: NodeRegistry): string | undefined {
  if (direction === 'down') return followers(flow, from, registry)[0] ?? nearest(flow, from, direction)
  if (direction === 'up') return leaders(flow, from)[0] ?? nearest(flow, from, direction)
  const step = direction === 'right' ? 1 : -1
  const [parent] = leaders(flow, from)
  const siblings = parent === undefined ? [] : followers(flow, parent, registry)
  const sibling = siblings[siblings.indexOf(from) + step]
  return siblings.includes(from) && sibling !== undefined ? sibling : nearest(flow, from, direction)
}

/** What a node leads to, in the order of its exits, each once. */
function followers(flow: FlowState, from: string, registry: NodeRegistry): string[] {
  const node = flow.nodes.get(from)
  if (!node) return []
  const edges = edgesOf(flow).filter(({ source }) => source === from)
  const targets = exitsOf(node, registry).flatMap(({ id }) =>
    edges.filter(({ sourceHandle }) => sourceHandle === id).map(({ target }) => target),
  )
  return [...new Set(targets)].filter((id) => id !== from)
}

/** What leads to a node, those above it first, the nearest of them foremost. */
function leaders(flow: FlowState, to: string): string[] {
  const here = flow.nodes.get(to)?.position
  if (!here) return []
  const sources = [
    ...new Set(
      edgesOf(flow)
        .filter(({ target }) => target === to)
        .map(({ source }) => source),
    ),
  ]
  const rank = (id: string) => {
    const { x, y } = flow.nodes.get(id)?.position ?? here
    return (y < here.y ? 0 : 1_000_000) + Math.abs(here.y - y) + Math.abs(here.x - x) / 2
  }
  return sources.filter((id) => id !== to).sort((left, right) => rank(left) - rank(right))
}

/** The card nearest in a direction on the canvas, for what no edge leads to. */
function nearest(flow: FlowState, from: string, direction: Direction): string | undefined {
  const here = flow.nodes.get(from)?.position
  if (!here) return undefined
  const candidates = nodesOf(flow).flatMap(({ id, position }) => {
    const dx = position.x - here.x
    const dy = position.y - here.y
    const [ahead, aside] = { down: [dy, dx], up: [-dy, dx], right: [dx, dy], left: [-dx, dy] }[direction]
    if (id === from || ahead === undefined || aside === undefined || ahead <= 0) return []
    // Rather what lies ahead than what is near but mostly aside.
    const isAhead = Math.abs(aside) <= ahead
    return [{ id, cost: ahead + 2 * Math.abs(aside) + (isAhead ? 0 : 1_000_000) }]
  })
  return candidates.sort((left, right) => left.cost - right.cost)[0]?.id
}
