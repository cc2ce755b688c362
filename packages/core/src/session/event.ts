import type { Json, JsonObject } from '../json.ts'

/** What can happen to a session. The host wraps it in an envelope with time, randomness and the contact. */
export type SessionEvent =
  | StartEvent
  | MoEvent
  | TimerEvent
  | HttpDoneEvent
  | HttpErrorEvent
  | DlrEvent
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
