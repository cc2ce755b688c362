import type { Failure } from '@textloom/core'
import { TemplateError } from '../template.ts'

/** Why a session can fail in a step. */
export type StepFailureCode =
  | 'engine/runaway'
  | 'engine/unknown-event'
  | 'engine/template'
  | 'engine/node-failed'
  | 'engine/snapshot'

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
