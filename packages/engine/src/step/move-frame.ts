import type { ChannelInfo, Contact, Random, SessionEvent } from '@textloom/core'
import { type MachineContext, type Moment, storedContext } from '../compile/machine-context.ts'
import { type Collected, collect } from './collect.ts'
import { StepFailure } from './failure.ts'
import { type OpenFrame, snapshotOf } from './frame.ts'
import { checkMemory } from './memory.ts'
import type { TimerSet } from './timers.ts'

/** What one flow moves among: the same for every flow of a step, but for the contact, whom they change. */
export interface Surroundings {
  readonly contact: Contact
  readonly channel: ChannelInfo
  readonly now: number
  readonly random: Random
  readonly timers: TimerSet
}

/** What one event made of one flow. */
export interface MovedFrame extends Collected {
  readonly frame: OpenFrame
  readonly contact: Contact
  /** True when the flow is over. */
  readonly isDone: boolean
}

/** What a guard, an update or a text threw, with the node that was to blame. */
export class FrameFailure extends Error {
  readonly node: string | undefined

  constructor(cause: unknown, node: string | undefined) {
    super('A flow could not go on.', { cause })
    this.node = node
  }
}

/**
 * Hands an event to one flow; null when it moves nothing.
 * @throws FrameFailure
 */
export function moveFrame(frame: OpenFrame, event: SessionEvent, around: Surroundings): MovedFrame | null {
  const moment: Moment = { event, now: around.now, random: around.random }
  try {
    return moved(frame, event, around, moment)
  } catch (thrown) {
    // XState wraps what a guard throws; the watched guard or update left us the original.
    const { cause = thrown, node } = moment.thrown ?? {}
    throw new FrameFailure(cause, node)
  }
}

function moved(
  frame: OpenFrame,
  event: SessionEvent,
  { contact, channel, timers }: Surroundings,
  moment: Moment,
): MovedFrame | null {
  const { compiled } = frame
  const context: MachineContext = { ...frame.context, ...heard(event), contact, channel, moment }
  const snapshot = { ...snapshotOf(frame), context }
  const [next, actions] = compiled.transition(snapshot, { type: machineEvent(event) })
  if (next === snapshot && actions.length === 0 && event.type !== 'timer') return null
  // A timer fires once, whether its node leaves by it or stays; and again only if it is set again.
  if (event.type === 'timer') timers.cancel(event.id)
  const collected = collect(actions, event, timers, compiled.translate)
  const isDone = next.status === 'done'
  if (!isDone) checkMemory(next.context as MachineContext, frame.context)
  if (!isDone) compiled.snapshots.remember(next)
  return {
    ...collected,
    isDone,
    contact: (next.context as MachineContext).contact,
    frame: { ...frame, value: next.value as OpenFrame['value'], context: storedContext(next.context) },
  }
}

function heard(event: SessionEvent): Partial<MachineContext> {
  return event.type === 'mo' ? { reply: { text: event.text } } : {}
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
    case 'ticket':
      return `${event.type}.${event.id}`
    case 'link':
    case 'flow':
      return `${event.type}.${event.node}`
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
