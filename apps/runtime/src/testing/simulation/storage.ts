import { finalDlrStates } from '@textloom/core'
import { bucketOf } from '../../db/bucket.ts'
import type { ClaimedHttp, HttpRetry } from '../../db/hot/http-outbox.ts'
import { bucketResource, slotResource } from '../../db/hot/leases.ts'
import type { EarlyReceipts, KeptReceipt, MatchedSegment, ProviderId } from '../../db/hot/receipts.ts'
import type { ClaimedMt, MtSettle, Pass, SettleAndClaim } from '../../db/hot/settle-and-claim.ts'
import type { TakeOverSlot } from '../../db/hot/take-over.ts'
import type { DueSession } from '../../db/hot/timers.ts'
import type {
  OutboxKey,
  OutboxWrite,
  PendingStartWrite,
  ReceiptWrite,
  SessionKey,
  SessionRow,
  SessionWrite,
  StoreBatch,
  Stored,
} from '../../db/hot/types.ts'
import type { UnclaimMts } from '../../db/hot/unclaim.ts'
import type { HostEvent } from '../../host/incoming.ts'
import { nameOf } from '../../host/session-cache.ts'
import { type Holder, LeaseTable } from './lease-table.ts'
import type { Guards } from './mutants.ts'
import { PartTable } from './part-table.ts'
import {
  byNumber,
  claimedOf,
  copyOf,
  inboxName,
  isOpen,
  type OutboxRow,
  outboxName,
  type ReceiptRow,
  receiptName,
  type StoredMt,
} from './storage-rows.ts'

/** What the storage tells the onlooker. */
export interface StorageDeps {
  /** Epoch milliseconds. */
  now(): number
  stored(write: SessionWrite): void
  readonly guards: Guards
}

/**
 * The tables of the hot path in memory. Each method is one statement: all of it or nothing, by the rules of the
 * statement it stands for (db/hot). What goes in and out are copies, as over a connection.
 */
export class Storage {
  readonly #deps: StorageDeps
  readonly #sessions = new Map<string, SessionWrite>()
  readonly #inbox = new Set<string>()
  readonly #outbox = new Map<string, OutboxRow>()
  /** Those of the outbox that are queued or being sent. */
  readonly #open = new Set<OutboxRow>()
  /** When each contact last wrote. */
  readonly #contacts = new Map<string, number | null>()
  readonly #suppressed = new Map<string, Set<string>>()
  readonly leases: LeaseTable
  readonly #receipts = new Map<string, ReceiptRow>()
  readonly parts = new PartTable()
  /** In the order in which they were written. */
  #pendingStarts: PendingStartWrite[] = []

  constructor(deps: StorageDeps) {
    this.#deps = deps
    this.leases = new LeaseTable(deps.now)
  }

  /** LOAD */
  load(keys: readonly SessionKey[]): SessionRow[] {
    return keys.map(({ channel, phone }) => {
      const session = this.#sessions.get(nameOf({ channel, phone }))
      return copyOf({
        channel,
        phone,
        rev: session?.rev ?? 0,
        runId: session?.runId ?? null,
        state: session?.state ?? null,
        timers: session?.timers ?? [],
        pending: session?.pending ?? [],
        contact: this.#contacts.has(phone) ? { ...nobody, lastHeardAt: this.#contacts.get(phone) ?? null } : null,
        suppressed: [...(this.#suppressed.get(phone) ?? [])].sort(),
        hasPendingStart: this.loadPendingStarts({ channel, phone }).length > 0,
      })
    })
  }

  /** STORE */
  store(batch: StoreBatch): Stored | 'conflict' {
    const { guards, stored } = this.#deps
    const { sessions, inbox = [], outbox = [], cancels = [], suppressions = [], contacts = [] } = batch
    const { settleHttp = [], receipts = [], pendingStarts = [], pendingStartsDone = [], partsDone = [] } = batch
    const names = inbox.map(inboxName)
    const isStale = sessions.some((write) => (this.#sessions.get(nameOf(write))?.rev ?? 0) !== write.rev - 1)
    const isKnown = names.some((name) => this.#inbox.has(name)) || new Set(names).size < names.length
    if ((isStale && guards.rev) || (isKnown && guards.dedupe)) return 'conflict'
    // What the statement writes looks at the tables as they were before it.
    const leaving = outbox.filter((write) => this.#mayLeave(write))
    for (const write of sessions) {
      this.#sessions.set(nameOf(write), copyOf(write))
      stored(write)
    }
    for (const name of names) this.#inbox.add(name)
    for (const key of cancels) {
      const row = this.#outbox.get(outboxName(key))
      const isRequest = row?.write.kind === 'http' && row.state === 'sending'
      if (row !== undefined && (row.state === 'queued' || isRequest)) this.#settle(row, 'cancelled')
    }
    for (const { state, ...key } of settleHttp) {
      const row = this.#outbox.get(outboxName(key))
      if (row !== undefined && isOpen(row) && row.write.kind !== 'sms') this.#settle(row, state)
    }
    for (const receipt of receipts) this.#receive(receipt)
    for (const { at, ...key } of partsDone) this.parts.markDone(key, at)
    const isDone = (start: PendingStartWrite) => pendingStartsDone.some(({ id }) => id === start.id)
    this.#pendingStarts = [...this.#pendingStarts.filter((start) => !isDone(start)), ...copyOf(pendingStarts)]
    for (const write of outbox) this.#add(copyOf(write), leaving.includes(write))
    for (const { phone, lastHeardAt = null } of contacts) {
      this.#contacts.set(phone, lastHeardAt ?? this.#contacts.get(phone) ?? null)
    }
    for (const { phone, topic, change } of suppressions) {
      const topics = this.#suppressed.get(phone) ?? new Set()
      if (change === 'add') topics.add(topic)
      else topics.delete(topic)
      this.#suppressed.set(phone, topics)
    }
    return { handedOver: leaving.map(({ id }) => id) }
  }

  loadPendingStarts(key: SessionKey): PendingStartWrite[] {
    const own = this.#pendingStarts.filter((start) => nameOf(start) === nameOf(key))
    return copyOf(own.sort((a, b) => a.requestedAt - b.requestedAt || (a.id < b.id ? -1 : 1)))
  }

  idleStarts({ now, limit }: { readonly now: number; readonly limit: number }): PendingStartWrite[] {
    const isIdle = (start: PendingStartWrite) =>
      (this.#sessions.get(nameOf(start))?.state ?? null) === null || start.expiresAt <= now
    return copyOf(this.#pendingStarts.filter(isIdle).slice(0, limit))
  }

  matchReceipts(ids: readonly ProviderId[]): (MatchedSegment | undefined)[] {
    return ids.map((id) => {
      const row = this.#receipts.get(receiptName(id))
      return row?.named && this.#segmentOf(row.named)
    })
  }

  keepReceipts(receipts: readonly KeptReceipt[]): EarlyReceipts[] {
    for (const { link, providerId, receipt } of receipts) {
      const name = receiptName({ link, providerId })
      const row = this.#receipts.get(name) ?? { link, providerId, unmatched: [] }
      this.#receipts.set(name, row)
      row.unmatched = [...row.unmatched, copyOf(receipt)]
    }
    return this.#early(receipts)
  }

  forgetReceipts(submitted: readonly EarlyReceipts[]): void {
    for (const { receipts, ...id } of submitted) {
      const row = this.#receipts.get(receiptName(id))
      if (row !== undefined) row.unmatched = row.unmatched.slice(receipts.length)
    }
  }

  unsubmittedReceipts(limit: number): EarlyReceipts[] {
    return this.#early([...this.#receipts.values()]).slice(0, limit)
  }

  claimHttp({
    owner,
    retries,
    limit,
    now,
  }: {
    readonly owner: string
    readonly retries: readonly HttpRetry[]
    readonly limit: number
    readonly now: number
  }): ClaimedHttp[] {
    const epochOf = (row: OutboxRow) => this.#bucketEpoch(row, owner)
    // What is put back is queued for those who look next.
    const front = [...this.#open]
      .filter((row) => row.write.kind === 'http' && row.state === 'queued' && row.dueAt <= now)
      .filter((row) => epochOf(row) !== undefined)
      .sort((a, b) => a.dueAt - b.dueAt)
      .slice(0, limit)
    for (const { dueAt, error: _error, ...key } of retries) {
      const row = this.#outbox.get(outboxName(key))
      if (row?.state !== 'sending' || row.epoch !== epochOf(row)) continue
      row.state = 'queued'
      row.dueAt = dueAt
    }
    for (const row of front) {
      row.state = 'sending'
      row.epoch = epochOf(row) ?? null
      row.attempt += 1
    }
    return copyOf(front.map(claimedOf))
  }

  takeOverHttp({ owner, now }: { readonly owner: string; readonly now: number }): number {
    const left = this.#requestsUnderWay().filter((row) => (row.epoch ?? 0) < (this.#bucketEpoch(row, owner) ?? 0))
    for (const row of left) {
      row.state = 'queued'
      row.isPossibleDuplicate = true
      row.dueAt = now
    }
    return left.length
  }

  unclaimHttp({ owner, inFlight }: { readonly owner: string; readonly inFlight: readonly OutboxKey[] }): number {
    const known = new Set(inFlight.map(outboxName))
    const forgotten = this.#requestsUnderWay().filter(
      (row) => row.epoch === this.#bucketEpoch(row, owner) && !known.has(outboxName(row.write)),
    )
    for (const row of forgotten) {
      row.state = 'queued'
      row.attempt -= 1
    }
    return forgotten.length
  }

  findRedelivered(events: readonly HostEvent[]): HostEvent[] {
    return events.filter((event) => 'messageId' in event && this.#inbox.has(inboxName(event)))
  }

  due({
    buckets,
    now,
    limit,
  }: {
    readonly buckets: readonly number[] | null
    readonly now: number
    readonly limit: number
  }): DueSession[] {
    const due: DueSession[] = []
    for (const { channel, phone, timers } of this.#sessions.values()) {
      if (timers.length === 0 || buckets?.includes(bucketOf(channel, phone)) === false) continue
      const nextDueAt = Math.min(...timers.map(({ dueAt }) => dueAt))
      if (nextDueAt <= now) due.push({ channel, phone, nextDueAt })
    }
    return due.sort((a, b) => a.nextDueAt - b.nextDueAt).slice(0, limit)
  }

  /** SETTLE AND CLAIM */
  settleAndClaim(pass: SettleAndClaim): Pass {
    const { link, now, settled, limit, epoch } = pass
    const isOwner = this.#holds(slotResource(link, pass.slot), pass)
    const front = this.#front(pass)
    const named = isOwner ? settled.flatMap((settle) => this.#record(settle, epoch)) : []
    const claimed: ClaimedMt[] = []
    const dropped: Pass['dropped'][number][] = []
    let segments = 0
    for (const row of isOwner ? front.slice(0, limit) : []) {
      const { channel, phone, rev, n, id, runId, topic, isConsent, expiresAt } = row.write
      const isIn = segments < (pass.budget ?? Number.POSITIVE_INFINITY)
      segments += row.write.segments
      if (!isIn) continue
      row.epoch = epoch
      const reason =
        expiresAt !== null && expiresAt <= now
          ? 'expired'
          : !isConsent && this.#isSuppressed(phone, topic)
            ? 'suppressed'
            : undefined
      if (reason !== undefined) {
        this.#settle(row, reason === 'expired' ? 'expired' : 'failed')
        dropped.push({ channel, phone, rev, n, id, runId, reason })
        continue
      }
      row.state = 'sending'
      row.attempt += 1
      claimed.push(claimedOf(row))
    }
    return { isOwner, claimed: copyOf(claimed), dropped, earlyReceipts: this.#early(named) }
  }

  unclaim({ link, slot, owner, epoch, inFlight }: UnclaimMts): number {
    if (!this.#holds(slotResource(link, slot), { owner, epoch })) return 0
    const known = new Set(inFlight.map(outboxName))
    const forgotten = this.#sending(link).filter((row) => row.epoch === epoch && !known.has(outboxName(row.write)))
    for (const row of forgotten) {
      row.state = 'queued'
      row.attempt -= 1
    }
    return forgotten.length
  }

  takeOverSlot(request: TakeOverSlot): number {
    if (!this.#holds(slotResource(request.link, request.slot), request)) return 0
    const left = this.#sending(request.link).filter((row) => (row.epoch ?? 0) < request.epoch)
    for (const row of left) {
      row.isPossibleDuplicate = true
      if (request.policy === 'hold') {
        this.#settle(row, 'unknown')
        continue
      }
      row.state = 'queued'
      row.dueAt = request.now
    }
    return left.length
  }

  /** When the last MT that waits is to be tried, which may be minutes after the network refused it; epoch milliseconds. */
  get lastTryAt(): number {
    const waiting = [...this.#open].filter(({ state, write }) => state === 'queued' && write.kind === 'sms')
    return Math.max(0, ...waiting.map(({ dueAt }) => dueAt))
  }

  /** Everything that was ever put into the outbox. */
  get mts(): readonly StoredMt[] {
    return [...this.#outbox.values()].map(({ write: { id, createdAt }, isPossibleDuplicate, state, providerId }) => ({
      id,
      createdAt,
      isPossibleDuplicate,
      state,
      providerId,
    }))
  }

  /** The fence: what an owner writes counts while the lease is its own. */
  #holds(resource: string, by: Holder): boolean {
    return !this.#deps.guards.fencing || this.leases.isHeldBy(resource, by)
  }

  #mayLeave(write: OutboxWrite): boolean {
    const { link, handOver, phone, topic, isConsent } = write
    if (link === null || handOver === undefined) return false
    const hasLeft = ({ rev, n }: OutboxWrite) => handOver.settled.some((one) => one.rev === rev && one.n === n)
    const isSame = (row: OutboxRow) => row.write.kind === 'sms' && nameOf(row.write) === nameOf(write)
    const isFirst = ![...this.#open].some((row) => isSame(row) && !hasLeft(row.write))
    return isFirst && this.#holds(slotResource(link, 0), handOver) && (isConsent || !this.#isSuppressed(phone, topic))
  }

  #isSuppressed(phone: string, topic: string): boolean {
    const topics = this.#suppressed.get(phone)
    return topics !== undefined && (topics.has('') || topics.has(topic))
  }

  #add(write: OutboxWrite, isLeaving: boolean): void {
    const row: OutboxRow = {
      write,
      state: isLeaving ? 'sending' : 'queued',
      epoch: isLeaving ? (write.handOver?.epoch ?? null) : null,
      attempt: isLeaving ? 1 : 0,
      dueAt: write.dueAt,
      isPossibleDuplicate: false,
      providerId: null,
      receipts: new Map(),
    }
    const name = outboxName(write)
    // Without its guard a store may come upon a key that is there: a table would refuse it, a mutant must not be saved.
    this.#outbox.set(this.#outbox.has(name) ? `${name} ${write.id}` : name, row)
    this.#open.add(row)
  }

  /** @returns the names that the network gave it */
  #record(settle: MtSettle, epoch: number): ProviderId[] {
    const row = this.#outbox.get(outboxName(settle))
    if (row?.state !== 'sending' || (row.epoch !== epoch && this.#deps.guards.fencing)) return []
    row.isPossibleDuplicate ||= settle.possibleDuplicate
    row.dueAt = settle.dueAt ?? row.dueAt
    if (settle.state === 'queued') row.state = 'queued'
    else this.#settle(row, settle.state)
    row.providerId = settle.providerIds[0] ?? row.providerId
    const { link } = row.write
    return settle.providerIds.flatMap((providerId, segment) => {
      if (link === null || providerId === '') return []
      const name = receiptName({ link, providerId })
      const receipt = this.#receipts.get(name) ?? { link, providerId, unmatched: [] }
      receipt.named = { key: row.write, segment }
      this.#receipts.set(name, receipt)
      return [{ link, providerId }]
    })
  }

  /** Those of them that came before the answers they belong to. */
  #early(ids: readonly ProviderId[]): EarlyReceipts[] {
    return [...new Set(ids.map(receiptName))].flatMap((name) => {
      const row = this.#receipts.get(name)
      if (row?.named === undefined || row.unmatched.length === 0) return []
      const { link, providerId, unmatched, named } = row
      return [{ link, providerId, ...this.#segmentOf(named), receipts: copyOf(unmatched) }]
    })
  }

  #segmentOf({ key, segment }: NonNullable<ReceiptRow['named']>): MatchedSegment {
    const { channel, phone, rev, n } = key
    const write = this.#outbox.get(outboxName(key))?.write
    return { channel, phone, rev, n, segment, message: write?.id ?? null, run: write?.runId ?? null }
  }

  #receive(receipt: ReceiptWrite): void {
    const row = this.#outbox.get(outboxName(receipt))
    if (row === undefined) return
    const before = row.receipts.get(receipt.segment)
    if (before === undefined || !finalDlrStates.has(before)) row.receipts.set(receipt.segment, receipt.state)
    if (!['sent', 'delivered', 'failed', 'expired', 'unknown'].includes(row.state)) return
    const states = [...row.receipts.values()]
    const has = (...wanted: ReceiptWrite['state'][]) => states.some((state) => wanted.includes(state))
    if (has('undeliverable', 'rejected', 'deleted')) row.state = 'failed'
    else if (has('expired')) row.state = 'expired'
    else if (states.filter((state) => state === 'delivered').length >= row.write.segments) row.state = 'delivered'
    else row.state = has('unknown') ? 'unknown' : 'sent'
  }

  #bucketEpoch({ write: { channel, phone } }: OutboxRow, owner: string): number | undefined {
    return this.leases.epochOf(bucketResource(bucketOf(channel, phone)), owner)
  }

  #requestsUnderWay(): OutboxRow[] {
    return [...this.#open].filter(({ write, state }) => write.kind === 'http' && state === 'sending')
  }

  #settle(row: OutboxRow, state: Exclude<OutboxRow['state'], 'queued' | 'sending'>): void {
    row.state = state
    this.#open.delete(row)
  }

  #sending(link: string): OutboxRow[] {
    return [...this.#open].filter((row) => row.state === 'sending' && row.write.link === link)
  }

  /** What may leave now, in the order in which it should. */
  #front({ link, now, settled }: SettleAndClaim): OutboxRow[] {
    const ended = new Set(settled.filter(({ state }) => state !== 'queued').map(outboxName))
    const open = [...this.#open]
    const holdsBack = (one: OutboxRow, other: OutboxRow) => {
      if (one === other || one.write.kind !== 'sms' || nameOf(one.write) !== nameOf(other.write)) return false
      if (one.state === 'sending') return !ended.has(outboxName(one.write))
      return byNumber(one.write, other.write) < 0 && (one.dueAt <= now || one.attempt > 0)
    }
    return open
      .filter((row) => row.state === 'queued' && row.write.link === link && row.dueAt <= now)
      .filter((row) => !open.some((other) => holdsBack(other, row)))
      .sort((a, b) => a.write.priority - b.write.priority || a.dueAt - b.dueAt || byNumber(a.write, b.write))
  }
}

const nobody = { name: null, language: null, timezone: null, fields: {}, groups: {} }
