import type { MoArrived, Outcome, TicketActed } from '../incoming.ts'
import { move } from './move.ts'
import { sendText } from './mt.ts'
import { changeTicket, closeTicket } from './ticket.ts'
import { type OpenTicket, runOf, type Turn } from './turn.ts'

/** A text for the people who have the conversation: the flow hears nothing of it. */
export function hearForTicket(turn: Turn, mo: MoArrived, ticket: OpenTicket): Outcome {
  changeTicket(turn, ticket, { lastHeardAt: mo.receivedAt })
  turn.event('ticket.heard', { ticket: ticket.id, message: mo.id, ...runOf(turn) })
  return { status: 'ticket', ticket: ticket.id }
}

/** Somebody does something with a ticket. */
export function onTicketActed(turn: Turn, { ticket: id, agent, act }: TicketActed): Outcome {
  const ticket = turn.tickets.find((one) => one.id === id)
  if (ticket === undefined) return turn.ignore('ticket-closed', 'agent')
  const isAnothers = ticket.assignee !== null && ticket.assignee !== agent.id
  if (isAnothers && (act.do === 'claim' || act.do === 'reply' || act.do === 'close')) {
    return turn.ignore('ticket-taken', 'agent')
  }
  const { now } = turn
  const deed = { ticket: id, agent: agent.name, ...runOf(turn) }
  const claimed = { assignee: agent.id, assigneeName: agent.name, claimedAt: ticket.claimedAt ?? now }
  switch (act.do) {
    case 'claim':
      if (ticket.assignee === null) {
        changeTicket(turn, ticket, claimed)
        turn.event('ticket.claimed', deed)
      }
      break
    case 'release':
      if (ticket.assignee !== null) {
        changeTicket(turn, ticket, { assignee: null, assigneeName: null, claimedAt: null })
        turn.event('ticket.released', deed)
      }
      break
    case 'transfer': {
      const { queue = ticket.queue, to } = act
      const claimedAt = to === undefined ? null : now
      changeTicket(turn, ticket, { queue, assignee: to?.id ?? null, assigneeName: to?.name ?? null, claimedAt })
      turn.event('ticket.transferred', { ...deed, queue, to: to?.name ?? null })
      break
    }
    case 'note': {
      const { channel, phone } = turn
      const { id: noteId, text } = act
      const author = { author: agent.id, authorName: agent.name }
      turn.batch.ticketNotes.push({ channel, phone, id: noteId, ticket: id, text, ...author, at: now })
      turn.event('ticket.noted', { ...deed, note: noteId })
      break
    }
    case 'reply': {
      if (turn.isOptedOut) return turn.ignore('opted-out', 'agent', { message: act.id })
      const { id: message, text } = act
      if (ticket.assignee === null) turn.event('ticket.claimed', deed)
      sendText(turn, { id: message, text, source: 'agent', agent: agent.name, ticket: id })
      changeTicket(turn, ticket, { ...claimed, firstReplyAt: ticket.firstReplyAt ?? now, lastReplyAt: now })
      turn.event('ticket.replied', { ...deed, message })
      break
    }
    case 'close': {
      closeTicket(turn, ticket, act.outcome, agent)
      const event = { type: 'ticket', id: ticket.engineId, outcome: act.outcome } as const
      move(turn, { event, seed: `ticket:${id}` })
    }
  }
  return { status: 'ticket', ticket: id }
}
