import { type ConsentAction, consentAction, mayMeanStop } from '@textloom/core'
import type { ChannelRoute } from '../channel-route.ts'
import type { MoArrived, Outcome } from '../incoming.ts'
import type { StartPoint } from '../world.ts'
import { help, resume, stop } from './consent.ts'
import { bury, buryFailed } from './dead-letter.ts'
import { beginInTurn, isRunning, PATIENCE_MS } from './happened.ts'
import { begin, failureOf, interrupt, move, moved } from './move.ts'
import { sendText } from './mt.ts'
import { fireTimersDueBy } from './on-due.ts'
import { hearForTicket } from './on-ticket.ts'
import type { Peer, Turn } from './turn.ts'

/** A text from the contact: words of consent first, then the running session, then the starts of the channel's flows. */
export function onMo(turn: Turn, mo: MoArrived, isUnknown: boolean): Outcome {
  const { route } = turn
  received(turn, mo)
  if (route === undefined) return bury(turn, mo, 'no-channel', `No channel "${mo.channel}" takes this message.`)
  // What was due before this text arrived happened before it.
  fireTimersDueBy(turn, mo.receivedAt)
  turn.peer = peerOf(mo, route)

  const word = consentWord(turn, mo, route)
  if (word === 'stop') return stop(turn, mo, route)
  if (word === 'help') return help(turn, mo, route)
  if (turn.isOptedOut) {
    return word === 'start' ? resume(turn, mo, route) : turn.ignore('opted-out', 'mo', { message: mo.id })
  }

  const loop = turn.world.loops?.judge(mo, route) ?? 'fine'
  if (loop === 'known') return turn.ignore('reply-loop', 'mo', { message: mo.id })
  if (loop === 'found') return bury(turn, mo, 'reply-loop', `${mo.channel} is written to by a machine, it seems.`)

  if (route.hasKeywords && mayMeanStop(mo.text)) review(turn, mo)

  const [ticket] = turn.tickets
  if (ticket !== undefined) {
    const start = bestStart(turn, mo)
    const interrupts = start?.whenBusy === 'interrupt' && !isRunning(turn, start)
    return interrupts ? converse(turn, mo, route, start) : hearForTicket(turn, mo, ticket)
  }
  return isUnknown ? greet(turn, mo, route) : converse(turn, mo, route, bestStart(turn, mo))
}

function bestStart(turn: Turn, { channel, text }: MoArrived): TextStart | undefined {
  return turn.world.findStart(channel, { text, channel, groups: turn.contact.groups })
}

type TextStart = ReturnType<Turn['world']['findStart']>

/**
 * The first text of somebody nobody knew: a keyword is worth more than that they are new, that more than a start for any
 * text. Where a keyword won, a start for new contacts that may wait has its turn afterwards.
 */
function greet(turn: Turn, mo: MoArrived, route: ChannelRoute): Outcome {
  const start = bestStart(turn, mo)
  const welcome = turn.world.startOn(mo.channel, 'new-contact')
  if (welcome === undefined) return converse(turn, mo, route, start)
  if (start === undefined || start.takesAnyText) return startBy(turn, mo, welcome)
  const outcome = converse(turn, mo, route, start)
  if (welcome.whenBusy === 'queue') {
    beginInTurn(turn, welcome, { source: 'event', seed: `new:${mo.messageId}`, text: mo.text, mo: mo.id })
  }
  return outcome
}

/** A text that means nothing to the service itself: a reply to the running session, or a start. */
function converse(turn: Turn, mo: MoArrived, route: ChannelRoute, start: TextStart): Outcome {
  const mayBegin = start !== undefined && !isRunning(turn, start)
  if (turn.state !== null && !(mayBegin && start.whenBusy !== 'skip')) return reply(turn, mo)
  if (start === undefined) return unwanted(turn, mo, route)
  if (turn.state !== null && start.whenBusy === 'queue') return queue(turn, mo, start)
  if (turn.state !== null) interrupt(turn, mo.messageId)
  return startBy(turn, mo, start)
}

/** The text is kept for its start, and is no reply to what runs meanwhile. */
function queue(turn: Turn, mo: MoArrived, start: StartPoint): Outcome {
  const runId = turn.world.newId()
  turn.queueStart({
    id: runId,
    flowId: start.flowId,
    node: start.node,
    source: 'mo',
    params: {},
    text: mo.text,
    message: mo.id,
    expiresAt: turn.now + PATIENCE_MS,
  })
  return { status: 'waiting', runId }
}

function consentWord(
  { state, world, isOptedOut }: Turn,
  { text }: MoArrived,
  route: ChannelRoute,
): ConsentAction | undefined {
  if (!route.hasKeywords) return undefined
  const awaitingReply = state !== null && world.awaitsReply(state)
  const { languages, words } = route
  return consentAction(text, { languages, awaitingReply, optedOut: isOptedOut, ...(words && { own: words }) })
}

function reply(turn: Turn, mo: MoArrived): Outcome {
  const { runId } = turn
  const result = move(turn, { event: { type: 'mo', text: mo.text }, seed: mo.messageId, mo: mo.id })
  if (result.ignored !== undefined) return turn.ignore(result.ignored, 'mo', { message: mo.id })
  const failure = failureOf(result)
  return failure === undefined ? moved(runId) : buryFailed(turn, mo, failure)
}

function startBy(turn: Turn, mo: MoArrived, start: StartPoint): Outcome {
  const runId = turn.world.newId()
  const result = begin(turn, start, { runId, source: 'mo', seed: mo.messageId, text: mo.text, mo: mo.id })
  const failure = failureOf(result)
  return failure === undefined ? moved(runId) : buryFailed(turn, mo, failure)
}

function unwanted(turn: Turn, mo: MoArrived, { texts }: ChannelRoute): Outcome {
  if (texts.fallback === undefined)
    return bury(turn, mo, 'no-flow', `No flow on channel "${mo.channel}" begins with this text.`)
  turn.event('fallback.sent', { message: mo.id })
  sendText(turn, { text: texts.fallback, source: 'keyword', inReplyTo: mo.id })
  return { status: 'fallback' }
}

/** A text that may have meant STOP goes its way, and a person reads it. */
function review({ batch, world, channel, phone }: Turn, { id: message, text, receivedAt: at }: MoArrived): void {
  batch.consentReviews.push({ id: world.newId(), channel, phone, message, text, at })
}

function received(turn: Turn, mo: MoArrived): void {
  turn.heardAt(mo.receivedAt)
  turn.event('mo.received', {
    message: mo.id,
    link: mo.link,
    receivedAt: mo.receivedAt,
    ...(turn.runId !== null && { run: turn.runId }),
    ...(mo.parts !== undefined && { parts: mo.parts.sequences.length }),
    ...(mo.parts !== undefined && mo.parts.missing.length > 0 && { missingParts: mo.parts.missing }),
  })
}

/** Kept only where it says more than the phone and the channel do. */
function peerOf(mo: MoArrived, route: ChannelRoute): Peer | undefined {
  return mo.from === mo.phone && mo.to === route.address ? undefined : { to: mo.from, from: mo.to }
}
