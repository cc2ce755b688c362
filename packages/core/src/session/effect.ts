import type { ContactChange } from '../contact.ts'
import type { Json, JsonObject } from '../json.ts'
import type { Outcome } from './outcome.ts'

/**
 * What a step asks its host to do, as data: the engine itself does nothing. Applied in the order returned.
 * Strings are already rendered: no template reaches a host.
 */
export type Effect =
  | SendMtEffect
  | HttpEffect
  | HttpCancelEffect
  | ResultEffect
  | ContactEffect
  | NotifyEffect
  | TicketEffect
  | TicketWithdrawEffect
  | FlowEffect
  | EndEffect

/** Send a text to the contact of the session. */
export interface SendMtEffect {
  readonly kind: 'sendMt'
  readonly node: string
  readonly text: string
  /** Files for links that carry them; others send their addresses behind the text. */
  readonly attachments?: readonly Attachment[]
  /** The tracked link within the text. */
  readonly link?: TrackedLink
  /** What it is about, for those who agreed to some topics only. */
  readonly topic?: string
}

/** A file to be sent, by its address. */
export interface Attachment {
  readonly url: string
}

/** A short address in a text: whoever opens it is led to `url`, and the session gets a `link` event. */
export interface TrackedLink {
  /** What follows the link base of the channel. */
  readonly token: string
  readonly url: string
}

/** Make an HTTP request; its answer returns as an `http.done` or `http.error` event that names `id`. */
export interface HttpEffect {
  readonly kind: 'http'
  readonly node: string
  /** Names the request within its session; a cancel and the answer carry it. */
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  /** A JSON body, or text when the author wrote text; absent for none. */
  readonly body?: Json
  readonly timeoutMs: number
  /** 1 for the first attempt. */
  readonly attempt: number
  /** How long the host waits before it makes this attempt. */
  readonly delayMs: number
}

/** The answer of request `id` is no longer wanted. */
export interface HttpCancelEffect {
  readonly kind: 'http.cancel'
  readonly id: string
}

/** Record an answer for analytics. */
export interface ResultEffect {
  readonly kind: 'result'
  readonly node: string
  readonly name: string
  readonly value: Json
  readonly category?: string
}

/** The contact changed. */
export interface ContactEffect {
  readonly kind: 'contact'
  readonly node: string
  readonly change: ContactChange
}

/** Tell people of the organisation. */
export interface NotifyEffect {
  readonly kind: 'notify'
  readonly node: string
  readonly by: 'email' | 'webhook' | 'sms'
  /** E-mail addresses, one URL, or phone numbers. */
  readonly to: readonly string[]
  /** For e-mail. */
  readonly subject?: string
  readonly text: string
}

/** Bring the conversation to people: a ticket in a queue. Its end returns as a `ticket` event that names `id`. */
export interface TicketEffect {
  readonly kind: 'ticket'
  readonly node: string
  /** Names the ticket within its session. */
  readonly id: string
  readonly queue: string
  readonly topic?: string
  readonly priority: 'low' | 'normal' | 'high' | 'urgent'
  readonly note: string
}

/** The session waits for ticket `id` no longer: it goes on by itself, or is over. */
export interface TicketWithdrawEffect {
  readonly kind: 'ticket.withdraw'
  readonly id: string
}

/** A flow was called, or a called flow ended. */
export interface FlowEffect {
  readonly kind: 'flow'
  readonly change: 'entered' | 'left'
  /** The node that called it. */
  readonly node: string
  readonly flow: string
  readonly revision: string
  /** How it ended, when it was left. */
  readonly outcome?: Outcome
  /** Present when `outcome` is `failed`. */
  readonly failure?: Failure
}

/** The session is over; always the last effect of its step. */
export interface EndEffect {
  readonly kind: 'end'
  readonly outcome: Outcome
  readonly label?: string
  /** Present when `outcome` is `failed`. */
  readonly failure?: Failure
}

/** Why one session could not go on: a named failure of that session alone. */
export interface Failure {
  readonly code: string
  readonly message: string
  readonly node?: string
}

/** An effect as a node type writes it into a machine: templates not yet rendered. */
export type EffectTemplate = {
  readonly kind: Exclude<Effect['kind'], 'end' | 'contact' | 'flow'> | 'call'
} & JsonObject
