import type { Inbound, OutboundMt, TransportError } from '@textloom/core'
import type { MoIds } from '../connection/mo-ids.ts'
import type { Errand } from './errands.ts'
import type { FollowUpProtocol } from './follow-up.ts'
import type { Frame, FrameCodec, Unnumbered } from './frame.ts'
import type { LoginRefusal } from './session.ts'

/** What a request of the SMSC is, and how it is answered. */
export type Reading<F extends Frame> =
  /** To be stored, and answered then. */
  | { readonly type: 'inbound'; readonly inbound: Inbound }
  /** To be answered at once; `problem` for the log where it should have been more. */
  | { readonly type: 'routine'; readonly answer: Unnumbered<F>; readonly problem?: string }

/** What a client link leaves to its protocol. */
export interface ClientProtocol<F extends Frame> {
  readonly codec: FrameCodec<F>
  login(): Unnumbered<F>
  /** Why the SMSC refuses the login; undefined if it does not. */
  verdictOnLogin(answer: F): LoginRefusal | undefined
  /** What the link does on its own account after each login. */
  errands?(): readonly Errand<F>[]
  /** Undefined where the protocol has no word for goodbye. */
  logout(): Unnumbered<F> | undefined
  keepAlive(): Unnumbered<F>
  /** The requests that carry an MT, one per segment. @throws TransportError for what cannot be sent at all. */
  submits(mt: OutboundMt): readonly Unnumbered<F>[]
  /** What the SMSC says of a segment: the id that its receipt will have, or why it does not take it. */
  outcome(key: string, answer: F): string | TransportError
  readonly followUp: FollowUpProtocol<F>
  /** Whether an answer says that the SMSC has forgotten our login. */
  isLoginLost(answer: F): boolean
  read(request: F, moIds: MoIds): Reading<F>
  /** The answer to what has been stored. */
  taken(request: F): Unnumbered<F>
  /** The answer that keeps the SMSC trying. */
  notNow(request: F): Unnumbered<F>
}
