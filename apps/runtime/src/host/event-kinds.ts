import type { ContactChange, DlrState, Json, NotifyEffect, Outcome, TicketOutcome } from '@textloom/core'
import type { OutboxSource } from '../db/hot/types.ts'
import type { IgnoredReason } from './codes.ts'
import type { StartSource } from './incoming.ts'

/**
 * The rows of table `event`: `kind` → what its `data` holds. Append only; analytics is computed from these alone, so
 * a field is never taken away and never changes its meaning. Times are epoch milliseconds; `run`, `message` are
 * UUIDs; texts appear only where nobody can analyse without them. The row's own `at` is when it was stored.
 */
export interface EventData {
  /** An MO was stored. `receivedAt` is when it reached the host; `parts` how many parts it came in. */
  'mo.received': {
    message: string
    link: string
    receivedAt: number
    run?: string
    parts?: number
    missingParts?: readonly number[]
  }
  /** An MO, or something else that came in, moved nothing. */
  'event.ignored': { source: string; reason: IgnoredReason; message?: string; run?: string; node?: string }
  /** Something could not be handled. */
  'event.dead': { source: string; reason: string; deadLetter: string; message?: string }
  /** STOP, START or HELP was understood. */
  'keyword.heard': { keyword: 'stop' | 'start' | 'help'; message: string }
  /** The channel's fallback text answered, because no flow wanted the MO. */
  'fallback.sent': { message: string }
  /** A flow began; `source` is `mo` or who asked. */
  'session.started': { run: string; flow: string; revision: string; source: StartSource; message?: string }
  /** A flow ended. */
  'session.ended': {
    run: string
    flow: string
    revision: string
    outcome: Outcome
    label?: string
    failure?: { code: string; message: string; node?: string }
  }
  /** A start found the phone busy: it was skipped or waits. */
  'session.refused': { flow: string; reason: IgnoredReason; by: StartSource }
  'session.waiting': { run: string; flow: string; by: StartSource; expiresAt: number; message?: string }
  /** A node called another flow, and that flow was over. `revision` is empty where it could not be entered at all. */
  'flow.entered': { run: string; node: string; flow: string; revision: string }
  'flow.left': {
    run: string
    node: string
    flow: string
    revision: string
    outcome: Outcome
    failure?: { code: string; message: string; node?: string }
  }
  /** A session went through its flow; one row for all nodes it passed in one go, because there are so many of them. */
  'session.moved': { run: string; path: readonly Passed[] }
  /** A contact agreed or refused to be texted: about a topic, or at all where it is empty. */
  'consent.changed': {
    consent: 'in' | 'out'
    topic: string
    source: 'keyword' | 'flow' | 'review'
    run?: string
    node?: string
  }
  /** A flow changed what is known of the contact. */
  'contact.changed': { run: string; node: string } & Exclude<ContactChange, { readonly consent: unknown }>
  /** A flow brought the conversation to people; nobody could take it. */
  'ticket.opened': { ticket: string; run: string; node: string; queue: string; priority: string; topic?: string }
  'ticket.refused': {
    ticket: string
    run: string
    node: string
    queue: string
    reason: 'outside-hours' | 'unavailable'
    topic?: string
  }
  /** The contact wrote while people have the conversation. */
  'ticket.heard': { ticket: string; message: string; run?: string }
  /** What an agent did with a ticket; `agent` is their name, `to` that of who has it then. */
  'ticket.claimed': TicketDeed
  'ticket.released': TicketDeed
  'ticket.transferred': TicketDeed & { queue: string; to: string | null }
  'ticket.noted': TicketDeed & { note: string }
  'ticket.replied': TicketDeed & { message: string }
  /** A ticket is over. */
  'ticket.closed': {
    ticket: string
    queue: string
    outcome: TicketOutcome | 'withdrawn'
    openedAt: number
    run?: string
    agent?: string
  }
  /** A contact opened the short address of an MT, for the first time. */
  'tracked-link.opened': { message: string; node: string; run?: string }
  /** A flow tells people of the organisation: to be delivered, delivered, given up. */
  'notify.queued': { run: string; node: string; by: NotifyEffect['by'] }
  'notify.sent': { node: string; by: NotifyEffect['by']; attempt: number; run?: string }
  'notify.failed': { node: string; by: NotifyEffect['by']; attempt: number; code: string; run?: string }
  /** An answer was recorded. */
  result: { run: string; node: string; name: string; value: Json; category?: string }
  /** An MT was written. `inReplyTo` is the MO it answers: with `mt.sent` that gives response times. */
  'mt.queued': {
    message: string
    by: OutboxSource
    segments: number
    inReplyTo?: string
    run?: string
    node?: string
  }
  /** The network accepted an MT. */
  'mt.sent': { message: string; link: string; attempt: number; possibleDuplicate?: true }
  /** The network delivers another text in the place of an MT that it had accepted. */
  'mt.replaced': { message: string; link: string }
  /** An MT will not be sent (again). */
  'mt.failed': { message: string; link: string; attempt: number; state: 'failed' | 'expired' | 'unknown'; code: string }
  /** A receipt of one segment. `country` is the calling code's ISO country of the phone, where it has one. */
  dlr: {
    message?: string
    run?: string
    link: string
    segment: number
    state: DlrState
    error?: string
    country?: string
  }
  /** A flow asked for an HTTP request; the address without its query. */
  'http.requested': { run: string; node: string; request: string; attempt: number; method: string; host: string }
  /** It was answered, or failed. */
  'http.answered': { run?: string; request: string; status?: number; error?: string }
}

/** Who did it to which ticket. */
type TicketDeed = { ticket: string; agent: string; run?: string }

/**
 * A node entered, or left by one of its exits. `text`: the reply that only the exit `other` wanted; `flow`: the flow of
 * the node, where it is a called one.
 */
export type Passed = { enter: string; flow?: string } | { exit: string; handle: string; text?: string; flow?: string }

/** The name of an event row. */
export type EventKind = keyof EventData
