import type {
  Effect,
  EndEffect,
  Failure,
  FlowEndedEvent,
  Outcome,
  PathStep,
  SessionEvent,
  StartEvent,
  StepInput,
  StoredContext,
} from '@textloom/core'
import { startFor } from '../start.ts'
import type { Call } from './collect.ts'
import { failureOf, StepFailure } from './failure.ts'
import { type MachineOf, newFrame, nodeIn, type OpenFrame } from './frame.ts'
import { FrameFailure, type MovedFrame, moveFrame } from './move-frame.ts'
import { TimerSet } from './timers.ts'

/** Most flows of a session's stack: the flow that began, and those that call each other on top of it. */
export const maxFrames = 10

/** Most flows that one step may enter and leave: flows that call each other without a wait must come to an end. */
export const maxFlowMoves = 100

/**
 * The stack of flows while a step moves it. The flow on top is handed the event; calling another puts that one on top,
 * and a flow that ends hands what it knows to the one below, all within the same step.
 */
export class Progress {
  readonly #machineOf: MachineOf
  readonly #input: StepInput
  readonly #frames: OpenFrame[]
  readonly timers: TimerSet
  readonly effects: Effect[] = []
  readonly path: PathStep[] = []
  #contact: StepInput['contact']
  #end: EndEffect | undefined
  #left: StoredContext | undefined
  #moves = 0
  /** True when a called flow ran out of time, which gives the calling one its whole time anew. */
  hasExpiredWithin = false

  constructor(machineOf: MachineOf, input: StepInput, frames: readonly OpenFrame[]) {
    this.#machineOf = machineOf
    this.#input = input
    this.#frames = [...frames]
    this.#contact = input.contact
    this.timers = new TimerSet(input)
  }

  /** The flows that run now; none when the session is over. */
  get frames(): readonly OpenFrame[] {
    return this.#frames
  }

  /** How the session ended. */
  get end(): EndEffect | undefined {
    return this.#end
  }

  /** What the flow that the session began knew when it ended. */
  get left(): StoredContext | undefined {
    return this.#left
  }

  /** Hands the event to the flow on top. False when it moves nothing. */
  take(event: SessionEvent): boolean {
    return this.#move(event)
  }

  #move(event: SessionEvent): boolean {
    const depth = this.#frames.length - 1
    const frame = this.#frames[depth]
    if (!frame) throw new StepFailure('engine/snapshot', 'The stored session holds no flow.')
    this.#count(frame)
    let moved: MovedFrame | null
    try {
      const { channel, now, random } = this.#input
      moved = moveFrame(frame, event, { contact: this.#contact, channel, now, random, timers: this.timers })
    } catch (thrown) {
      this.#fail(frame, thrown)
      return true
    }
    if (!moved) return false
    this.#contact = moved.contact
    this.effects.push(...moved.effects)
    this.path.push(...(depth === 0 ? moved.path : moved.path.map((step) => ({ ...step, flow: frame.compiled.id }))))
    this.#frames[depth] = moved.frame
    if (moved.isDone) this.#over(moved.end ?? { kind: 'end', outcome: 'completed' })
    else if (moved.call) this.#enter(moved.call)
    return true
  }

  #count(frame: OpenFrame): void {
    this.#moves += 1
    if (this.#moves <= maxFlowMoves) return
    const message = 'Flows called each other without ever waiting. Put a wait into one of them.'
    throw new StepFailure('engine/runaway', message, nodeIn(frame))
  }

  /** The flow on top is over: so is the session, or the flow below goes on. */
  #over(end: EndEffect): void {
    const frame = this.#frames.pop()
    const caller = this.#frames.at(-1)
    this.timers.cancelNodes()
    if (!frame || !caller) {
      this.#end = end
      this.#left = frame?.context
      return
    }
    const node = nodeIn(caller) ?? ''
    const { outcome, failure } = end
    this.#leave(node, { flow: frame.compiled.id, revision: frame.revision }, outcome, failure)
    if (outcome === 'interrupted') {
      this.#over(end)
      return
    }
    this.hasExpiredWithin ||= outcome === 'expired'
    this.#return({ type: 'flow', node, outcome, returned: returnedBy(frame.context) })
  }

  #leave(node: string, left: { flow: string; revision: string }, outcome: Outcome, failure?: Failure): void {
    this.effects.push({ kind: 'flow', change: 'left', node, ...left, outcome, ...(failure ? { failure } : {}) })
  }

  /** Tells the flow on top that the one it called is over. */
  #return(event: FlowEndedEvent): void {
    if (this.#move(event)) return
    throw new StepFailure('engine/node-failed', `Node "${event.node}" called a flow and does not go on.`, event.node)
  }

  #enter(call: Call): void {
    const { node, flow } = call
    let frame: OpenFrame
    try {
      frame = this.#called(call)
    } catch (thrown) {
      const { message } = failureOf(thrown, node)
      const failure = { code: 'engine/call', message: `Node "${node}" cannot call flow "${flow}". ${message}`, node }
      this.#leave(node, { flow, revision: '' }, 'failed', failure)
      this.#return({ type: 'flow', node, outcome: 'failed', returned: { results: {}, vars: {} } })
      return
    }
    this.effects.push({ kind: 'flow', change: 'entered', node, flow, revision: frame.revision })
    this.#begin(frame, {
      type: 'start',
      node: startFor(frame.compiled, ['call', 'api'])?.id ?? '',
      text: this.#frames.at(-1)?.context.reply.text ?? '',
      params: call.params,
    })
  }

  #called({ node, flow }: Call): OpenFrame {
    if (this.timers.ofNodes().length > 0) throw new StepFailure('engine/call', 'Its own time runs meanwhile.', node)
    if (this.#frames.length >= maxFrames) {
      throw new StepFailure('engine/call', `${maxFrames} flows have called each other already, which is the most.`)
    }
    const revision = this.#input.revisionOf?.(flow)
    if (revision === undefined) throw new StepFailure('engine/call', 'It is not published.')
    return newFrame(this.#machineOf, revision)
  }

  /**
   * Begins the session.
   * @throws StepFailure when the flow cannot be used or has no such start
   */
  begin(revision: string, event: StartEvent): void {
    const frame = newFrame(this.#machineOf, revision)
    if (!frame.compiled.starts.some(({ id }) => id === event.node)) {
      const message = `Flow "${frame.compiled.id}" has no start node "${event.node}".`
      throw new StepFailure('engine/unknown-event', message)
    }
    this.#begin(frame, event)
  }

  #begin(frame: OpenFrame, event: StartEvent): void {
    const params = { ...frame.context.params, ...event.params }
    this.#frames.push({ ...frame, context: { ...frame.context, params, reply: { text: event.text ?? '' } } })
    this.#move(event)
  }

  /** A flow failed: the one below learns of it; without one below the session has failed. */
  #fail(frame: OpenFrame, thrown: unknown): void {
    const { cause, node = nodeIn(frame) } = thrown instanceof FrameFailure ? thrown : { cause: thrown }
    const failure = failureOf(cause, node)
    if (this.#frames.length > 1) this.#giveUp(frame)
    this.#over({ kind: 'end', outcome: 'failed', failure })
  }

  /** What a called flow had asked for is wanted no longer; the end of a whole session says so by itself. */
  #giveUp(frame: OpenFrame): void {
    const id = nodeIn(frame)
    if (id !== undefined) this.effects.push({ kind: 'http.cancel', id }, { kind: 'ticket.withdraw', id })
  }
}

function returnedBy({ results, vars }: StoredContext): FlowEndedEvent['returned'] {
  return { results, vars }
}
