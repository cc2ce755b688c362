import type { SimulateOutput } from '@textloom/engine'
import type { PassedNode } from '../../../document/run-store.ts'
import type { PlayedTurn } from '../../../worker/play-conversation.ts'

/** Where a conversation came through, for the canvas: its last session, from the start node on. */
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
      passed.push(step.kind === 'enter' ? { node: step.node } : { node: step.node, handle: step.handle })
    }
    if (outputs.some(({ type }) => type === 'end')) hasEnded = true
  }
  return { passed, current: restOf(turns)?.node }
}

/** What the session waits for now; undefined when none runs. */
export function restOf(turns: readonly PlayedTurn[]): Extract<SimulateOutput, { type: 'wait' }> | undefined {
  const last = turns.flatMap(({ outputs }) => outputs).findLast(({ type }) => type === 'wait' || type === 'end')
  return last?.type === 'wait' ? last : undefined
}

/** A request that waits for an answer, with the step it belongs to. */
export type OpenRequest = Extract<SimulateOutput, { type: 'http' }> & { readonly node: string }

/** The request that waits for an answer; undefined when none does. */
export function openRequestOf(turns: readonly PlayedTurn[]): OpenRequest | undefined {
  const rest = restOf(turns)
  if (rest?.for !== 'http') return undefined
  const request = turns.flatMap(({ outputs }) => outputs).findLast((output) => output.type === 'http')
  return request?.type === 'http' ? { ...request, node: rest.node } : undefined
}
