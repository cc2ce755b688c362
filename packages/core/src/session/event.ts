import type { Json, JsonObject } from '../json.ts'
import type { Outcome } from './outcome.ts'
import type { StoredContext } from './stored.ts'

/** What can happen to a session. The host wraps it in an envelope with time, randomness and the contact. */
export type SessionEvent =
  | StartEvent
  | MoEvent
  | TimerEvent
  | HttpDoneEvent
  | HttpErrorEvent
  | DlrEvent
  | LinkEvent
  | TicketEvent
  | FlowEndedEvent
  | InterruptEvent

/** Begin at a start node. */
export interface StartEvent {
  readonly type: 'start'
  readonly node: string
  /** The text that started it, if a text did; becomes `reply.text`. */
  readonly text?: string
  readonly params?: JsonObject
}

/** The contact wrote. */
export interface MoEvent {
  readonly type: 'mo'
  readonly text: string
}

/** A stored timer is due; dropped unless exactly this timer is still stored. */
export interface TimerEvent {
  readonly type: 'timer'
  readonly id: string
  readonly setAtRev: number
  readonly dueAt: number
}

/** The answer of an HTTP request, whatever its status. */
export interface HttpDoneEvent {
  readonly type: 'http.done'
  readonly id: string
  readonly status: number
  /** The parsed body when it was JSON, else its text. */
  readonly body?: Json
}

/** No answer came. */
export interface HttpErrorEvent {
  readonly type: 'http.error'
  readonly id: string
  readonly error: 'timeout' | 'network' | 'refused'
  readonly message?: string
}

/** What became of an MT of this session. */
export interface DlrEvent {
  readonly type: 'dlr'
  readonly state: 'delivered' | 'failed'
}

/** End the session from outside (STOP, an operator, a start that interrupts). */
export interface InterruptEvent {
  readonly type: 'interrupt'
}

/** The contact opened the tracked link of a node. */
export interface LinkEvent {
  readonly type: 'link'
  readonly node: string
}

/** How a ticket can end for a flow. */
export const ticketOutcomes = ['resolved', 'unavailable', 'outside-hours', 'timed-out'] as const

/** How a ticket ended for the flow. */
export type TicketOutcome = (typeof ticketOutcomes)[number]

/** A ticket of the session is over. */
export interface TicketEvent {
  readonly type: 'ticket'
  readonly id: string
  readonly outcome: TicketOutcome
}

/** The flow that a node called is over. Made by the step itself, for the flow that called. */
export interface FlowEndedEvent {
  readonly type: 'flow'
  /** The node that called. */
  readonly node: string
  readonly outcome: Outcome
  /** What the called flow hands back: its results by name, and its variables. */
  readonly returned: { readonly results: StoredContext['results']; readonly vars: StoredContext['vars'] }
}
