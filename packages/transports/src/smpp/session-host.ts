import type { Buffer } from 'node:buffer'
import type { Timers } from '../timers.ts'
import type { Pdu, PduInput, RequestName, ResponseName } from './pdu/pdu.ts'

/** What a bind may do: send, receive, or both (SMPP 3.4 §2.2). */
export type BindMode = 'transmitter' | 'receiver' | 'transceiver'

/** open: connected, nothing agreed. binding: our bind is unanswered. unbinding: our unbind is. closed: over for good. */
export type SessionState = 'open' | 'binding' | 'bound' | 'unbinding' | 'closed'

/** How a session ended, in words for the operator. */
export interface SessionEnd {
  readonly reason:
    | 'stopped'
    | 'peer-unbound'
    | 'connection-lost'
    | 'silent'
    | 'garbage'
    | 'bind-refused'
    | 'bind-silent'
  readonly message: string
  /** The command_status of a refused bind. */
  readonly status?: number
}

/** The peer's request, and how to answer it: once, at any later time. */
export interface PeerRequest {
  readonly pdu: Pdu<RequestName>
  answer(status: number, fields?: PduInput<ResponseName>['fields']): void
}

/** Everything a session asks of whoever holds its socket. */
export interface SessionHost {
  readonly timers: Timers
  write(octets: Buffer): void
  /** Closes the connection once what was written has left. */
  close(): void
  /** The session is bound: requests of the peer may follow in this very moment. */
  onBound(mode: BindMode): void
  /** A request that is not the session's own business. Return false if this side serves no such request. */
  onRequest(request: PeerRequest): boolean
  /**
   * An SMSC decides here about a bind of its peer, or leaves it without an answer; absent on an ESME, which is not to be
   * bound to.
   */
  onBind?(bind: Pdu<BindCommand>): { readonly status: number; readonly systemId: string } | undefined
  onEnd(end: SessionEnd): void
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string, fields?: { readonly [name: string]: unknown }): void
  /** Sees each PDU in both directions: for ledgers and traces. */
  onPdu?(direction: 'in' | 'out', octets: Buffer): void
}

/** The limits of a session. */
export interface SessionOptions {
  readonly windowSize: number
  /** Silence of the peer after which it is asked whether it is there. */
  readonly enquireLinkMs: number
  readonly responseTimeoutMs: number
  readonly bindTimeoutMs: number
}

/** The requests that bind. */
export type BindCommand = `bind_${BindMode}`
