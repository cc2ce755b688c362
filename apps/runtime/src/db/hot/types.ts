import type { DlrState, Failure, Json, Outcome, StoredSession, StoredTimer } from '@textloom/core'

/*
 * The rows of the hot path as the host writes and reads them. Times are epoch milliseconds (`…At`), buckets are
 * computed from (channel, phone) by the statements themselves.
 */

/** One conversation partner on one channel: the unit of order. */
export interface SessionKey {
  readonly channel: string
  readonly phone: string
}

/** Names one effect for ever: also the `Idempotency-Key` of HTTP requests and the reference of MTs. */
export interface OutboxKey extends SessionKey {
  readonly rev: number
  readonly n: number
}

/** An HTTP request whose answer a session still wants: `id` is the engine's, `rev` and `n` its outbox row's. */
export interface PendingRequest {
  readonly id: string
  readonly rev: number
  readonly n: number
}

/** What is known about one key: its session, if it was ever stored, and what stands beside it. */
export interface SessionRow extends SessionKey {
  /** 0 when nothing was ever stored under this key. */
  readonly rev: number
  readonly runId: string | null
  /** Null while no flow runs. */
  readonly state: StoredSession | null
  readonly timers: readonly StoredTimer[]
  readonly pending: readonly PendingRequest[]
  readonly contact: ContactRow | null
  /** Topics this phone does not want; '' is everything. */
  readonly suppressed: readonly string[]
  readonly hasPendingStart: boolean
}

/** A contact without its phone. */
export interface ContactRow {
  readonly name: string | null
  readonly language: string | null
  /** IANA time zone. */
  readonly timezone: string | null
  /** Null for a field that was cleared. */
  readonly fields: { readonly [name: string]: Json }
  /** When the contact joined each group, ISO 8601; null for one it left. */
  readonly groups: { readonly [group: string]: string | null }
  /** When they last wrote, to the hour; null while they never did. */
  readonly lastHeardAt: number | null
}

/** A session as it is after one store; applied only where the stored `rev` is exactly one less. */
export interface SessionWrite extends SessionKey {
  readonly rev: number
  readonly runId: string | null
  readonly state: StoredSession | null
  readonly timers: readonly StoredTimer[]
  readonly pending: readonly PendingRequest[]
  readonly updatedAt: number
}

/** Sources of events that enter by `submit`. */
export type InboxKind = 'mo' | 'event' | 'dlr' | 'http' | 'link' | 'notify' | 'api' | 'campaign' | 'agent'

/** Something that came in, recorded once: a known `messageId` undoes the whole batch. */
export interface InboxWrite extends SessionKey {
  readonly messageId: string
  /** UUIDv7. */
  readonly id: string
  readonly kind: InboxKind
  readonly link: string | null
  /** For an MO `{text, to, rawHex?}`. */
  readonly body: Json
  readonly at: number
  readonly outcome: string
  readonly runId: string | null
}

/** Who wrote an MT. */
export type OutboxSource = 'flow' | 'api' | 'campaign' | 'agent' | 'keyword' | 'notify'

/** An MT or an HTTP request that is to leave. */
export interface OutboxWrite extends OutboxKey {
  /** UUIDv7. */
  readonly id: string
  readonly kind: 'sms' | 'http' | 'notify'
  /** The link that is to send it; null for all but MTs. */
  readonly link: string | null
  readonly source: OutboxSource
  readonly runId: string | null
  /** 1 for `http`. */
  readonly segments: number
  /** 0 goes first. */
  readonly priority: number
  /** For an MT `{text, from, …}`; for a request what `HttpEffect` says. */
  readonly payload: Json
  /** Suppression topic; '' when it falls under none but STOP. */
  readonly topic: string
  /** True for the confirmation of STOP: leaves although suppressed. */
  readonly isConsent: boolean
  readonly createdAt: number
  readonly dueAt: number
  readonly expiresAt: number | null
  /**
   * Present for an MT that is to be stored as claimed, unless something speaks against it. At most one in a batch for
   * each phone on a channel.
   */
  readonly handOver?: HandOver
}

/** Who owns a link and can send by it at once. */
export interface HandOver {
  /** Who holds the lease of the link, and under which epoch. */
  readonly owner: string
  readonly epoch: number
  /** MTs of the same phone that have left and are not recorded as sent yet: nothing has to wait for them. */
  readonly settled: readonly Pick<OutboxKey, 'rev' | 'n'>[]
}

/** What became of a batch that was stored. */
export interface Stored {
  /** Ids of the MTs that are claimed now: their owner is to send them. */
  readonly handedOver: readonly string[]
}

/** Something that happened, for analytics and the history of a session. */
export interface EventWrite extends OutboxKey {
  readonly at: number
  readonly kind: string
  readonly data: Json
}

/** A conversation began. */
export interface RunStart extends SessionKey {
  readonly id: string
  readonly flowId: string
  readonly flowRevision: string
  readonly source: string
  readonly startedAt: number
}

/** A conversation ended. */
export interface RunEnd extends SessionKey {
  readonly id: string
  readonly endedAt: number
  readonly outcome: Outcome
  readonly failure: Failure | null
}

/** What could not be handled, and why. */
export interface DeadLetterWrite extends SessionKey {
  readonly id: string
  readonly messageId: string | null
  readonly reason: string
  readonly detail: string | null
  /** As submitted, for another try. */
  readonly event: Json
  readonly at: number
}

/** STOP or START, for everything (topic '') or one topic. The last change of a (phone, topic) in a batch counts. */
export interface SuppressionWrite {
  readonly phone: string
  readonly topic: string
  readonly change: 'add' | 'remove'
  readonly channel: string | null
  readonly source: string
  readonly at: number
}

/** What became known of a contact; what is absent stays, `fields` and `groups` are merged one by one. */
export interface ContactWrite {
  readonly phone: string
  readonly name?: string
  readonly language?: string
  readonly timezone?: string
  readonly fields?: ContactRow['fields']
  readonly groups?: ContactRow['groups']
  readonly lastHeardAt?: number
  readonly at: number
}

/** One entry of the consent ledger. The last entry of a (phone, topic) in a batch is what counts from then on. */
export interface ConsentWrite {
  /** UUIDv7. */
  readonly id: string
  readonly phone: string
  readonly topic: string
  readonly state: 'in' | 'out' | 'pending'
  readonly channel: string | null
  /** What the contact said, or was shown. */
  readonly words: string | null
  readonly source: string
  readonly actor: string
  readonly actorName: string
  /** The public id of the MO that said it. */
  readonly message: string | null
  readonly at: number
}

/** A text that may have meant STOP. */
export interface ConsentReviewWrite {
  /** UUIDv7. */
  readonly id: string
  readonly channel: string
  readonly phone: string
  readonly message: string
  readonly text: string
  readonly at: number
}

/** What was changed of a contact, and by whom. */
export interface ContactChangeWrite {
  /** UUIDv7. */
  readonly id: string
  readonly phone: string
  readonly source: string
  readonly actor: string
  readonly actorName: string
  readonly changes: readonly ContactDifference[]
  readonly at: number
}

/** One thing that is another now: `name`, `language`, `timezone`, `field:<key>`, `group:<id>` or `contact`. */
export interface ContactDifference {
  readonly what: string
  readonly from: Json
  readonly to: Json
}

/** How an HTTP request of a flow ended. */
export interface HttpSettle extends OutboxKey {
  readonly state: 'done' | 'failed'
  readonly error: Json
}

/** The last receipt of one segment of an MT. */
export interface ReceiptWrite extends OutboxKey {
  /** From 0. */
  readonly segment: number
  readonly state: DlrState
  readonly error: string | null
  readonly at: number
}

/** One part of a long MO, by what makes it one of its message. */
export interface PartKey extends SessionKey {
  readonly reference: string
  /** From 1. */
  readonly sequence: number
}

/** A start that waits for the running conversation to end. */
export interface PendingStartWrite extends SessionKey {
  readonly id: string
  readonly flowId: string
  readonly params: Json
  readonly source: string
  /** The start node that wants to begin; null for whichever suits the source. */
  readonly node: string | null
  /** The text that is to begin it, and the public id of its MO. */
  readonly text: string | null
  readonly message: string | null
  readonly requestedAt: number
  readonly expiresAt: number
}

/** A ticket that was opened, or that could not be: then it is closed at once. */
export interface TicketWrite extends SessionKey {
  /** UUIDv7. */
  readonly id: string
  readonly runId: string
  readonly node: string
  readonly queue: string
  readonly topic: string | null
  readonly priority: string
  readonly note: string
  readonly openedAt: number
  readonly closed: TicketEnd | null
}

/** How a ticket ended. */
export interface TicketEnd {
  readonly outcome: string
  readonly at: number
  /** Name of who closed it; null where nobody did. */
  readonly by: string | null
}

/** What changes in an open ticket, as it is after one store. */
export interface TicketChange extends SessionKey {
  readonly id: string
  readonly queue: string
  readonly assignee: string | null
  readonly assigneeName: string | null
  readonly claimedAt: number | null
  readonly firstReplyAt: number | null
  readonly lastReplyAt: number | null
  readonly lastHeardAt: number | null
  readonly closed: TicketEnd | null
}

/** What people wrote to each other about a ticket. */
export interface TicketNoteWrite extends SessionKey {
  readonly id: string
  readonly ticket: string
  readonly text: string
  readonly author: string
  readonly authorName: string
  readonly at: number
}

/** A short address within an MT of this batch. */
export interface TrackedLinkWrite extends SessionKey {
  readonly token: string
  readonly url: string
  readonly runId: string | null
  readonly node: string
  readonly flowRevision: string
  /** The public id of the MT. */
  readonly message: string
  readonly createdAt: number
}

/** A short address was opened for the first time. */
export interface TrackedLinkOpen extends SessionKey {
  readonly token: string
  readonly at: number
}

/** Names a waiting start. */
export interface PendingStartKey extends SessionKey {
  readonly id: string
}

/** Everything one lane stores at once: all of it or nothing. Absent lists are empty. */
export interface StoreBatch {
  readonly sessions: readonly SessionWrite[]
  readonly inbox?: readonly InboxWrite[]
  readonly outbox?: readonly OutboxWrite[]
  readonly events?: readonly EventWrite[]
  readonly runStarts?: readonly RunStart[]
  readonly runEnds?: readonly RunEnd[]
  readonly deadLetters?: readonly DeadLetterWrite[]
  readonly suppressions?: readonly SuppressionWrite[]
  readonly contacts?: readonly ContactWrite[]
  readonly contactChanges?: readonly ContactChangeWrite[]
  readonly consents?: readonly ConsentWrite[]
  readonly consentReviews?: readonly ConsentReviewWrite[]
  /** Answers of HTTP requests. */
  readonly settleHttp?: readonly HttpSettle[]
  /** Requests (and MTs not yet sent) that are no longer wanted. */
  readonly cancels?: readonly OutboxKey[]
  readonly receipts?: readonly ReceiptWrite[]
  /** Parts whose message is handled by this batch. */
  readonly partsDone?: readonly (PartKey & { readonly at: number })[]
  readonly pendingStarts?: readonly PendingStartWrite[]
  readonly tickets?: readonly TicketWrite[]
  /** The last change of a ticket in a batch counts. */
  readonly ticketChanges?: readonly TicketChange[]
  readonly ticketNotes?: readonly TicketNoteWrite[]
  readonly trackedLinks?: readonly TrackedLinkWrite[]
  readonly linkOpens?: readonly TrackedLinkOpen[]
  /** Waiting starts that began or lapsed. */
  readonly pendingStartsDone?: readonly PendingStartKey[]
}
