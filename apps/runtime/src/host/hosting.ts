import type { Clock, Ids, NodeRegistry, TransportRegistry } from '@textloom/core'
import { type Campaigns, startCampaigns } from '../campaigns/runner.ts'
import type { ProcessIdentity } from '../db/engine/process-identity.ts'
import { dueSessions } from '../db/hot/timers.ts'
import type { Sql } from '../db/sql.ts'
import { type Imports, startImports } from '../imports/runner.ts'
import { configuredLinks } from '../links/configured-links.ts'
import { startFailOver } from '../links/fail-over.ts'
import { startLateQuestions } from '../links/late-questions.ts'
import type { LineDeps } from '../links/line.ts'
import { type LinkSupervisor, superviseLinks } from '../links/supervisor.ts'
import { erasedHashBy } from '../people/actor.ts'
import type { SecretBox } from '../settings/secret-box.ts'
import { wantBuckets } from './bucket-ownership.ts'
import { startChannelQuotas } from './channel-quotas.ts'
import { channelRates } from './channel-rates.ts'
import { followConfiguration } from './configuration.ts'
import { contactNews } from './contact-news.ts'
import { deliveryStoreOn } from './delivery-store.ts'
import { type Feed, openFeed } from './feed.ts'
import type { GuardedFetch } from './guarded-fetch.ts'
import { type Health, healthBoard } from './health.ts'
import { openHost } from './host.ts'
import { startRequester } from './http.ts'
import type { LaneStore } from './lane.ts'
import { laneStoreOn } from './lane-store.ts'
import { leaseStoreOn } from './lease-store.ts'
import { linkBudgets } from './link-budgets.ts'
import type { Log } from './log.ts'
import { machineCache } from './machines.ts'
import type { Mailer } from './mailer.ts'
import { type Metrics, openMetrics } from './metrics.ts'
import { startNotifier } from './notifier.ts'
import { BY_NO_LINK, outboxSignal } from './outbox-signal.ts'
import { keepLeases } from './ownership.ts'
import { partStoreOn } from './part-store.ts'
import { joinParts } from './parts.ts'
import { keyedRandom } from './random.ts'
import { receiptStoreOn } from './receipt-store.ts'
import { receiptsOn } from './receipts.ts'
import { startRetention } from './retention.ts'
import { type RoutingTable, routingTable } from './routing-table.ts'
import { type Services, servicesOn } from './services/services.ts'
import { startStartQueue } from './start-queue.ts'
import { startQueueStoreOn } from './start-queue-store.ts'
import type { Submit } from './submit.ts'
import { startTimers } from './timers.ts'
import { startTrafficLimits } from './traffic-limits.ts'
import type { TakenTurn } from './turn/take-turn.ts'
import { startTeller } from './webhooks/teller.ts'

/** `gateway` has the links, `worker` the timers and HTTP requests, `web` neither. */
export type Role = 'all' | 'gateway' | 'worker' | 'web'

/** What hosting conversations takes. The database is open, migrated and provisioned. */
export interface HostingDeps {
  readonly sql: Sql
  /** True when no other process can have this database open. */
  readonly isExclusive: boolean
  readonly clock: Clock
  readonly ids: Ids
  readonly nodes: NodeRegistry
  readonly transports: TransportRegistry
  readonly box: SecretBox
  readonly guarded: GuardedFetch
  readonly identity: ProcessIdentity
  /** Absent where no e-mail can be sent. */
  readonly mailer?: Mailer | undefined
  readonly defaultCountry?: string
  /** How much of a link's traffic is logged; undefined for nothing. */
  readonly traceOf?: LineDeps['traceOf']
  /** A secret of the instance: what is drawn by lot here cannot be guessed elsewhere. */
  readonly secret: string | Uint8Array
  /** Where people reach this instance, without a slash at its end. */
  readonly baseUrl: () => string
  /** How many days messages and events are kept; absent for good. */
  readonly retentionDays?: number
  /** What this process does beside handling events; default `all`. */
  readonly role?: Role
  readonly log: Log
  /** How long an event is held while nothing can be stored; default ten seconds. */
  readonly holdMs?: number
  /** Stands between lanes and tables; tests of crashes put their mutants here. */
  readonly wrapStore?: (store: LaneStore) => LaneStore
  /** Stands before the door; likewise. */
  readonly wrapSubmit?: (submit: Submit) => Submit
}

/** Conversations being hosted: everything between links and tables. */
export interface Hosting {
  readonly submit: Submit
  readonly services: Services
  readonly routing: RoutingTable
  readonly links: LinkSupervisor
  /** Campaigns changed in the database: whoever runs them here looks at once. */
  readonly campaigns: Pick<Campaigns, 'wake'>
  /** Imports changed in the database: whoever carries them out here looks at once. */
  readonly imports: Pick<Imports, 'wake'>
  readonly health: Health
  readonly feed: Feed
  readonly metrics: Metrics['registry']
  /** How many events are inside, stored not yet. */
  readonly backlog: () => number
  /** Links, channels or publications changed in the database. Resolves once this process acts on them. */
  configurationChanged(): Promise<void>
  /** Contacts or their consent were changed outside any session. Resolves once sessions of this process see it. */
  contactsChanged(phones: readonly string[] | 'all'): Promise<void>
  /** Takes nothing in any more, lets everything inside end, says goodbye to the networks. */
  stop(): Promise<void>
}

const REQUEST_GRACE_MS = 2_000
const LINK_GRACE_MS = 5_000
/** While the database is gone every loop finds out many times a minute. */
const WARN_MS = 10_000

/** Builds the parts and sets them going; they know each other only by what they are handed here. */
export async function startHosting(deps: HostingDeps): Promise<Hosting> {
  const { sql, clock, ids, nodes, transports, box, guarded, log, isExclusive, identity } = deps
  const { role = 'all', wrapStore = (store) => store, wrapSubmit = (submit) => submit } = deps
  const health = healthBoard()
  const feed = openFeed()
  const warn = atIntervals(WARN_MS, (sentence) => log('warn', sentence))
  const failed = (error: Error) => {
    health.report('database', error)
    warn(error.message)
  }
  const routing = routingTable(sql, deps.defaultCountry)
  await routing.refresh()

  const people = () => ({ now: clock.now(), newId: ids.next, hashOf: erasedHashBy(box) })
  const metrics = openMetrics({ sql, now: clock.now, backlog: () => host.length(), links: () => links.statuses() })
  const host = openHost({
    store: wrapStore(metrics.timed(laneStoreOn(sql, people))),
    machines: machineCache(sql, nodes),
    clock,
    ids,
    routing,
    health,
    log,
    randomOf: keyedRandom(deps.secret),
    linkBase: () => `${deps.baseUrl()}/l/`,
    sendingLink: (route) => links.sendingLink(route),
    senderOf: (link) => links.sender(link),
    ...(deps.holdMs !== undefined && { holdMs: deps.holdMs }),
  })
  const submit = wrapSubmit(host.submit)

  const owner = JSON.stringify(identity)
  const ownership = keepLeases({ leases: leaseStoreOn(sql), identity, isAlone: isExclusive, failed })
  const receipts = receiptsOn({ store: receiptStoreOn(sql), clock, submit, failed })
  const parts = joinParts({ store: partStoreOn(sql), clock, submit, newId: ids.next, failed })
  const quotas = startChannelQuotas({ sql, clock, routing, log, failed })
  const limits = startTrafficLimits({ sql, clock, log, failed })
  const links = superviseLinks({
    sql,
    clock,
    owner,
    ownership,
    transports,
    routing,
    submit,
    parts,
    receipts,
    log,
    failed,
    newId: ids.next,
    baseUrl: deps.baseUrl,
    rates: channelRates(routing, quotas),
    limits,
    budgets: linkBudgets(),
    policy: 'resend',
    ...(deps.traceOf !== undefined && { traceOf: deps.traceOf }),
    settled(link, settles) {
      feed.settled(settles, clock.now())
      metrics.settled(link, settles)
    },
  })
  const requester = startRequester({ store: deliveryStoreOn(sql, 'http'), clock, owner, guarded, submit, failed })
  const notifier = startNotifier({ sql, clock, owner, guarded, mailer: deps.mailer, routing, submit, failed })
  const teller = startTeller({ sql, clock, owner, guarded, box, failed })
  const isWorker = role === 'all' || role === 'worker'
  const isGateway = role === 'all' || role === 'gateway'
  const buckets = isWorker
    ? wantBuckets(
        ownership,
        () => {
          requester.tookOver()
          notifier.tookOver()
          teller.tookOver()
        },
        (bucket) => Promise.all([requester, notifier, teller].map((one) => one.underWay(bucket, REQUEST_GRACE_MS))),
      )
    : { ours: () => [] }
  const startQueue = startStartQueue({ store: startQueueStoreOn(sql), clock, submit, failed })
  const timers = startTimers({
    due: (request) => dueSessions(sql, request),
    clock,
    submit,
    failed,
    buckets: buckets.ours,
    scanned: () => health.report('database'),
  })
  const failOver = isGateway ? startFailOver({ sql, clock, routing, links, log, failed }) : undefined
  const services = servicesOn({ sql, clock, ids, routing, submit, receipts, links })
  const lateQuestions = isGateway
    ? startLateQuestions({ sql, clock, links, followUp: services, log, failed })
    : undefined
  const campaigns = isWorker ? startCampaigns({ sql, clock, ids, routing, submit, ownership, feed, failed }) : undefined
  const { retentionDays: days } = deps
  const retention = isWorker ? startRetention({ sql, clock, days, ownership, log, failed }) : undefined
  const news = contactNews({ sql, cache: host.cache, routing, self: ids.next(), failed })
  const signal = outboxSignal({
    sql,
    failed,
    heard(to) {
      if (to === BY_NO_LINK.http) requester.wake()
      else if (to === BY_NO_LINK.notify) notifier.wake()
      else links.wake(to)
    },
  })
  const imports = isWorker
    ? startImports({
        sql,
        clock,
        ids,
        ownership,
        feed,
        hashOf: erasedHashBy(box),
        contactsChanged: news.changed,
        failed,
      })
    : undefined
  const wakeLink = (link: string) => (links.link(link) === undefined ? signal.send(link) : links.wake(link))
  host.onStored((turns, { handedOver }) => {
    // Whose bucket it is makes its requests, and that may be another process.
    const elsewhere = buckets.ours() === null ? undefined : signal
    wakeFor(turns, new Set(handedOver), { wakeLink, requester, notifier, elsewhere, startQueue })
    const heard = turns.filter(({ turn }) => turn.batch.suppressions.length > 0).map(({ turn }) => turn.phone)
    if (heard.length > 0) news.tell(heard)
    feed.stored(turns)
    metrics.stored(turns)
  })
  links.onStatus((link, status) => {
    feed.status(link, status)
    metrics.status(link, status)
  })

  const configuration = followConfiguration({
    sql,
    failed,
    async apply() {
      await Promise.all([routing.refresh(), limits.refresh()])
      if (isGateway) await links.configure(await configuredLinks(sql, { transports, box }))
    },
  })
  await configuration.changed()
  await receipts.submitLeftOver()

  return {
    submit,
    services,
    routing,
    links,
    campaigns: { wake: () => campaigns?.wake() },
    imports: { wake: () => imports?.wake() },
    health,
    feed,
    metrics: metrics.registry,
    backlog: host.length,
    configurationChanged: () => configuration.changed(),
    contactsChanged: news.changed,
    async stop() {
      await Promise.all([
        configuration.stop(),
        timers.stop(),
        campaigns?.stop(),
        retention?.stop(),
        imports?.stop(),
        startQueue.stop(),
        parts.stop(),
        receipts.stop(),
        failOver?.stop(),
        lateQuestions?.stop(),
        signal.stop(),
        news.stop(),
      ])
      await Promise.all([
        requester.stop(REQUEST_GRACE_MS),
        notifier.stop(REQUEST_GRACE_MS),
        teller.stop(REQUEST_GRACE_MS),
      ])
      // From here on MOs are told to come again later; what is inside is stored and answered while the links go.
      await Promise.all([host.close(LINK_GRACE_MS), links.stop(LINK_GRACE_MS)])
      await Promise.all([quotas.stop(), limits.stop()])
      // Without a database they run out by themselves.
      await ownership.stop().catch(failed)
    },
  }
}

/** Says a sentence, but the same one not again before so much time has gone by. */
function atIntervals(intervalMs: number, say: (sentence: string) => void): (sentence: string) => void {
  const saidAtMs = new Map<string, number>()
  return (sentence) => {
    const nowMs = performance.now()
    if (nowMs - (saidAtMs.get(sentence) ?? Number.NEGATIVE_INFINITY) < intervalMs) return
    if (saidAtMs.size > 100) saidAtMs.clear()
    saidAtMs.set(sentence, nowMs)
    say(sentence)
  }
}

/** Whoever has something to do because of what was stored. */
function wakeFor(
  turns: readonly TakenTurn[],
  handedOver: ReadonlySet<string>,
  parts: {
    wakeLink(link: string): void
    readonly requester: { wake(): void }
    readonly notifier: { wake(): void }
    /** Absent where all buckets are ours. */
    readonly elsewhere: { send(to: string): void } | undefined
    readonly startQueue: { freed(key: { channel: string; phone: string }): void }
  },
): void {
  const sending = new Set<string>()
  const others = new Set<string>()
  for (const { turn } of turns) {
    for (const { id, link, kind } of turn.batch.outbox) {
      if (link === null) others.add(kind)
      else if (!handedOver.has(id)) sending.add(link)
    }
    if (turn.freesQueue) parts.startQueue.freed({ channel: turn.channel, phone: turn.phone })
  }
  if (others.has('http')) parts.requester.wake()
  if (others.has('notify')) parts.notifier.wake()
  for (const kind of ['http', 'notify'] as const) if (others.has(kind)) parts.elsewhere?.send(BY_NO_LINK[kind])
  for (const link of sending) parts.wakeLink(link)
}
