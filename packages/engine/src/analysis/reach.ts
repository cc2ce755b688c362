import { graphOf, reachableFrom } from './graph.ts'
import { soundness } from './issue-codes.ts'
import type { Check } from './subject.ts'

/** A flow can begin, and every node of it can be come to. */
export const checkReach: Check = ({ flow, nodes }) => {
  const starts = nodes.filter(({ nodeType }) => nodeType.start).map(({ id }) => id)
  if (starts.length === 0) {
    const message = 'Nothing starts this flow: add a start node, such as a keyword, and connect it to the first step.'
    return [soundness('flow/no-start', 'nodes', message)]
  }
  const reached = reachableFrom(graphOf(flow), starts)
  return nodes
    .filter(({ id }) => !reached.has(id))
    .map(({ id, index }) => {
      const message = 'No way leads here from a start: connect it, or remove it.'
      return soundness('flow/unreachable', `nodes[${index}]`, message, id)
    })
}
