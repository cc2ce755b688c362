import type { Address, DlrState } from '@textloom/core'
import type { Body } from '../../message/body.ts'
import type { Refused } from '../../pretend/mo-queue.ts'
import type { Frame, FrameCodec, Unnumbered } from '../frame.ts'

/** A segment that a client submits. */
export interface SubmittedSegment {
  readonly from: Address
  readonly to: Address
  readonly body: Body
  readonly wantsDlr: boolean
}

/** What a password opens: the session for messages, or (in UCP) one that changes the lists of the account. */
export type Door = 'messages' | 'provisioning'

/** What a request of a client asks a pretend SMSC for; without a door, that of messages is meant. */
export type Asked<F extends Frame> =
  | { readonly type: 'login'; readonly user: string; readonly password: string; readonly door?: Door }
  | { readonly type: 'logout'; readonly answer: Unnumbered<F> }
  | { readonly type: 'submit'; readonly segment: SubmittedSegment }
  | { readonly type: 'query' | 'cancel'; readonly to: Address; readonly timeStamp: string }
  | { readonly type: 'replace'; readonly segment: SubmittedSegment; readonly timeStamp: string }
  | { readonly type: 'password'; readonly password?: string; readonly next: string; readonly door?: Door }
  /** A client that takes MOs only when it has asked: how many wait, the next one, or all of them. */
  | { readonly type: 'fetch'; readonly what: 'count' | 'one' | 'all' }
  | {
      readonly type: 'list'
      readonly deed: 'add' | 'remove' | 'verify'
      readonly list: 'mo' | 'mt'
      readonly item: string
    }
  | { readonly type: 'routine'; readonly answer: Unnumbered<F> }

/** An MO to compose. */
export interface MoText {
  readonly from: Address
  readonly to: Address
  readonly text: string
}

/** Why a pretend SMSC refuses a login or a segment: what happens to have its own code in the protocol, or a code. */
export type PretendRefusal =
  | 'bad-credentials'
  | 'refused'
  | 'already-bound'
  | 'throttled'
  | 'bad-recipient'
  | 'unknown-message'
  | 'too-late'
  | 'bad-password-change'
  | 'in-list'
  | 'not-in-list'
  | number

/** What a pretend SMSC leaves to its protocol. Times are epoch milliseconds. */
export interface SmscProtocol<F extends Frame> {
  readonly codec: FrameCodec<F>
  keepAlive(): Unnumbered<F>
  ask(request: F, now: number): Asked<F>
  loggedIn(request: F): Unnumbered<F>
  /** The answer to a segment that is taken at a time, which names the message together with its recipient. */
  taken(request: F, segment: SubmittedSegment, at: number): Unnumbered<F>
  refused(request: F, why: PretendRefusal): Unnumbered<F>
  /** A time as this protocol names messages by it. */
  timeStamp(at: number): string
  /** The answer to a question about a segment, and what the SMSC says of itself behind it. */
  told(
    request: F,
    about: { readonly segment: SubmittedSegment; readonly takenAt: number; readonly state: DlrState },
    now: number,
  ): { readonly answer: Unnumbered<F>; readonly followedBy?: Unnumbered<F> }
  /** The answer to a segment that was taken back, and what the SMSC says of itself behind it. */
  cancelled(
    request: F,
    about: { readonly segment: SubmittedSegment; readonly takenAt: number },
    now: number,
  ): { readonly answer: Unnumbered<F>; readonly followedBy?: Unnumbered<F> }
  /** The answer to what was done as asked; `waiting` for a client that asked how many MOs wait. */
  done(request: F, waiting?: number): Unnumbered<F>
  /** A refusal in words, for events. */
  nameOfRefusal(why: PretendRefusal): string
  /** The requests that carry an MO, one per part. */
  mo(mo: MoText, reference: number, at: number): readonly Unnumbered<F>[]
  /** The request that says what became of a segment, which was taken at one time and is done at another. */
  receipt(segment: SubmittedSegment, takenAt: number, state: DlrState, doneAt: number): Unnumbered<F>
  /** Why a client did not take what it was handed; undefined if it did. */
  refusedByClient(answer: F): Refused | undefined
}
