import type { ChannelRoute } from '../channel-route.ts'
import type { MoArrived, Outcome, StopDecided } from '../incoming.ts'
import { type ConsentEvidence, changeConsent } from './contact.ts'
import { interrupt } from './move.ts'
import { sendText } from './mt.ts'
import type { Turn } from './turn.ts'

/** STOP: nothing is sent to this phone any more, on any channel, but one confirmation; its session ends. */
export function stop(turn: Turn, mo: MoArrived, route: ChannelRoute): Outcome {
  if (turn.isOptedOut) return turn.ignore('already-opted-out', 'mo', { message: mo.id })
  heard(turn, mo, 'stop')
  if (turn.state !== null) interrupt(turn, mo.messageId)
  changeConsent(turn, 'out', saidBy(mo))
  sendText(turn, { inReplyTo: mo.id, text: route.texts.stop, source: 'keyword', isConsent: true })
  return { status: 'keyword', keyword: 'stop' }
}

/** Somebody read a text and took it for a STOP: it counts as one from now on. */
export function stopDecided(turn: Turn, { text, message, agent, messageId }: StopDecided): Outcome {
  if (turn.isOptedOut) return turn.ignore('already-opted-out', 'agent', { message })
  turn.event('keyword.heard', { keyword: 'stop', message })
  if (turn.state !== null) interrupt(turn, messageId)
  changeConsent(turn, 'out', {
    event: { topic: '', source: 'review' },
    entry: { actor: agent.id, actorName: agent.name, words: text, message },
  })
  const confirmation = turn.route?.texts.stop
  if (confirmation !== undefined) {
    sendText(turn, { inReplyTo: message, text: confirmation, source: 'keyword', isConsent: true })
  }
  return { status: 'keyword', keyword: 'stop' }
}

/** START after STOP: the phone may be written to again. */
export function resume(turn: Turn, mo: MoArrived, route: ChannelRoute): Outcome {
  heard(turn, mo, 'start')
  changeConsent(turn, 'in', saidBy(mo))
  // The claim leaves out phones that are suppressed when it looks: by then this store has lifted it.
  sendText(turn, { inReplyTo: mo.id, text: route.texts.start, source: 'keyword', isConsent: true })
  turn.afterwards.push({ kind: 'happened', what: 'opt-in', seed: mo.messageId, behind: { text: mo.text, mo: mo.id } })
  return { status: 'keyword', keyword: 'start' }
}

/** HELP: the channel's own words, after STOP too, since the contact asks for them; a running session stays where it is. */
export function help(turn: Turn, mo: MoArrived, route: ChannelRoute): Outcome {
  heard(turn, mo, 'help')
  sendText(turn, { inReplyTo: mo.id, text: route.texts.help, source: 'keyword', isConsent: true })
  return { status: 'keyword', keyword: 'help' }
}

function saidBy({ text, id }: MoArrived): ConsentEvidence {
  return {
    event: { topic: '', source: 'keyword' },
    entry: { actor: 'contact', actorName: '', words: text, message: id },
  }
}

function heard(turn: Turn, mo: MoArrived, keyword: 'stop' | 'start' | 'help'): void {
  turn.event('keyword.heard', { keyword, message: mo.id })
}
