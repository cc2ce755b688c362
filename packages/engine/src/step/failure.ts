import type { Failure } from '@textloom/core'
import { TemplateError } from '../template.ts'

/** Why a session can fail in a step, as the errors reference explains it. */
export const stepFailureCodes = {
  'engine/runaway': 'The session went round its nodes, or from flow to flow, without ever waiting, and was stopped.',
  'engine/unknown-event': 'Something happened to the session that this version, or this flow, does not know.',
  'engine/template': 'A text or value of a node could not be rendered with what the session knew by then.',
  'engine/node-failed': 'A node could not do its work. The message names the node and says why.',
  'engine/snapshot': 'The stored session, or the revision of the flow that it needs, could not be read.',
  'engine/memory': 'The session came to remember too much: its variables and results together are too large.',
  'engine/call':
    'A flow could not be called: it is not published, its start is missing, or too many flows have called each other.',
} as const satisfies Record<`engine/${string}`, string>

/** The code of a failure that ends a session. */
export type StepFailureCode = keyof typeof stepFailureCodes

/** Ends one session as failed; never leaves `step`. */
export class StepFailure extends Error {
  readonly code: StepFailureCode
  readonly node: string | undefined

  constructor(code: StepFailureCode, message: string, node?: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'StepFailure'
    this.code = code
    this.node = node
  }
}

/** Anything thrown within a step, as the failure of its session. `node` is where the session was. */
export function failureOf(thrown: unknown, node?: string): Failure {
  if (thrown instanceof StepFailure) {
    const at = thrown.node ?? node
    return { code: thrown.code, message: thrown.message, ...(at === undefined ? {} : { node: at }) }
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const at = node === undefined ? {} : { node }
  const where = node === undefined ? 'The session' : `Node "${node}"`
  // The words of XState 5.33 (macrostep); the XState-shape test pins them.
  if (message.startsWith('Infinite loop detected')) {
    return {
      code: 'engine/runaway',
      message: `${where} went round without ever waiting. Put a wait into the loop.`,
      ...at,
    }
  }
  if (thrown instanceof TemplateError) {
    return { code: 'engine/template', message: `${where} has a text that cannot be rendered: ${message}`, ...at }
  }
  return { code: 'engine/node-failed', message: `${where} failed: ${message}`, ...at }
}
