import type { SessionEvent, TicketEffect, TicketOutcome } from '@textloom/core'
import type { TicketEnd } from '../../db/hot/types.ts'
import type { Agent } from '../incoming.ts'
import { type OpenTicket, runOf, type Turn } from './turn.ts'

/** Opens the ticket that a flow asked for. Where nobody can take it, the flow hears so as soon as it has come to rest. */
export function openTicket(turn: Turn, effect: TicketEffect): void {
  const { world, now, route, channel, phone, runId } = turn
  const { id: engineId, node, topic, priority, note } = effect
  const { id: queue, refuses } = world.queueNow(effect, route?.timezone)
  const id = world.newId()
  const about = { ticket: id, run: runId ?? '', node, queue, ...(topic !== undefined && { topic }) }
  const closed = refuses === undefined ? null : { outcome: refuses, at: now, by: null }
  turn.batch.tickets.push({
    channel,
    phone,
    id,
    runId: runId ?? '',
    node,
    queue,
    topic: topic ?? null,
    priority,
    note,
    openedAt: now,
    closed,
  })
  if (refuses !== undefined) {
    turn.event('ticket.refused', { ...about, reason: refuses })
    const event = { type: 'ticket', id: engineId, outcome: refuses } as const
    turn.afterwards.push({ kind: 'event', event, seed: `ticket:${turn.rev}:${engineId}` })
    return
  }
  turn.event('ticket.opened', { ...about, priority })
  turn.tickets = [...turn.tickets, { ...untouched, id, engineId, queue, openedAt: now }]
}

const untouched = {
  assignee: null,
  assigneeName: null,
  claimedAt: null,
  firstReplyAt: null,
  lastReplyAt: null,
  lastHeardAt: null,
}

/** Stores a ticket as it is now. */
export function changeTicket(turn: Turn, ticket: OpenTicket, change: Partial<OpenTicket>): OpenTicket {
  const changed = { ...ticket, ...change }
  turn.tickets = turn.tickets.map((one) => (one.id === ticket.id ? changed : one))
  write(turn, changed, null)
  return changed
}

/** Ends a ticket; `agent` is who did, where somebody did. */
export function closeTicket(turn: Turn, ticket: OpenTicket, outcome: TicketOutcome | 'withdrawn', agent?: Agent): void {
  const { id, queue, openedAt } = ticket
  turn.tickets = turn.tickets.filter((one) => one !== ticket)
  write(turn, ticket, { outcome, at: turn.now, by: agent?.name ?? null })
  const by = agent === undefined ? {} : { agent: agent.name }
  turn.event('ticket.closed', { ticket: id, queue, outcome, openedAt, ...runOf(turn), ...by })
  if (outcome === 'withdrawn') return
  turn.afterwards.push({
    kind: 'happened',
    what: 'ticket-closed',
    how: { queue, outcome },
    seed: `ticket-closed:${id}`,
  })
}

/** The flow waits for a ticket no longer: its time was up, or something else ended the wait. */
export function withdrawTickets(turn: Turn, cause: SessionEvent, engineId?: string): void {
  for (const ticket of turn.tickets) {
    if (engineId !== undefined && ticket.engineId !== engineId) continue
    closeTicket(turn, ticket, cause.type === 'timer' ? 'timed-out' : 'withdrawn')
  }
}

function write(
  turn: Turn,
  { engineId: _engineId, openedAt: _openedAt, ...ticket }: OpenTicket,
  closed: TicketEnd | null,
) {
  const { channel, phone } = turn
  turn.batch.ticketChanges.push({ ...ticket, channel, phone, closed })
}
