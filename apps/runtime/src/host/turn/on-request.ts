import type { StartKind } from '@textloom/core'
import type { EndRequested, Outcome, SendRequested, StartRequested, StartSource } from '../incoming.ts'
import { begin, interrupt } from './move.ts'
import { sendText } from './mt.ts'
import type { Turn } from './turn.ts'

/** The API, a campaign or an agent wants a flow to begin. */
export function onStartRequested(turn: Turn, event: StartRequested): Outcome {
  const { channel, phone, runId, flowId, by, node, text, mo, expiresAt } = event
  const refuse = (reason: 'opted-out' | 'lapsed' | 'no-flow' | 'busy'): Outcome => {
    turn.event('session.refused', { flow: flowId, reason, by })
    if (event.wasQueued) turn.batch.pendingStartsDone.push({ channel, phone, id: runId })
    return { status: 'ignored', reason }
  }
  if (turn.isOptedOut) return refuse('opted-out')
  if (event.wasQueued && expiresAt <= turn.now) return refuse('lapsed')
  const start = turn.world.startOf(channel, flowId, { kinds: kindsFor[by], node })
  if (start === undefined) return refuse('no-flow')
  const onBusy = event.onBusy ?? (start.isAsked ? start.whenBusy : 'skip')
  const queue = (): Outcome => {
    const { params } = event
    turn.queueStart({ id: runId, flowId, node: null, source: by, params, text: null, message: null, expiresAt })
    return { status: 'waiting', runId }
  }
  if (turn.state !== null) {
    if (event.wasQueued) return { status: 'waiting', runId }
    if (onBusy === 'skip') return refuse('busy')
    if (onBusy === 'queue') return queue()
    interrupt(turn, event.messageId)
  } else if (turn.hasPendingStart && !event.wasQueued && onBusy === 'queue') {
    // Nothing runs at this moment, and those that wait already go first.
    turn.freesQueue = true
    return queue()
  }
  if (event.wasQueued) turn.batch.pendingStartsDone.push({ channel, phone, id: runId })
  begin(turn, start, {
    runId,
    source: by,
    seed: event.messageId,
    params: event.params,
    ...(text !== undefined && { text }),
    ...(mo !== undefined && { mo }),
  })
  return { status: 'started', runId }
}

/** The starts that are meant for who asks, the best first. */
const kindsFor: { readonly [by in StartSource]: readonly StartKind[] } = {
  api: ['api'],
  agent: ['api'],
  campaign: ['campaign', 'api'],
  mo: ['mo'],
  event: ['new-contact', 'opt-in', 'ticket-closed'],
}

/** The API, a campaign or an agent wants a text sent outside any session. */
export function onSendRequested(turn: Turn, event: SendRequested): Outcome {
  const { id, text, files = [], by: source, priority, sendAt: dueAt, expiresAt, from, topic, onBusy } = event
  const isUnwanted = turn.isOptedOut || (topic !== undefined && turn.suppressed.has(topic))
  if (isUnwanted) return turn.ignore('opted-out', source, { message: id })
  if (turn.state !== null && onBusy !== undefined) {
    if (onBusy !== 'interrupt') return turn.ignore('busy', source, { message: id })
    interrupt(turn, event.messageId)
  }
  const about = topic === undefined ? {} : { topic }
  sendText(turn, { id, text, files, source, priority, dueAt, expiresAt, ...about, ...(from !== undefined && { from }) })
  return { status: 'queued', id }
}

/** The running session is ended from outside, if it is still the one that was meant. */
export function onEndRequested(turn: Turn, event: EndRequested): Outcome {
  if (turn.state === null || turn.runId !== event.runId) return turn.ignore('no-session', event.by)
  interrupt(turn, event.messageId)
  return { status: 'ended', runId: event.runId }
}
