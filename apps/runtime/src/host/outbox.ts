import type { Clock, Link } from '@textloom/core'
import { fnv1a } from '../db/bucket.ts'
import type { EarlyReceipts } from '../db/hot/receipts.ts'
import type { ClaimedMt, MtSettle, Pass, SettleAndClaim } from '../db/hot/settle-and-claim.ts'
import type { HandOver, OutboxWrite } from '../db/hot/types.ts'
import type { UnclaimMts } from '../db/hot/unclaim.ts'
import type { ChannelRates } from './channel-rates.ts'
import type { LinkBudget } from './link-budgets.ts'
import { startLoop } from './loop.ts'
import type { Holding } from './ownership.ts'
import { type Pauses, pauseOf, realPauses } from './pauses.ts'
import { type DoubtPolicy, settleAcceptance, settleRefusal } from './retry.ts'
import type { TrafficLimits } from './traffic-limits.ts'
import type { MtPayload } from './turn/mt.ts'

/** What sends the MTs of one link. */
export interface Sender {
  /** There may be something to send. */
  wake(): void
  /**
   * Keeps a place in the window for an MT that is about to be stored, where nothing waits before it: every reservation
   * ends by one of the three that follow. Undefined where the MT has to queue.
   */
  reserve(mt: OutboxWrite): HandOver | undefined
  /** It was stored as claimed: it leaves now. */
  handedOver(mt: OutboxWrite): void
  /** It was stored, and has to queue. */
  kept(mt: OutboxWrite): void
  /** It was not stored, or nobody knows. */
  inDoubt(mt: OutboxWrite): void
  /** Claims nothing more, waits at most `graceMs` for what is in flight, and records how it ended. */
  stop(graceMs: number): Promise<void>
}

/** The database as senders use it. */
export interface OutboxStore {
  settleAndClaim(pass: SettleAndClaim): Promise<Pass>
  /** Queues again what was claimed under this epoch and is not in flight. */
  unclaim(claims: UnclaimMts): Promise<number>
}

export interface SenderDeps {
  readonly store: OutboxStore
  readonly clock: Clock
  readonly linkId: string
  readonly link: Link
  readonly owner: string
  readonly holding: Holding
  readonly rates: ChannelRates
  readonly budget: LinkBudget
  /** Absent for none. */
  readonly limits?: Pick<TrafficLimits, 'take'>
  readonly policy: DoubtPolicy
  /** Whether the network is asked for receipts that never come. */
  readonly asksLate: boolean
  /** Receipts that were there before the answers to their MTs. */
  earlyReceipts(receipts: readonly EarlyReceipts[]): void
  settled(link: string, settles: readonly MtSettle[]): void
  failed(error: Error): void
  readonly pauses?: Pauses
}

/** Wake-ups can be lost with the process that gave them. */
const POLL_MS = 500
/** How long an answer of the network may go unrecorded: after a crash its MT is sent once more. */
const RECORD_WITHIN_MS = 5
/** A statement whose answer was lost may be carried out so much later. */
const STRAGGLES_MS = 30_000
/** One slot for each link: its phones need not be dealt to several binds. */
const SLOT = { slot: 0, slots: 1 }

/**
 * Empties the outbox of one link: each pass records how MTs in flight ended and claims as many as may leave now: by
 * the link's window, by what its account bears, by the rates of the channels. A phone has one MT in flight.
 */
export function startSender(deps: SenderDeps): Sender {
  const { store, clock, linkId, link, owner, holding, rates, budget, policy, asksLate, pauses = realPauses } = deps
  const inFlight = new Map<string, ClaimedMt>()
  /** What is being stored and will leave at once. */
  const reserved = new Map<string, OutboxWrite>()
  let ended: MtSettle[] = []
  /** What the running pass records. */
  let settling: readonly MtSettle[] = []
  let isStopping = false
  /** True while a pass may still bring more to send. */
  let isPassing = false
  /** How often something may have been claimed of which we were never told, since that was last cleared up. */
  let doubts = 0
  /** When to look once more for what such a statement claimed in the end. */
  let stragglersAtMs = Number.POSITIVE_INFINITY
  /** False while more is queued than the last pass could take: that goes first. */
  let isDrained = false
  let isRecording = false
  let landed = Promise.withResolvers<void>()

  const loop = startLoop(
    async () => {
      isPassing = true
      try {
        return await pass()
      } finally {
        isPassing = false
        settling = []
      }
    },
    deps.failed,
    pauses,
  )

  async function pass(): Promise<number> {
    // Another process may own the link soon: it deals with what is in flight.
    if (!holding.isSafe()) return POLL_MS
    await clearDoubts()
    const nowMs = pauses.nowMs()
    const limit = claimable(nowMs)
    const settled = ended
    settling = settled
    if (limit === 0 && settled.length === 0) return waitMs(nowMs)
    ended = []
    const request = { ...SLOT, link: linkId, owner, epoch: holding.epoch, limit, now: clock.now(), ...budgetsAt(nowMs) }
    const found = await store.settleAndClaim({ ...request, settled }).catch((error: unknown) => {
      // Recorded or not: settling once more changes nothing then.
      ended = [...settled, ...ended]
      doubts += 1
      throw error
    })
    if (!found.isOwner) return POLL_MS
    if (settled.length > 0) deps.settled(linkId, settled)
    if (found.earlyReceipts.length > 0) deps.earlyReceipts(found.earlyReceipts)
    if (!holding.isSafe()) {
      // The answer came too late to act on it: should the lease still be ours, what it claimed is given back.
      doubts += 1
      return POLL_MS
    }
    for (const mt of found.claimed) dispatch(mt, nowMs)
    // A full claim, or one that cleared away what could not be sent, may have left more behind it.
    const hasMore = found.dropped.length > 0 || (limit > 0 && found.claimed.length === limit)
    if (limit > 0) isDrained = !hasMore
    return hasMore ? 0 : waitMs(nowMs)
  }

  async function clearDoubts(): Promise<void> {
    const isLastLook = pauses.nowMs() >= stragglersAtMs
    const clearing = doubts
    if (clearing === 0 && !isLastLook) return
    if (isLastLook) {
      stragglersAtMs = Number.POSITIVE_INFINITY
      doubts += 1
    }
    // Nothing is reserved meanwhile: what is not in this list is nobody's.
    const known = [...inFlight.values(), ...ended, ...reserved.values()]
    await store.unclaim({ link: linkId, slot: SLOT.slot, owner, epoch: holding.epoch, inFlight: known })
    doubts -= isLastLook ? clearing + 1 : clearing
    if (clearing > 0) stragglersAtMs = pauses.nowMs() + STRAGGLES_MS
  }

  function claimable(nowMs: number): number {
    const { state, windowSize } = link.status()
    if (isStopping || state !== 'bound') return 0
    return Math.max(0, Math.min(windowSize - inFlight.size - reserved.size, budget.available(nowMs)))
  }

  /** Segments that may leave: of the link, and of each channel that has a rate of its own. */
  function budgetsAt(nowMs: number) {
    const segments = budget.available(nowMs)
    const budgets = rates.budgets(linkId, nowMs)
    return segments === Number.POSITIVE_INFINITY ? { budgets } : { budget: segments, budgets }
  }

  /** Until the network or a channel bears more; a full window wakes us by itself. */
  function waitMs(nowMs: number): number {
    const pacedMs = budget.waitMs(nowMs)
    return Math.min(POLL_MS, rates.waitMs(linkId, nowMs), pacedMs > 0 ? pacedMs : POLL_MS)
  }

  /** True where an MT of this channel need not wait for its turn, now or by any rate. */
  function hasRoom(channel: string): boolean {
    if (!isDrained || doubts > 0 || !holding.isSafe()) return false
    const nowMs = pauses.nowMs()
    const { budget: ofLink, budgets } = budgetsAt(nowMs)
    return ofLink === undefined && budgets[channel] === undefined && claimable(nowMs) > 0
  }

  /** What went to the same phone before, and is not to be tried again. */
  function leftBefore({ channel, phone }: OutboxWrite): HandOver['settled'] {
    return [...settling, ...ended].flatMap((settle) => {
      const isBefore = settle.channel === channel && settle.phone === phone && settle.state !== 'queued'
      return isBefore ? [{ rev: settle.rev, n: settle.n }] : []
    })
  }

  function dispatch(mt: ClaimedMt, nowMs: number): void {
    inFlight.set(mt.id, mt)
    rates.take(mt.channel, mt.segments, nowMs)
    budget.take(mt.segments, nowMs)
    void send(mt).then((settle) => {
      inFlight.delete(mt.id)
      ended.push(settle)
      landed.resolve()
      if (isDrained) recordSoon()
      else loop.wake()
    })
  }

  /** With whatever else lands meanwhile: while nothing waits, nobody waits for the record. */
  function recordSoon(): void {
    if (isRecording) return
    isRecording = true
    pauses.after(RECORD_WITHIN_MS, () => {
      isRecording = false
      loop.wake()
    })
  }

  async function send(mt: ClaimedMt): Promise<MtSettle> {
    const sentAtMs = pauses.nowMs()
    return { ...(await settleOf(mt)), answeredMs: pauses.nowMs() - sentAtMs }
  }

  async function settleOf(mt: ClaimedMt): Promise<MtSettle> {
    let giveBack: (() => void) | undefined
    try {
      giveBack = await deps.limits?.take(mt.phone, mt.segments)
      const { providerIds } = await link.send(outbound(mt, clock.now()))
      budget.accepted(mt.segments, pauses.nowMs())
      return settleAcceptance(mt, { link: linkId, now: clock.now(), providerIds, asksLate })
    } catch (error) {
      const settle = settleRefusal(mt, error, { link: linkId, now: clock.now(), policy })
      // What may have left counts.
      if (!settle.possibleDuplicate) giveBack?.()
      if (isThrottled(error)) budget.throttled(pauses.nowMs())
      return settle
    }
  }

  return {
    wake: loop.wake,
    reserve(mt) {
      if (mt.dueAt > clock.now() || !hasRoom(mt.channel)) return undefined
      reserved.set(mt.id, mt)
      return { owner, epoch: holding.epoch, settled: leftBefore(mt) }
    },
    handedOver(mt) {
      reserved.delete(mt.id)
      if (holding.isSafe()) dispatch({ ...mt, attempt: 1, possibleDuplicate: false }, pauses.nowMs())
      else doubts += 1
    },
    kept(mt) {
      reserved.delete(mt.id)
      loop.wake()
    },
    inDoubt(mt) {
      reserved.delete(mt.id)
      doubts += 1
      loop.wake()
    },
    async stop(graceMs) {
      isStopping = true
      const deadlineMs = pauses.nowMs() + graceMs
      const isBusy = () => isPassing || reserved.size + inFlight.size + ended.length > 0
      while (isBusy() && pauses.nowMs() < deadlineMs && holding.isSafe()) {
        loop.wake()
        await Promise.race([landed.promise, pauseOf(Math.min(50, deadlineMs - pauses.nowMs()), pauses)])
        landed = Promise.withResolvers()
      }
      await loop.stop()
    },
  }
}

function outbound(mt: ClaimedMt, now: number) {
  const { text, from, to, attachments } = mt.payload as unknown as MtPayload
  return {
    key: mt.id,
    from,
    to,
    text,
    // The same on every attempt, so that a network that got both can join parts of either.
    reference: fnv1a(mt.id) & 0xffff,
    wantsDlr: true,
    ...(attachments !== undefined && { media: { urls: attachments, caption: captionOf(text, attachments) } }),
    ...(mt.expiresAt !== null && { validityMs: Math.max(0, mt.expiresAt - now) }),
  }
}

/** The text without the addresses of its files, which stand behind it (turn/mt.ts). */
function captionOf(text: string, files: readonly string[]): string {
  const addresses = files.join('\n')
  return text.endsWith(addresses) ? text.slice(0, -addresses.length).replace(/\n$/, '') : text
}

function isThrottled(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'retry' in error && error.retry === 'throttled'
}
