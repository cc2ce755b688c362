import type { FlowDocument } from '@textloom/core'
import type { PassedNode } from '../../document/run-store.ts'

/** What draws the way of a session on the canvas of its flow; the app hands one in, since features know no other. */
export interface SessionWayProps {
  /** The flow as the session follows it. */
  readonly document: FlowDocument
  readonly passed: readonly PassedNode[]
  /** The step it rests in; undefined when it does not run. */
  readonly current: string | undefined
  /** Why it failed, and where. */
  readonly failure: { readonly code: string; readonly message: string; readonly node?: string | undefined } | null
}

/** One step of a session as the runtime tells it; `flow` where it is one of a called flow. */
interface PathStep {
  readonly node: string
  readonly exit: string | null
  readonly flow?: string | undefined
}

/** The way of a session through one flow as the canvas draws it; undefined is the flow that it began with. */
export function passedBy(path: readonly PathStep[], through: string | undefined): PassedNode[] {
  return path
    .filter(({ flow }) => flow === through)
    .map(({ node, exit }) => (exit === null ? { node } : { node, handle: exit }))
}
