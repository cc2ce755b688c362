import type { FlowDocument, PathStep } from '@textloom/core'

/** An exit of a node that is connected. */
export interface Exit {
  readonly node: string
  readonly handle: string
}

/** How much of a flow some conversations have seen. */
export interface Coverage {
  /** All exits that are connected, in the order of the document's edges. */
  readonly exits: readonly Exit[]
  readonly notReached: readonly Exit[]
}

/** Which exits of a flow the paths of some conversations took. */
export function coverageOf({ edges }: FlowDocument, paths: readonly (readonly PathStep[])[]): Coverage {
  const exits = new Map(
    edges.map(({ source, sourceHandle }) => [`${source} ${sourceHandle}`, { node: source, handle: sourceHandle }]),
  )
  const notReached = new Map(exits)
  for (const step of paths.flat()) {
    // Exits of called flows are theirs.
    if (step.kind === 'exit' && step.flow === undefined) notReached.delete(`${step.node} ${step.handle}`)
  }
  return { exits: [...exits.values()], notReached: [...notReached.values()] }
}
