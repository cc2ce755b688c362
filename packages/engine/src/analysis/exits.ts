import { soundness } from './issue-codes.ts'
import type { Check } from './subject.ts'

/** Every exit that can be taken leads to one node. */
export const checkExits: Check = ({ flow, nodes }) => {
  const taken = new Map<string, Set<string>>()
  const ambiguous = flow.edges.flatMap(({ source, sourceHandle }, index) => {
    const handles = taken.get(source) ?? new Set()
    taken.set(source, handles)
    if (!handles.has(sourceHandle)) {
      handles.add(sourceHandle)
      return []
    }
    const message = `Node "${source}" already has an edge from its exit "${sourceHandle}": remove one of the two.`
    return [soundness('flow/ambiguous-exit', `edges[${index}]`, message, source)]
  })
  const open = nodes.flatMap(({ id, index, handles }) =>
    handles
      .filter((handle) => !handle.optional && !taken.get(id)?.has(handle.id))
      .map((handle) => {
        const name = handle.label === handle.id ? `"${handle.id}"` : `"${handle.label}" (${handle.id})`
        return soundness(
          'flow/open-exit',
          `nodes[${index}]`,
          `The exit ${name} leads nowhere: connect it to a node.`,
          id,
        )
      }),
  )
  return [...ambiguous, ...open]
}
