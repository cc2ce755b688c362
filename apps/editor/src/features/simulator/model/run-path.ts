import type { PassedNode } from '../../../document/run-store.ts'
import type { PlayedOutput, PlayedTurn } from '../../../worker/play-conversation.ts'

/**
 * Where a conversation came through, for the canvas: its last session, from the start node on. While a called flow is
 * open the conversation stands in the step that called it.
 */
export interface RunPath {
  readonly passed: readonly PassedNode[]
  /** Where it rests; undefined when it does not run. */
  readonly current: string | undefined
}

/** The way of the last session of a conversation. */
export function runPathOf(turns: readonly PlayedTurn[]): RunPath {
  let passed: PassedNode[] = []
  let hasEnded = false
  for (const { path, outputs } of turns) {
    if (path.length > 0 && hasEnded) {
      passed = []
      hasEnded = false
    }
    for (const step of path) {
      if (step.flow !== undefined) continue
      passed.push(step.kind === 'enter' ? { node: step.node } : { node: step.node, handle: step.handle })
    }
    if (outputs.some(({ type }) => type === 'end')) hasEnded = true
  }
  const rest = restOf(turns)
  return { passed, current: rest?.flow === undefined ? rest?.node : passed.at(-1)?.node }
}

/** What the session waits for now; undefined when none runs. */
export function restOf(turns: readonly PlayedTurn[]): Extract<PlayedOutput, { type: 'wait' }> | undefined {
  const last = turns.flatMap(({ outputs }) => outputs).findLast(({ type }) => type === 'wait' || type === 'end')
  return last?.type === 'wait' ? last : undefined
}

/** A request that waits for an answer, with the step it belongs to; in a called flow that is `flow/step`. */
export type OpenRequest = Extract<PlayedOutput, { type: 'http' }> & { readonly node: string }

/** The request that waits for an answer; undefined when none does. */
export function openRequestOf(turns: readonly PlayedTurn[]): OpenRequest | undefined {
  const rest = restOf(turns)
  if (rest?.for !== 'http') return undefined
  const request = turns.flatMap(({ outputs }) => outputs).findLast((output) => output.type === 'http')
  if (request?.type !== 'http') return undefined
  return { ...request, node: rest.flow === undefined ? rest.node : `${rest.flow}/${rest.node}` }
}
