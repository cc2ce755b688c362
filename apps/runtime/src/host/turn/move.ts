import type {
  Effect,
  EndEffect,
  Failure,
  FlowEffect,
  JsonObject,
  PathStep,
  SessionEvent,
  StepResult,
  TrackedLink,
} from '@textloom/core'
import type { Passed } from '../event-kinds.ts'
import type { Outcome, StartSource } from '../incoming.ts'
import type { StartPoint } from '../world.ts'
import { changeContact } from './contact.ts'
import { cancelRequests, requestHttp } from './http.ts'
import { PRIORITY, sendText } from './mt.ts'
import { notify } from './notify.ts'
import { openTicket, withdrawTickets } from './ticket.ts'
import type { Turn } from './turn.ts'

/** What makes a session move: the event, and what of it the rows must name. */
export interface Cause {
  readonly event: SessionEvent
  /** Same cause, same randomness, however often a batch is tried again. */
  readonly seed: string
  /** The public id of the MO, when one is the cause. */
  readonly mo?: string
  /** Present for what begins with many at once: it leaves behind what answers somebody. */
  readonly priority?: number
}

/** Begins a flow with a fresh run. */
export function begin(
  turn: Turn,
  start: StartPoint,
  how: {
    readonly runId: string
    readonly source: StartSource
    readonly seed: string
    readonly text?: string
    readonly params?: JsonObject
    readonly mo?: string
  },
): StepResult {
  const { channel, phone, now } = turn
  const { flowId, revision, node } = start
  const { runId, source, seed, text, params, mo } = how
  turn.runId = runId
  turn.batch.runStarts.push({ channel, phone, id: runId, flowId, flowRevision: revision, source, startedAt: now })
  turn.event('session.started', {
    run: runId,
    flow: flowId,
    revision,
    source,
    ...(mo !== undefined && { message: mo }),
  })
  const event: SessionEvent = {
    type: 'start',
    node,
    ...(text !== undefined && { text }),
    ...(params !== undefined && { params }),
  }
  const bulk = source === 'campaign' ? { priority: PRIORITY.campaign } : {}
  return move(turn, { event, seed, ...bulk, ...(mo !== undefined && { mo }) }, revision)
}

/** Hands an event to the running session and writes down everything that comes of it. */
export function move(turn: Turn, cause: Cause, revision?: string): StepResult {
  const { world, rev, contact, channelInfo: channel, state, timers } = turn
  const result = world.step(
    { stored: state, timers, event: cause.event, rev, contact, channel, ...(revision !== undefined && { revision }) },
    cause.seed,
  )
  if (result.ignored !== undefined) return result
  turn.isTouched = true
  turn.state = result.stored
  turn.timers = result.timers
  recordPath(turn, result.path, cause)
  const first = revision ?? firstRevision(state)
  const stack = state === null ? [first] : state.frames.map((frame) => frame.revision)
  for (const effect of result.effects) {
    if (effect.kind === 'flow') follow(stack, effect)
    apply(turn, effect, cause, { first, top: stack.at(-1) ?? first })
  }
  return result
}

/** Ends the running session from outside. */
export function interrupt(turn: Turn, seed: string): void {
  move(turn, { event: { type: 'interrupt' }, seed })
}

/** Ends the running session because the host cannot go on with it. */
export function fail(turn: Turn, failure: Failure): void {
  if (turn.state === null) return
  withdrawTickets(turn, { type: 'interrupt' })
  end(turn, { kind: 'end', outcome: 'failed', failure }, firstRevision(turn.state))
}

/** The outcome of an event that moved the session `runId`. */
export function moved(runId: string | null): Outcome {
  return { status: 'transition', runId: runId ?? '' }
}

/** Why the session failed in this step, if it did. */
export function failureOf({ effects }: StepResult): Failure | undefined {
  const last = effects.at(-1)
  return last?.kind === 'end' ? last.failure : undefined
}

/** Keeps up with the flows that a step enters and leaves, so that it is known which of them an effect is of. */
function follow(stack: string[], { change, revision }: FlowEffect): void {
  if (change === 'entered') stack.push(revision)
  // A flow that could not be entered is left all the same.
  else if (stack.length > 1 && stack.at(-1) === revision) stack.pop()
}

/** The revisions of the flow that the session began with, and of the one that an effect is of. */
interface Revisions {
  readonly first: string
  readonly top: string
}

function apply(turn: Turn, effect: Effect, cause: Cause, { first, top }: Revisions): void {
  switch (effect.kind) {
    case 'sendMt': {
      const { text, node, topic, link, attachments = [] } = effect
      const id = turn.world.newId()
      const files = attachments.map(({ url }) => url)
      sendText(turn, {
        id,
        text,
        files,
        source: 'flow',
        node,
        ...(topic !== undefined && { topic }),
        ...(cause.mo !== undefined && { inReplyTo: cause.mo }),
        ...(cause.priority !== undefined && { priority: cause.priority }),
      })
      if (link !== undefined) track(turn, link, { node, message: id, flowRevision: top })
      break
    }
    case 'http':
      requestHttp(turn, effect)
      break
    case 'http.cancel':
      cancelRequests(turn, effect.id)
      break
    case 'result': {
      const { kind: _kind, ...result } = effect
      if (turn.runId !== null) turn.event('result', { run: turn.runId, ...result })
      break
    }
    case 'contact':
      changeContact(turn, effect, {
        flow: turn.world.flowOf(top),
        words: textOf(cause.event),
        message: cause.mo ?? null,
      })
      break
    case 'notify':
      notify(turn, effect, top)
      break
    case 'ticket':
      openTicket(turn, effect)
      break
    case 'ticket.withdraw':
      withdrawTickets(turn, cause.event, effect.id)
      break
    case 'flow': {
      const { change, node, flow, revision: called, outcome = 'failed', failure } = effect
      const entry = { run: turn.runId ?? '', node, flow, revision: called }
      if (change === 'entered') turn.event('flow.entered', entry)
      else turn.event('flow.left', { ...entry, outcome, ...(failure !== undefined && { failure: { ...failure } }) })
      break
    }
    case 'end':
      withdrawTickets(turn, cause.event)
      end(turn, effect, first)
  }
}

/** The text behind an event, if one is. */
function textOf(event: SessionEvent): string | null {
  return event.type === 'mo' || event.type === 'start' ? (event.text ?? null) : null
}

function track(
  turn: Turn,
  { token, url }: TrackedLink,
  sent: { readonly node: string; readonly message: string; readonly flowRevision: string },
): void {
  const { channel, phone, runId, now } = turn
  turn.batch.trackedLinks.push({ channel, phone, token, url, runId, createdAt: now, ...sent })
}

function end(turn: Turn, { outcome, label, failure }: EndEffect, revision: string): void {
  const { channel, phone, runId, now } = turn
  cancelRequests(turn)
  if (runId !== null) {
    turn.batch.runEnds.push({ channel, phone, id: runId, endedAt: now, outcome, failure: failure ?? null })
    turn.event('session.ended', {
      run: runId,
      flow: turn.world.flowOf(revision),
      revision,
      outcome,
      ...(label !== undefined && { label }),
      ...(failure !== undefined && { failure: { ...failure } }),
    })
  }
  turn.state = null
  turn.runId = null
  turn.timers = []
  turn.freesQueue = turn.hasPendingStart
}

function recordPath(turn: Turn, path: readonly PathStep[], { event }: Cause): void {
  if (turn.runId === null || path.length === 0) return
  const passed = path.map((step): Passed => {
    const flow = step.flow === undefined ? {} : { flow: step.flow }
    if (step.kind === 'enter') return { enter: step.node, ...flow }
    const said = event.type === 'mo' && step.handle === 'other' ? { text: event.text } : {}
    return { exit: step.node, handle: step.handle, ...said, ...flow }
  })
  turn.event('session.moved', { run: turn.runId, path: passed })
}

/** The revision of the flow that the session began with; those it calls come and go. */
function firstRevision(state: Turn['state']): string {
  return state?.frames[0]?.revision ?? ''
}
