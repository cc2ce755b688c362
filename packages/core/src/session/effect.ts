import type { Json, JsonObject } from '../json.ts'
import type { Outcome } from './outcome.ts'

/**
 * What a step asks its host to do, as data: the engine itself does nothing. Applied in the order returned.
 * Strings are already rendered: no template reaches a host.
 */
export type Effect = SendMtEffect | HttpEffect | HttpCancelEffect | ResultEffect | EndEffect

/** Send a text to the contact of the session. */
export interface SendMtEffect {
  readonly kind: 'sendMt'
  readonly node: string
  readonly text: string
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
export type EffectTemplate = { readonly kind: Exclude<Effect['kind'], 'end'> } & JsonObject
