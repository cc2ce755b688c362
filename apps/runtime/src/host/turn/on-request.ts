import type { EndRequested, Outcome, SendRequested, StartRequested } from '../incoming.ts'
import { begin, interrupt } from './move.ts'
import { sendText } from './mt.ts'
import type { Turn } from './turn.ts'

/** The API, a campaign or an agent wants a flow to begin. */
export function onStartRequested(turn: Turn, event: StartRequested): Outcome {
  const { channel, phone, runId, flowId, by, onBusy, expiresAt } = event
  const refuse = (reason: 'opted-out' | 'lapsed' | 'no-flow' | 'busy'): Outcome => {
    turn.event('session.refused', { flow: flowId, reason, by })
    if (event.wasQueued) turn.batch.pendingStartsDone.push({ channel, phone, id: runId })
    return { status: 'ignored', reason }
  }
  if (turn.isOptedOut) return refuse('opted-out')
  if (event.wasQueued && expiresAt <= turn.now) return refuse('lapsed')
  const start = turn.world.firstStart(channel, flowId)
  if (start === undefined) return refuse('no-flow')
  if (turn.state !== null) {
    if (event.wasQueued) return { status: 'waiting', runId }
    if (onBusy === 'skip') return refuse('busy')
    if (onBusy === 'queue') return wait(turn, event)
    interrupt(turn, event.messageId)
  }
  if (event.wasQueued) turn.batch.pendingStartsDone.push({ channel, phone, id: runId })
  begin(turn, start, { runId, source: by, seed: event.messageId, params: event.params })
  return { status: 'started', runId }
}

function wait(turn: Turn, event: StartRequested): Outcome {
  const { channel, phone, runId, flowId, params, by, requestedAt, expiresAt } = event
  turn.batch.pendingStarts.push({ channel, phone, id: runId, flowId, params, source: by, requestedAt, expiresAt })
  turn.event('session.waiting', { run: runId, flow: flowId, by, expiresAt })
  turn.hasPendingStart = true
  return { status: 'waiting', runId }
}

/** The API, a campaign or an agent wants a text sent outside any session. */
export function onSendRequested(turn: Turn, event: SendRequested): Outcome {
  if (turn.isOptedOut) return turn.ignore('opted-out', event.by, { message: event.id })
  const { id, text, by: source, priority, sendAt: dueAt, expiresAt, from } = event
  sendText(turn, { id, text, source, priority, dueAt, expiresAt, ...(from !== undefined && { from }) })
  return { status: 'queued', id }
}

/** The running session is ended from outside, if it is still the one that was meant. */
export function onEndRequested(turn: Turn, event: EndRequested): Outcome {
  if (turn.state === null || turn.runId !== event.runId) return turn.ignore('no-session', event.by)
  interrupt(turn, event.messageId)
  return { status: 'ended', runId: event.runId }
}
