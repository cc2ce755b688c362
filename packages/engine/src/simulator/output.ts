import type { ContactChange, Json, Outcome, WaitKind } from '@textloom/core'

/**
 * What a simulated conversation tells, one line of `textloom simulate` each (CONTRACT §4). `turn` is 0 for the start,
 * then the number of inputs taken; `at` is the simulated time, UTC with milliseconds.
 */
export type SimulateOutput = { readonly turn: number; readonly at: string } & OutputBody

/** An output without its place in the conversation; keys in the order in which they are printed. */
export type OutputBody =
  | MtOutput
  | ResultOutput
  | ContactOutput
  | RequestOutput
  | NotifyOutput
  | TicketOutput
  | FlowOutput
  | IgnoredOutput
  | ErrorOutput
  | WaitOutput
  | EndOutput

/** A text sent to the contact: one, however many segments it takes. `node` is absent when the service itself answers. */
export interface MtOutput {
  readonly type: 'mt'
  readonly text: string
  readonly to: string
  readonly segments: number
  readonly encoding: 'gsm7' | 'ucs2'
  /** Addresses of files, for links that carry them. */
  readonly attachments?: readonly string[]
  readonly node?: string
}

/** An answer recorded. */
export interface ResultOutput {
  readonly type: 'result'
  readonly name: string
  readonly value: Json
  readonly category?: string
}

/** A change of the contact. */
export type ContactOutput = { readonly type: 'contact' } & ContactChange

/** People of the organisation are told something. */
export interface NotifyOutput {
  readonly type: 'notify'
  readonly by: 'email' | 'webhook' | 'sms'
  readonly to: readonly string[]
  readonly subject?: string
  readonly text: string
}

/** The conversation is brought to people. */
export interface TicketOutput {
  readonly type: 'ticket'
  readonly queue: string
  readonly note: string
  readonly topic?: string
  readonly priority: string
}

/** A flow was called, or a called flow ended: its id. */
export type FlowOutput = { readonly type: 'flow' } & ({ readonly entered: string } | { readonly left: string })

/** An HTTP request of the flow; each attempt for itself. */
export interface RequestOutput {
  readonly type: 'http'
  readonly method: string
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  readonly body?: Json
}

/** An input that moved nothing, and why; after STOP the contact is `opted-out` until START, and only HELP is answered. */
export interface IgnoredOutput {
  readonly type: 'ignored'
  readonly reason: 'no-match' | 'no-session' | 'not-waiting' | 'opted-out' | 'already-opted-out'
}

/** Why a session failed; its end follows. */
export interface ErrorOutput {
  readonly type: 'error'
  readonly code: string
  readonly message: string
  readonly node?: string
}

/** What a session that moved waits for now; `until` is the time at which it goes on by itself, null when it does not. */
export interface WaitOutput {
  readonly type: 'wait'
  readonly for: WaitKind
  readonly until: string | null
  readonly node: string
}

/** The session is over. */
export interface EndOutput {
  readonly type: 'end'
  readonly outcome: Outcome
}
