import type { Clock } from '@textloom/core'
import { slotResource } from '../../db/hot/leases.ts'
import { wantBuckets } from '../../host/bucket-ownership.ts'
import { healthBoard } from '../../host/health.ts'
import { openHost } from '../../host/host.ts'
import { startRequester } from '../../host/http.ts'
import type { StartRequested } from '../../host/incoming.ts'
import { linkBudgets } from '../../host/link-budgets.ts'
import { type Sender, startSender } from '../../host/outbox.ts'
import { type Holding, keepLeases } from '../../host/ownership.ts'
import { joinParts } from '../../host/parts.ts'
import { pauseOf } from '../../host/pauses.ts'
import { keyedRandom } from '../../host/random.ts'
import { receiptsOn } from '../../host/receipts.ts'
import { startStartQueue } from '../../host/start-queue.ts'
import { startTimers } from '../../host/timers.ts'
import type { Dice } from './dice.ts'
import { LINKS, machines, routing } from './flows.ts'
import type { Guards } from './mutants.ts'
import type { BoundClient, Network } from './network.ts'
import type { Service } from './service.ts'
import { simulatedLink } from './simulated-link.ts'
import type { SimulatedProcess } from './simulated-process.ts'
import type { Storage } from './storage.ts'
import type { Ask } from './storage-connection.ts'

export interface RuntimeDeps {
  readonly process: SimulatedProcess
  /** No two processes have the same. */
  readonly pid: number
  readonly clock: Clock
  readonly dice: Dice
  readonly storage: Storage
  readonly ask: Ask
  readonly network: Network
  readonly service: Service
  readonly guards: Guards
  /** True for a process that surely runs no more, as far as this one can tell. */
  isGone(pid: number): boolean
  /** Tells the processes that have a link that there is something to send by it. */
  signal(link: string): void
}

/** The runtime in one process, as `hosting.ts` puts it together: only what it stands on is simulated. */
export interface RuntimeProcess {
  /** There may be something to send by this link. */
  wake(link: string): void
  /** A program wants a flow to begin; resolves with whether that is stored. */
  request(event: StartRequested): Promise<boolean>
  /** Stops in order: SIGTERM. */
  stop(): Promise<void>
}

const RETRY_MS = 500
const GRACE_MS = 5_000
const REQUEST_GRACE_MS = 2_000

interface Line {
  readonly sender: Sender
  stop(graceMs: number): Promise<void>
}

export function startRuntime(deps: RuntimeDeps): RuntimeProcess {
  const { process, pid, clock, dice, storage, ask, network, guards } = deps
  const { pauses } = process
  const owner = { pid, host: 'simulated', world: null, startTicks: null }
  const failed = () => undefined
  const lines = new Map<string, Line>()
  let ids = 0
  let isStopping = false

  const host = openHost({
    store: {
      load: (keys) => ask(() => storage.load(keys)),
      store: (batch) => ask(() => storage.store(batch)),
      findRedelivered: (events) => ask(() => storage.findRedelivered(events)),
    },
    machines,
    clock,
    ids: { next: () => `${pid}-${++ids}` },
    routing: { current: routing, refresh: () => Promise.resolve() },
    health: healthBoard(pauses.nowMs),
    sendingLink: (route) => route.links[0] ?? null,
    senderOf: (link) => lines.get(link)?.sender,
    randomOf: keyedRandom('simulated'),
    linkBase: () => 'https://sms.example.org/l/',
    log: failed,
    // Fewer than there are phones, or enough.
    cachedSessions: dice.one([2, 100]),
    pauses,
  })
  host.onStored((turns, { handedOver }) => {
    const sending = new Set(
      turns.flatMap(({ turn }) =>
        turn.batch.outbox.flatMap(({ id, link }) => (link === null || handedOver.includes(id) ? [] : [link])),
      ),
    )
    if (turns.some(({ turn }) => turn.batch.outbox.some(({ kind }) => kind === 'http'))) requester.wake()
    for (const { turn } of turns) if (turn.freesQueue) startQueue.freed(turn)
    for (const link of sending) {
      const line = lines.get(link)
      if (line === undefined) deps.signal(link)
      else line.sender.wake()
    }
  })

  const inTime = { clock, submit: host.submit, failed, pauses }
  const receipts = receiptsOn({
    store: {
      match: (ids) => ask(() => storage.matchReceipts(ids)),
      keep: (news) => ask(() => storage.keepReceipts(news)),
      forget: (submitted) => ask(() => storage.forgetReceipts(submitted)),
      unsubmitted: (limit) => ask(() => storage.unsubmittedReceipts(limit)),
    },
    ...inTime,
  })
  const parts = joinParts({
    store: {
      store: (part, reuseAfterMs) => ask(() => storage.parts.store(part, reuseAfterMs)),
      overdue: (request) => ask(() => storage.parts.overdue(request)),
    },
    newId: () => `${pid}-${++ids}`,
    ...inTime,
  })
  const startQueue = startStartQueue({
    store: {
      load: (key) => ask(() => storage.loadPendingStarts(key)),
      idle: (request) => ask(() => storage.idleStarts(request)),
    },
    ...inTime,
  })
  const requester = startRequester({
    store: {
      claim: (request) => ask(() => storage.claimHttp(request)),
      takeOver: (request) => ask(() => storage.takeOverHttp(request)),
      unclaim: (claims) => ask(() => storage.unclaimHttp(claims)),
    },
    owner: JSON.stringify(owner),
    guarded: deps.service.seenFrom(process),
    ...inTime,
  })

  const report = (link: string, providerId: string, answer: (isTaken: boolean) => void) => {
    const isSafe = receipts.receive(link, { type: 'dlr', providerId, state: 'delivered' }).then(
      () => true,
      () => false,
    )
    void isSafe.then(answer)
  }

  const deliver: BoundClient['deliver'] = ({ phone, channel, text, n, part }, answer) => {
    if (part !== undefined) {
      const { sequence, total, reference } = part
      const octets = new TextEncoder().encode(text)
      const how = { reference, referenceBits: 8, sequence, total, encoding: 'latin1', octets } as const
      const mo = { type: 'mo', id: `${phone} ${n}`, from: phone, to: channel, text, part: how } as const
      const taken = parts.receive(mo, { channel, phone, link: 'simulated', reuseAfterMs: 60_000 })
      void taken.then(
        () => answer(true),
        () => answer(false),
      )
      return
    }
    const event = {
      kind: 'mo',
      channel,
      phone,
      messageId: `${phone} ${n}`,
      id: `${pid}-${++ids}`,
      link: 'simulated',
      from: phone,
      to: channel,
      text,
      receivedAt: clock.now(),
    } as const
    const stored = host.submit(event).then(
      () => true,
      () => false,
    )
    if (guards.acknowledgement) void stored.then(answer)
    else answer(true)
  }

  const ownership = keepLeases({
    leases: {
      lastOwners: (resources) => ask(() => storage.leases.lastOwners(resources)),
      present: (kinds) => ask(() => storage.leases.present(kinds)),
      take: (request) => ask(() => storage.leases.take(request)),
      renew: (held) => ask(() => storage.leases.renew(held)),
      release: (held) => ask(() => storage.leases.release(held)),
    },
    identity: owner,
    isAlone: false,
    failed,
    pauses,
    isGone: (other) => Promise.resolve(deps.isGone((JSON.parse(other) as typeof owner).pid)),
  })
  const budgets = linkBudgets()
  budgets.configure(LINKS.map((link) => ({ link, name: link, messagesPerSecond: undefined })))

  async function openLine(id: string, holding: Holding): Promise<Line | undefined> {
    const asOwner = { owner: JSON.stringify(owner), epoch: holding.epoch }
    while (holding.isHeld() && !isStopping) {
      if (!holding.isSafe()) {
        await pauseOf(RETRY_MS, pauses)
        continue
      }
      try {
        const slot = { link: id, slot: 0, slots: 1, ...asOwner, policy: 'resend', now: clock.now() } as const
        await ask(() => storage.takeOverSlot(slot))
        const link = simulatedLink({
          id,
          network,
          process,
          dice,
          deliver,
          report: (...said) => report(id, ...said),
          changed: () => sender.wake(),
        })
        link.start()
        const sender = startSender({
          store: {
            settleAndClaim: (pass) => ask(() => storage.settleAndClaim(pass)),
            unclaim: (claims) => ask(() => storage.unclaim(claims)),
          },
          clock,
          linkId: id,
          link,
          owner: asOwner.owner,
          holding,
          rates: { budgets: () => ({}), take: failed, waitMs: () => Number.POSITIVE_INFINITY },
          budget: budgets.budgetOf(id),
          policy: 'resend',
          asksLate: false,
          earlyReceipts: (early) => void receipts.submitEarly(early).catch(failed),
          settled: failed,
          failed,
          pauses,
        })
        return {
          sender,
          async stop(graceMs) {
            await sender.stop(graceMs)
            await link.stop(graceMs)
          },
        }
      } catch {
        await pauseOf(RETRY_MS, pauses)
      }
    }
    return undefined
  }

  /** What happens to a link happens one after the other. */
  const placing = new Map<string, Promise<void>>()
  const place = (link: string, work: () => Promise<void>) => {
    const placed = (placing.get(link) ?? Promise.resolve()).then(work)
    placing.set(link, placed)
    return placed
  }
  const endLine = (link: string, graceMs: number) =>
    place(link, async () => {
      const line = lines.get(link)
      lines.delete(link)
      await line?.stop(graceMs)
    })
  for (const link of LINKS) {
    ownership.want(slotResource(link, 0), {
      taken: (holding) =>
        void place(link, async () => {
          const line = await openLine(link, holding)
          if (line !== undefined) lines.set(link, line)
        }),
      lost: () => void endLine(link, 0),
      leave: () => endLine(link, GRACE_MS),
    })
  }
  const buckets = wantBuckets(ownership, requester.tookOver, (bucket) => requester.underWay(bucket, REQUEST_GRACE_MS))
  void receipts.submitLeftOver().catch(failed)
  const timers = startTimers({
    due: (request) => ask(() => storage.due(request)),
    clock,
    submit: host.submit,
    buckets: buckets.ours,
    scanned: failed,
    failed,
    pauses,
  })

  return {
    wake: (link) => lines.get(link)?.sender.wake(),
    request: (event) =>
      host.submit(event).then(
        () => true,
        () => false,
      ),
    async stop() {
      isStopping = true
      await Promise.all([
        timers.stop(),
        startQueue.stop(),
        parts.stop(),
        receipts.stop(),
        requester.stop(REQUEST_GRACE_MS),
      ])
      await Promise.all([host.close(GRACE_MS), ...LINKS.map((link) => endLine(link, GRACE_MS))])
      await ownership.stop().catch(failed)
    },
  }
}
