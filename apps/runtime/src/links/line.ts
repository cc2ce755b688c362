import type { AnyTransportType, HostedSettings, Link, LinkStatus } from '@textloom/core'
import { type TraceLevel, tracedHost, tracedLink } from '@textloom/transports'
import { takeOverSlot } from '../db/hot/take-over.ts'
import type { Sql } from '../db/sql.ts'
import type { ChannelRates } from '../host/channel-rates.ts'
import type { LinkBudgets } from '../host/link-budgets.ts'
import { type Sender, type SenderDeps, startSender } from '../host/outbox.ts'
import { outboxStoreOn } from '../host/outbox-store.ts'
import type { Holding } from '../host/ownership.ts'
import { type Pauses, pauseOf, realPauses } from '../host/pauses.ts'
import { recentMos, redeliveryAfter } from '../host/redelivery.ts'
import type { DoubtPolicy } from '../host/retry.ts'
import type { TrafficLimits } from '../host/traffic-limits.ts'
import { linkHost, type Reception } from './link-host.ts'
import { linkMemory } from './link-memory.ts'

/** A link that this process owns: its connection, and what sends by it. */
export interface Line {
  readonly link: Link
  /** The same link with its trace, if it has one: what the network is asked is asked by this. */
  readonly asking: Link
  readonly sender: Sender
  stop(graceMs: number): Promise<void>
}

/** What lines share. */
export interface LineDeps extends Reception {
  readonly sql: Sql
  readonly owner: string
  readonly rates: ChannelRates
  readonly limits?: Pick<TrafficLimits, 'take'>
  readonly budgets: LinkBudgets
  readonly policy: DoubtPolicy
  /** How much of a link's traffic is logged; undefined for nothing. */
  traceOf?(link: string): TraceLevel | undefined
  settled: SenderDeps['settled']
  failed(error: Error): void
  readonly pauses?: Pauses
}

const RETRY_MS = 500

/**
 * Takes a link into service: first what its owner before us left behind, then the connection. Tries for as long as the
 * holding is ours; undefined when it is not any more.
 */
export async function openLine(
  link: { readonly id: string; readonly transport: AnyTransportType; readonly config: HostedSettings },
  holding: Holding,
  deps: LineDeps,
  onStatus: (status: LinkStatus) => void,
): Promise<Line | undefined> {
  const { pauses = realPauses } = deps
  while (holding.isHeld()) {
    // An answer that came late, a database that was gone: the next renewal decides whether it is still ours.
    if (!holding.isSafe()) {
      await pauseOf(RETRY_MS, pauses)
      continue
    }
    try {
      const recent = await recentMos(deps.sql, link.id, holding.previousAliveAt)
      await takeOver(link.id, holding, deps)
      const redelivery = redeliveryAfter(recent, holding.previousAliveAt ?? undefined)
      const plain = linkHost(link.id, deps, redelivery, linkMemory(deps.sql, link.id), (status) => {
        onStatus(status)
        sender?.wake()
      })
      const level = deps.traceOf?.(link.id)
      const host = level === undefined ? plain : tracedHost(plain, link.id, level)
      let sender: Sender | undefined
      const opened = link.transport.open(link.id, link.config, host)
      opened.start()
      const sending = level === undefined ? opened : tracedLink(opened, plain, link.id, level)
      const asksLate = link.config.asksLate === true && opened.query !== undefined
      sender = senderFor(link.id, sending, asksLate, holding, deps)
      return { ...lineOf(opened, sender), asking: sending }
    } catch (error) {
      deps.failed(error instanceof Error ? error : new Error(String(error)))
      await pauseOf(RETRY_MS, pauses)
    }
  }
  return undefined
}

async function takeOver(link: string, { epoch }: Holding, { sql, owner, policy, clock, log }: LineDeps): Promise<void> {
  const now = clock.now()
  const left = await takeOverSlot(sql, { link, slot: 0, slots: 1, owner, epoch, policy, now })
  if (left.length === 0) return
  const what = policy === 'resend' ? 'are sent again' : 'are held as unknown'
  log('warn', `MTs that may or may not have left before the last stop ${what}, marked as possible duplicates`, {
    link,
    messages: left.map(({ id }) => id),
  })
}

function senderFor(linkId: string, link: Link, asksLate: boolean, holding: Holding, deps: LineDeps): Sender {
  const { sql, clock, owner, rates, budgets, limits, policy, receipts, settled, failed } = deps
  return startSender({
    store: outboxStoreOn(sql),
    clock,
    linkId,
    link,
    owner,
    holding,
    rates,
    budget: budgets.budgetOf(linkId),
    ...(limits !== undefined && { limits }),
    policy,
    asksLate,
    settled,
    failed,
    earlyReceipts: (early) => void receipts.submitEarly(early).catch(failed),
  })
}

function lineOf(link: Link, sender: Sender): Omit<Line, 'asking'> {
  return {
    link,
    sender,
    async stop(graceMs) {
      const startedAtMs = performance.now()
      await sender.stop(graceMs)
      await link.stop(Math.max(500, graceMs - (performance.now() - startedAtMs)))
    },
  }
}
