import { soundness } from './issue-codes.ts'
import type { Check } from './subject.ts'

/**
 * Whoever does not answer goes on somewhere: a question says how long it waits. Where it does, its exit for silence must
 * be connected like any other, which is for `checkExits` to say.
 */
export const checkSilence: Check = ({ flow, nodes }) => {
  const connected = new Set(flow.edges.map(({ source, sourceHandle }) => `${source}:${sourceHandle}`))
  return nodes.flatMap(({ id, index, handles }) =>
    handles
      .filter(({ silence, optional }) => silence && optional)
      .map((handle) => {
        const message = connected.has(`${id}:${handle.id}`)
          ? `Nobody leaves by "${handle.label}": say how long to wait for the reply.`
          : `Whoever does not reply stays here until the conversation expires: say how long to wait, and connect "${handle.label}".`
        return soundness('flow/no-reply-exit', `nodes[${index}].data.timeout`, message, id)
      }),
  )
}
