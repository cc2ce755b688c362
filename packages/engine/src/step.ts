import type { Effect, Rest, StepInput, StepResult, StoredSession, StoredTimer } from '@textloom/core'
import { expiryTimerId } from './compile.ts'
import { failureOf, StepFailure } from './step/failure.ts'
import { type MachineOf, nodeIn, type OpenFrame, openFrames, stored as storedFrame } from './step/frame.ts'
import { Progress } from './step/progress.ts'
import { isDue } from './step/timers.ts'

export { maxFlowMoves, maxFrames } from './step/progress.ts'

/**
 * Moves one session by one event. Pure: reads nothing but its arguments, does nothing, and never throws. What goes
 * wrong within ends this one session as failed.
 * @param machineOf the compiled flow of a revision; what it throws fails the session too
 */
export function step(machineOf: MachineOf, input: StepInput): StepResult {
  const ignored = whyIgnored(input)
  if (ignored) return unmoved(machineOf, input, ignored)
  let node: string | undefined
  try {
    const { stored, event } = input
    const progress = new Progress(machineOf, input, stored ? framesOf(machineOf, stored) : [])
    if (!stored) begin(progress, input)
    else {
      const top = progress.frames.at(-1)
      node = top && nodeIn(top)
      if (!progress.take(event)) return unmoved(machineOf, input, 'not-waiting')
    }
    return progress.end ? over(progress) : resting(progress, input)
  } catch (thrown) {
    return failed(failureOf(thrown, node))
  }
}

function whyIgnored(input: StepInput): StepResult['ignored'] {
  const { event, stored } = input
  if (event.type === 'start') return stored ? 'not-waiting' : undefined
  if (!stored) return event.type === 'timer' ? 'stale' : 'no-session'
  if (event.type === 'timer' && !isDue(event, input)) return 'stale'
  return undefined
}

function framesOf(machineOf: MachineOf, stored: StoredSession): OpenFrame[] {
  try {
    return openFrames(machineOf, stored)
  } catch (cause) {
    if (cause instanceof StepFailure) throw cause
    throw new StepFailure('engine/snapshot', 'The stored session cannot be read.', undefined, cause)
  }
}

function begin(progress: Progress, { event, revision }: StepInput): void {
  if (event.type !== 'start' || revision === undefined) throw new StepFailure('engine/snapshot', 'No flow was named.')
  progress.begin(revision, event)
}

function resting({ frames, timers, effects, path, hasExpiredWithin }: Progress, input: StepInput): StepResult {
  const rest = restOf(frames, timers.all())
  const lastActivityAt =
    isActivity(input.event) || hasExpiredWithin ? input.now : (input.stored?.lastActivityAt ?? input.now)
  const latestWait = Math.max(lastActivityAt, ...timers.ofNodes().map(({ dueAt }) => dueAt))
  timers.expireAt(latestWait + (frames.at(-1)?.compiled.expiryMs ?? 0))
  const startedAt = input.stored?.startedAt ?? input.now
  const stored: StoredSession = { frames: frames.map(storedFrame), startedAt, lastActivityAt }
  return { stored, timers: timers.all(), effects, path, rest }
}

function over({ effects, path, end, left }: Progress): StepResult {
  const all: readonly Effect[] = end ? [...effects, end] : effects
  return { stored: null, timers: [], effects: all, path, rest: null, ...(left && !end?.failure ? { left } : {}) }
}

/**
 * What a session's expiry counts from: its start, each MO, and each wait that ended. The time at which the wait did end
 * rather than the one at which it was due: after a stop of the host the contact still has the whole time to answer.
 */
function isActivity(event: StepInput['event']): boolean {
  return event.type === 'start' || event.type === 'mo' || (event.type === 'timer' && event.id !== expiryTimerId)
}

/**
 * Where a session rests. Its node timers are all those of that one node, since leaving a node cancels its timers.
 * @throws StepFailure when the node is one that should have passed on
 */
function restOf(frames: readonly OpenFrame[], timers: readonly StoredTimer[]): Rest {
  const top = frames.at(-1)
  const node = top && nodeIn(top)
  if (!top || node === undefined) throw new StepFailure('engine/snapshot', 'The session stands nowhere.')
  const waits = top.compiled.waitsOf(node)
  if (!waits) throw new StepFailure('engine/node-failed', `Node "${node}" neither waits nor goes on.`, node)
  const dueTimes = timers.filter(({ id }) => id !== expiryTimerId).map(({ dueAt }) => dueAt)
  return {
    node,
    ...(frames.length > 1 ? { flow: top.compiled.id } : {}),
    for: waits,
    until: dueTimes.length === 0 ? null : Math.min(...dueTimes),
  }
}

function unmoved(
  machineOf: MachineOf,
  { stored, timers }: StepInput,
  ignored: NonNullable<StepResult['ignored']>,
): StepResult {
  return { stored, timers, effects: [], path: [], rest: restBefore(machineOf, stored, timers), ignored }
}

/** What does not move a session cannot fail it either: where it rests is unknown then. */
function restBefore(machineOf: MachineOf, stored: StoredSession | null, timers: readonly StoredTimer[]): Rest | null {
  if (!stored) return null
  try {
    return restOf(openFrames(machineOf, stored), timers)
  } catch {
    return null
  }
}

function failed(failure: ReturnType<typeof failureOf>): StepResult {
  const end: Effect = { kind: 'end', outcome: 'failed', failure }
  return { stored: null, timers: [], effects: [end], path: [], rest: null }
}
