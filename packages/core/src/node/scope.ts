import type { Contact } from '../contact.ts'
import type { Json, JsonObject } from '../json.ts'
import type { SessionEvent } from '../session/event.ts'
import type { StoredContext } from '../session/stored.ts'

/** The channel of a session, as flows see it under `channel.*`. */
export interface ChannelInfo {
  readonly id: string
  readonly address?: string
  /** ISO 3166-1 code: how national numbers and dates are read. */
  readonly country?: string
  /** IANA time zone. */
  readonly timezone?: string
  /** The languages it serves, its default first. */
  readonly languages?: readonly string[]
  /** What tracked links begin with, for example `https://sms.example.org/l/`. */
  readonly linkBase?: string
}

/** Everything a flow can see while it moves: what it remembers, and who and where it talks to. */
export interface SessionContext extends StoredContext {
  readonly contact: Contact
  readonly channel: ChannelInfo
}

/** What a guard or an update of a node type is given. Pure: the time and the randomness come in with the event. */
export interface Scope {
  readonly context: SessionContext
  readonly event: SessionEvent
  /** Epoch milliseconds. */
  readonly now: number
  /** Renders a Liquid template over the context; throws a `TemplateError` when it cannot. */
  render(template: string): string
  /** Renders a template that is one single output (`{{ vars.age }}`) to its value, keeping its type; else text. */
  evaluate(template: string): Json
  /** What an expression comes to; null where a value it needs is missing. Throws an `ExpressionError` when it cannot be read. */
  expression(source: string): Json
  /** A number in [0, 1): the same for the same event, however often its step is tried. */
  random(): number
}

/**
 * Answers whether a transition may be taken. Method types, so that a node type may say what its own `params` hold:
 * `(scope, { words }: { words: readonly string[] }) => …`.
 */
export type Guard = { guard(scope: Scope, params: JsonObject): boolean }['guard']

/** Computes what changes in the stored context. Throwing ends that one session as failed. */
export type Update = { update(scope: Scope, params: JsonObject): Partial<StoredContext> }['update']

/**
 * Computes how long to wait, in milliseconds; nothing or less is over with the next turn of the clock. Throwing ends
 * that one session as failed.
 */
export type Delay = { delay(scope: Scope, params: JsonObject): number }['delay']
