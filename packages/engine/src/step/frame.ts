import type { Frame, StoredContext, StoredSession } from '@textloom/core'
import type { AnyMachineSnapshot } from 'xstate'
import { type CompiledFlow, idleState } from '../compile.ts'
import { StepFailure } from './failure.ts'

/** One flow of a session's stack while a step moves it. */
export interface OpenFrame {
  readonly revision: string
  readonly compiled: CompiledFlow
  readonly value: Frame['snapshot']['value']
  readonly context: StoredContext
}

/** The machines of flows by revision. What it throws fails the session. */
export type MachineOf = (revision: string) => CompiledFlow

/**
 * The stack of a stored session, the flow that runs last.
 * @throws StepFailure when one of them cannot be used
 */
export function openFrames(machineOf: MachineOf, { frames }: StoredSession): OpenFrame[] {
  if (frames.length === 0) throw new StepFailure('engine/snapshot', 'The stored session holds no flow.')
  return frames.map(({ revision, snapshot: { value, context } }) => ({
    revision,
    compiled: loaded(machineOf, revision),
    value,
    context,
  }))
}

/**
 * A flow that has not begun.
 * @throws StepFailure when it cannot be used
 */
export function newFrame(machineOf: MachineOf, revision: string): OpenFrame {
  const compiled = loaded(machineOf, revision)
  return { revision, compiled, value: idleState, context: compiled.initialContext }
}

/** A frame as it is stored. */
export function stored({ revision, value, context }: OpenFrame): Frame {
  return { revision, snapshot: { status: 'active', value, context, historyValue: {} } }
}

/** The node that a frame stands in; undefined while it has not begun. */
export function nodeIn({ compiled, value }: OpenFrame): string | undefined {
  return value === idleState ? undefined : compiled.nodeOf(value)
}

/** @throws StepFailure when the machine has no such state */
export function snapshotOf({ compiled, value }: OpenFrame): AnyMachineSnapshot {
  try {
    return compiled.snapshots.of(value)
  } catch (cause) {
    const where = JSON.stringify(value)
    throw new StepFailure(
      'engine/snapshot',
      `The stored session stands in ${where}, which its flow does not have.`,
      undefined,
      cause,
    )
  }
}

function loaded(machineOf: MachineOf, revision: string): CompiledFlow {
  try {
    return machineOf(revision)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new StepFailure('engine/snapshot', `The revision of the flow cannot be used: ${why}`, undefined, cause)
  }
}
