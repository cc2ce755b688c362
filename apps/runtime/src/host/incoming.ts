import type { Address, DlrState, Json, JsonObject, WhenBusy } from '@textloom/core'
import type { OutboxKey, SessionKey } from '../db/hot/types.ts'
import type { IgnoredReason } from './codes.ts'

/*
 * Everything that can happen to one (channel, phone), whatever its source. Each but what is due carries a deterministic
 * `messageId`, by which the inbox recognises a second delivery.
 */

/** The contact wrote. */
export interface MoArrived extends SessionKey {
  readonly kind: 'mo'
  readonly messageId: string
  /** UUIDv7: the public id. */
  readonly id: string
  /** The link it came by. */
  readonly link: string
  /** The source and destination as the network wrote them: a reply goes to exactly this source, from this destination. */
  readonly from: Address
  readonly to: Address
  readonly text: string
  readonly rawHex?: string
  /** What else the network told, by the names that the link's settings give. */
  readonly facts?: { readonly [name: string]: string | number }
  readonly receivedAt: number
  /** Recognises the same text after a reconnect, on wires without message ids. */
  readonly fingerprint?: string
  /** Set when it came in parts. */
  readonly parts?: JoinedParts
}

/** A long MO put together. */
export interface JoinedParts {
  /** Names the parts in table `part`. */
  readonly reference: string
  readonly sequences: readonly number[]
  /** Sequence numbers that never came. */
  readonly missing: readonly number[]
}

/** At least one stored timer of the session is due; which ones, its row says. */
export interface TimersDue extends SessionKey {
  readonly kind: 'due'
}

/** An HTTP request of a flow has its answer. */
export interface HttpAnswered extends SessionKey {
  readonly kind: 'http'
  readonly messageId: string
  /** The outbox key of the request. */
  readonly key: OutboxKey
  readonly answer: HttpAnswer
  readonly at: number
}

/** What came of an HTTP request. */
export type HttpAnswer =
  | { readonly status: number; readonly body?: Json }
  | { readonly error: 'timeout' | 'network' | 'refused'; readonly message: string }

/** Who asked for something that no text asked for. */
export type Requester = 'api' | 'campaign' | 'agent'

/** What began a session: a text, something that happened, or who asked. */
export type StartSource = 'mo' | 'event' | Requester

/** A flow is to begin with this contact. */
export interface StartRequested extends SessionKey {
  readonly kind: 'start'
  readonly messageId: string
  /** The id of the run to come, given by the caller so that it can be told at once. */
  readonly runId: string
  readonly flowId: string
  readonly params: JsonObject
  readonly by: StartSource
  /** Absent: what the start node says, where it is one for who asks; else `skip`. */
  readonly onBusy?: WhenBusy
  /** The start node that wants to begin, the text that is to begin it, and the public id of its MO. */
  readonly node?: string
  readonly text?: string
  readonly mo?: string
  readonly requestedAt: number
  /** When a queued start lapses. */
  readonly expiresAt: number
  /** Set when it has waited in `pending_start` under `runId`. */
  readonly wasQueued?: boolean
}

/** A text is to be sent outside any session. */
export interface SendRequested extends SessionKey {
  readonly kind: 'send'
  readonly messageId: string
  /** UUIDv7: the public id of the MT, given by the caller so that it can be told at once. */
  readonly id: string
  readonly text: string
  /** Addresses of files that belong to it. */
  readonly files?: readonly string[]
  readonly from?: Address
  /** What it is about, for those who agreed to some topics only. */
  readonly topic?: string
  /** What happens where a conversation runs: `skip` and `queue` send nothing; absent: it is sent beside it. */
  readonly onBusy?: WhenBusy
  readonly by: Requester | 'notify'
  /** 0 goes first; flows send at 5. */
  readonly priority: number
  /** Not before. */
  readonly sendAt: number
  readonly expiresAt: number | null
  readonly requestedAt: number
}

/** A notice of a flow was delivered, or is given up. */
export interface Notified extends SessionKey {
  readonly kind: 'notified'
  readonly messageId: string
  /** The outbox key of the notice. */
  readonly key: OutboxKey
  readonly way: 'email' | 'webhook' | 'sms'
  readonly node: string
  readonly run: string | null
  readonly attempt: number
  readonly error: { readonly code: string; readonly message: string } | null
}

/** The contact opened a short address for the first time. */
export interface LinkOpened extends SessionKey {
  readonly kind: 'link'
  readonly messageId: string
  readonly token: string
  /** The run, node and revision that sent it, and the public id of the MT. */
  readonly run: string | null
  readonly node: string
  readonly revision: string
  readonly message: string
  readonly at: number
}

/** Somebody of the organisation. */
export interface Agent {
  /** The principal: `user:<uuid>`, `key:<uuid>` or `env`. */
  readonly id: string
  readonly name: string
}

/** Somebody does something with a ticket. */
export interface TicketActed extends SessionKey {
  readonly kind: 'ticket'
  readonly messageId: string
  readonly ticket: string
  readonly by: 'agent'
  readonly agent: Agent
  readonly act: TicketAct
}

/** What can be done with an open ticket. */
export type TicketAct =
  | { readonly do: 'claim' }
  | { readonly do: 'release' }
  /** To another queue, to somebody else, or both; in another queue it is nobody's until it is claimed. */
  | { readonly do: 'transfer'; readonly queue?: string; readonly to?: Agent }
  /** `id`: UUIDv7 of the note to come. */
  | { readonly do: 'note'; readonly id: string; readonly text: string }
  /** `id`: UUIDv7 of the MT to come. */
  | { readonly do: 'reply'; readonly id: string; readonly text: string }
  | { readonly do: 'close'; readonly outcome: 'resolved' | 'unavailable' }

/** A running session is to end. */
export interface EndRequested extends SessionKey {
  readonly kind: 'end'
  readonly messageId: string
  readonly runId: string
  readonly by: Requester
  readonly requestedAt: number
}

/** What a network says about one segment of an MT that is already matched to its outbox row. */
export interface DlrMatched extends SessionKey {
  readonly kind: 'dlr'
  readonly messageId: string
  readonly link: string
  readonly key: OutboxKey
  readonly segment: number
  /** The public id of the MT; null when its row is no longer kept. */
  readonly message: string | null
  /** The run that sent it, if one did. */
  readonly run: string | null
  readonly state: DlrState
  readonly error: string | null
  readonly at: number
}

/** Somebody decided that a text meant STOP. */
export interface StopDecided extends SessionKey {
  readonly kind: 'stop'
  readonly messageId: string
  /** What the contact wrote, and the public id of that MO. */
  readonly text: string
  readonly message: string
  readonly by: 'agent'
  readonly agent: Agent
}

/** What the lanes take. */
export type HostEvent =
  | MoArrived
  | TimersDue
  | HttpAnswered
  | StartRequested
  | SendRequested
  | EndRequested
  | TicketActed
  | StopDecided
  | LinkOpened
  | Notified
  | DlrMatched

/** What became of an event, told once it is durable. */
export type Outcome =
  | { readonly status: 'transition'; readonly runId: string }
  | { readonly status: 'keyword'; readonly keyword: 'stop' | 'start' | 'help' }
  | { readonly status: 'fallback' }
  | { readonly status: 'ignored'; readonly reason: IgnoredReason }
  | { readonly status: 'dead-letter'; readonly reason: string; readonly id: string }
  /** A session-less MT waits in the outbox. */
  | { readonly status: 'queued'; readonly id: string }
  | { readonly status: 'started'; readonly runId: string }
  /** The start waits for the running session to end. */
  | { readonly status: 'waiting'; readonly runId: string }
  | { readonly status: 'ended'; readonly runId: string }
  /** It belongs to a ticket: the people who have it know of it now. */
  | { readonly status: 'ticket'; readonly ticket: string }
  /** A receipt was recorded. */
  | { readonly status: 'recorded' }
  /** It was here before; nothing happened now. */
  | { readonly status: 'duplicate' }

/** As the inbox writes it: `transition`, `ignored:not-waiting`, `dead-letter:no-flow`, `keyword:stop`, … */
export function outcomeText(outcome: Outcome): string {
  switch (outcome.status) {
    case 'ignored':
    case 'dead-letter':
      return `${outcome.status}:${outcome.reason}`
    case 'keyword':
      return `keyword:${outcome.keyword}`
    default:
      return outcome.status
  }
}
