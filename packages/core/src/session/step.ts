import type { Contact } from '../contact.ts'
import type { WaitKind } from '../node/define-node.ts'
import type { ChannelInfo } from '../node/scope.ts'
import type { Random } from '../ports.ts'
import type { Effect } from './effect.ts'
import type { SessionEvent } from './event.ts'
import type { StoredContext, StoredSession, StoredTimer } from './stored.ts'

/** What one step is computed from. Nothing else is read: same input, same output. */
export interface StepInput {
  /** The revision a `start` event begins; ignored for other events. */
  readonly revision?: string
  readonly stored: StoredSession | null
  readonly timers: readonly StoredTimer[]
  readonly event: SessionEvent
  /** Epoch milliseconds. */
  readonly now: number
  readonly random: Random
  /** The `rev` this step will be stored under: timers set by it carry it. */
  readonly rev: number
  readonly contact: Contact
  readonly channel: ChannelInfo
  /** The revision of another flow that a call to it enters now; undefined where that flow cannot be called. */
  readonly revisionOf?: (flow: string) => string | undefined
}

/** What one step changes. */
export interface StepResult {
  /** The session after the step; null when none runs any more. */
  readonly stored: StoredSession | null
  /** All timers of the session after the step, its expiry among them. */
  readonly timers: readonly StoredTimer[]
  readonly effects: readonly Effect[]
  /** Nodes entered and exits taken, in order: what analytics and the live path on the canvas are made of. */
  readonly path: readonly PathStep[]
  /** What the session rests in now; null when none runs. */
  readonly rest: Rest | null
  /** What a session that has just ended knew at the end: nothing of it is stored, but whoever looks on may show it. */
  readonly left?: StoredContext
  /** Set when the event moved nothing. */
  readonly ignored?: 'no-session' | 'not-waiting' | 'stale'
}

/** A node entered, or an exit taken. `flow` names the flow they are of where it is not the one that the session began. */
export type PathStep =
  | { readonly kind: 'enter'; readonly node: string; readonly flow?: string }
  | { readonly kind: 'exit'; readonly node: string; readonly handle: string; readonly flow?: string }

/** Where a session rests. */
export interface Rest {
  readonly node: string
  /** The flow of that node, where it is not the one that the session began. */
  readonly flow?: string
  readonly for: WaitKind
  /** Epoch milliseconds at which the node stops waiting by itself; null when it does not. */
  readonly until: number | null
}
