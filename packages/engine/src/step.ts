import type {
  Effect,
  EndEffect,
  PathStep,
  Rest,
  SessionEvent,
  StepInput,
  StepResult,
  StoredSession,
  StoredTimer,
} from '@textloom/core'
import { type AnyMachineSnapshot, transition } from 'xstate'
import type { MachineContext, Moment } from './compile/machine-context.ts'
import { storedContext } from './compile/machine-context.ts'
import type { CompiledFlow } from './compile.ts'
import { expiryTimerId, idleState } from './compile.ts'
import { collect } from './step/collect.ts'
import { failureOf, StepFailure } from './step/failure.ts'
import { isDue, TimerSet } from './step/timers.ts'

/**
 * Moves one session by one event. Pure: reads nothing but its arguments, does nothing, and never throws. What goes
 * wrong within ends this one session as failed.
 * @param machineOf the compiled flow of a revision; what it throws fails the session too
 */
export function step(machineOf: (revision: string) => CompiledFlow, input: StepInput): StepResult {
  const ignored = whyIgnored(input)
  if (ignored) return unmoved(machineOf, input, ignored)
  const moment: Moment = { event: input.event, now: input.now, random: input.random }
  let node: string | undefined
  try {
    const before = whereItIs(machineOf, input)
    node = before.node
    return move(before, input, moment)
  } catch (thrown) {
    // XState wraps what a guard throws; the watched guard or update left us the original.
    const { cause = thrown, node: guilty = node } = moment.thrown ?? {}
    return failed(failureOf(cause, guilty))
  }
}

/** A session before its step. */
interface Before {
  readonly compiled: CompiledFlow
  readonly revision: string
  readonly value: StoredSession['frames'][number]['snapshot']['value']
  readonly context: StoredSession['frames'][number]['snapshot']['context']
  readonly startedAt: number
  readonly lastActivityAt: number
  readonly node?: string
}

function whyIgnored(input: StepInput): StepResult['ignored'] {
  const { event, stored } = input
  if (event.type === 'start') return stored ? 'not-waiting' : undefined
  if (!stored) return event.type === 'timer' ? 'stale' : 'no-session'
  if (event.type === 'timer' && !isDue(event, input)) return 'stale'
  return undefined
}

function whereItIs(machineOf: (revision: string) => CompiledFlow, input: StepInput): Before {
  try {
    return input.stored ? running(machineOf, input.stored) : beginning(machineOf, input)
  } catch (cause) {
    if (cause instanceof StepFailure) throw cause
    throw new StepFailure('engine/snapshot', 'The stored session cannot be read.', undefined, cause)
  }
}

function beginning(machineOf: (revision: string) => CompiledFlow, { event, revision, now }: StepInput): Before {
  if (event.type !== 'start' || revision === undefined) throw new StepFailure('engine/snapshot', 'No flow was named.')
  const compiled = loaded(machineOf, revision)
  if (!compiled.starts.some(({ id }) => id === event.node)) {
    throw new StepFailure('engine/unknown-event', `Flow "${compiled.id}" has no start node "${event.node}".`)
  }
  const { initialContext } = compiled
  const context = {
    ...initialContext,
    params: { ...initialContext.params, ...event.params },
    reply: { text: event.text ?? '' },
  }
  return { compiled, revision, value: idleState, context, startedAt: now, lastActivityAt: now }
}

function running(machineOf: (revision: string) => CompiledFlow, stored: StoredSession): Before {
  const frame = stored.frames.at(-1)
  if (!frame) throw new StepFailure('engine/snapshot', 'The stored session holds no flow.')
  const compiled = loaded(machineOf, frame.revision)
  const { value, context } = frame.snapshot
  const { startedAt, lastActivityAt } = stored
  return { compiled, revision: frame.revision, value, context, startedAt, lastActivityAt, node: compiled.nodeOf(value) }
}

function loaded(machineOf: (revision: string) => CompiledFlow, revision: string): CompiledFlow {
  try {
    return machineOf(revision)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new StepFailure('engine/snapshot', `The revision of the flow cannot be used: ${why}`, undefined, cause)
  }
}

function move(before: Before, input: StepInput, moment: Moment): StepResult {
  const { compiled } = before
  const { event } = input
  const context: MachineContext = {
    ...before.context,
    ...(event.type === 'mo' ? { reply: { text: event.text } } : {}),
    contact: input.contact,
    channel: input.channel,
    moment,
  }
  const snapshot = { ...snapshotOf(before), context }
  const [next, actions] = transition(compiled.machine, snapshot, { type: machineEvent(event) })
  if (next === snapshot && actions.length === 0 && event.type !== 'timer')
    return unmoved(() => compiled, input, 'not-waiting')

  const timers = new TimerSet(input)
  // A timer fires once, whether its node leaves by it or stays; and again only if it is set again.
  if (event.type === 'timer') timers.cancel(event.id)
  const { effects, path, end } = collect(actions, event, timers, compiled.translate)
  if (next.status === 'done') return { ...ended(effects, path, end), left: storedContext(next.context) }

  compiled.snapshots.remember(next)
  const value = next.value as Before['value']
  const rest = restOf(compiled, value, timers.all())
  const lastActivityAt = isActivity(event) ? input.now : before.lastActivityAt
  const latestWait = Math.max(lastActivityAt, ...timers.ofNodes().map(({ dueAt }) => dueAt))
  timers.expireAt(latestWait + compiled.expiryMs)
  const stored: StoredSession = {
    frames: [
      {
        revision: before.revision,
        snapshot: { status: 'active', value, context: storedContext(next.context), historyValue: {} },
      },
    ],
    startedAt: before.startedAt,
    lastActivityAt,
  }
  return { stored, timers: timers.all(), effects, path, rest }
}

function snapshotOf({ compiled, value }: Before): AnyMachineSnapshot {
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

/** The event as machines name it. All that comes with it travels in the context. */
function machineEvent(event: SessionEvent): string {
  switch (event.type) {
    case 'start':
      return `start.${event.node}`
    case 'timer':
      return event.id
    case 'http.done':
    case 'http.error':
      return `${event.type}.${event.id}`
    case 'mo':
    case 'dlr':
    case 'interrupt':
      return event.type
    default:
      throw new StepFailure(
        'engine/unknown-event',
        `There is no event of the kind ${JSON.stringify(event satisfies never)}.`,
      )
  }
}

/**
 * What a session's expiry counts from: its start, each MO, and each wait that ended. The time at which the wait did end
 * rather than the one at which it was due: after a stop of the host the contact still has the whole time to answer.
 */
function isActivity(event: SessionEvent): boolean {
  return event.type === 'start' || event.type === 'mo' || (event.type === 'timer' && event.id !== expiryTimerId)
}

/**
 * Where a session rests. Its node timers are all those of that one node, since leaving a node cancels its timers.
 * @throws StepFailure when the node is one that should have passed on
 */
function restOf(compiled: CompiledFlow, value: Before['value'], timers: readonly StoredTimer[]): Rest {
  const node = compiled.nodeOf(value)
  const waits = compiled.waitsOf(node)
  if (!waits) throw new StepFailure('engine/node-failed', `Node "${node}" neither waits nor goes on.`, node)
  const dueTimes = timers.filter(({ id }) => id !== expiryTimerId).map(({ dueAt }) => dueAt)
  return { node, for: waits, until: dueTimes.length === 0 ? null : Math.min(...dueTimes) }
}

function unmoved(
  machineOf: (revision: string) => CompiledFlow,
  { stored, timers }: StepInput,
  ignored: NonNullable<StepResult['ignored']>,
): StepResult {
  return { stored, timers, effects: [], path: [], rest: restBefore(machineOf, stored, timers), ignored }
}

/** What does not move a session cannot fail it either: where it rests is unknown then. */
function restBefore(
  machineOf: (revision: string) => CompiledFlow,
  stored: StoredSession | null,
  timers: readonly StoredTimer[],
): Rest | null {
  if (!stored) return null
  try {
    const { compiled, value } = running(machineOf, stored)
    return restOf(compiled, value, timers)
  } catch {
    return null
  }
}

function ended(effects: readonly Effect[], path: readonly PathStep[], end: EndEffect | undefined): StepResult {
  return {
    stored: null,
    timers: [],
    effects: [...effects, end ?? { kind: 'end', outcome: 'completed' }],
    path,
    rest: null,
  }
}

function failed(failure: NonNullable<EndEffect['failure']>): StepResult {
  return { stored: null, timers: [], effects: [{ kind: 'end', outcome: 'failed', failure }], path: [], rest: null }
}
