import type { Json } from '@textloom/core'
import { bucketOf } from '../../db/bucket.ts'
import type { ProviderId } from '../../db/hot/receipts.ts'
import type { ClaimedMt } from '../../db/hot/settle-and-claim.ts'
import type { OutboxKey, OutboxWrite, ReceiptWrite, SessionKey } from '../../db/hot/types.ts'

/** A row of the outbox: an MT or a request, and what became of it. */
export interface OutboxRow {
  readonly write: OutboxWrite
  state: 'queued' | 'sending' | 'sent' | 'delivered' | 'failed' | 'expired' | 'unknown' | 'done' | 'cancelled'
  epoch: number | null
  attempt: number
  dueAt: number
  isPossibleDuplicate: boolean
  /** What the network called it, once it took it. */
  providerId: string | null
  /** The last receipt of each segment, or the first final one. */
  readonly receipts: Map<number, ReceiptWrite['state']>
}

/** A segment by the name that the network gave it, and the receipts that came before its answer. */
export interface ReceiptRow extends ProviderId {
  /** Absent until an answer of the network named it. */
  named?: { readonly key: OutboxKey; readonly segment: number }
  unmatched: Json[]
}

/** What the product says of an MT that it wrote, by what stands in its tables. */
export interface StoredMt {
  readonly id: string
  readonly createdAt: number
  readonly isPossibleDuplicate: boolean
  readonly state: string
  readonly providerId: string | null
}

export function inboxName({ channel, phone, messageId }: SessionKey & { readonly messageId: string }): string {
  return `${bucketOf(channel, phone)} ${channel} ${messageId}`
}

export function receiptName({ link, providerId }: ProviderId): string {
  return `${link} ${providerId}`
}

export function isOpen({ state }: OutboxRow): boolean {
  return state === 'queued' || state === 'sending'
}

export function byNumber(a: OutboxKey, b: OutboxKey): number {
  return a.rev - b.rev || a.n - b.n
}

export function outboxName({ channel, phone, rev, n }: OutboxKey): string {
  return `${channel} ${phone} ${rev} ${n}`
}

export function claimedOf({ write, attempt, isPossibleDuplicate }: OutboxRow): ClaimedMt {
  const { channel, phone, rev, n, id, source, runId, segments, payload, createdAt, expiresAt } = write
  const named = { channel, phone, rev, n, id, source, runId, segments, payload, createdAt, expiresAt }
  return { ...named, attempt, possibleDuplicate: isPossibleDuplicate }
}

export function copyOf<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value
}
