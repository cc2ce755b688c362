import type { LinkStatus } from '@textloom/core'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { MtSettle } from '../db/hot/settle-and-claim.ts'
import type { Sql } from '../db/sql.ts'
import type { LaneStore } from './lane.ts'
import { measureQueues } from './queue-metrics.ts'
import type { TakenTurn } from './turn/take-turn.ts'

/** What `/metrics` tells. */
export interface Metrics {
  readonly registry: Registry
  /** The same store, timed. */
  timed(store: LaneStore): LaneStore
  stored(turns: readonly TakenTurn[]): void
  settled(link: string, settles: readonly MtSettle[]): void
  status(link: string, status: LinkStatus): void
}

const NETWORK_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60]
const STORE_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5]

/** What is looked at whenever somebody asks for figures. */
export interface Measured {
  readonly sql: Pick<Sql, 'query'>
  now(): number
  /** How many events are inside. */
  backlog(): number
  /** The links of this process. */
  links(): ReadonlyMap<string, LinkStatus>
}

/** Counts from zero. */
export function openMetrics({ sql, now, backlog, links }: Measured): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const waiting: Gauge = new Gauge({
    name: 'textloom_events_waiting',
    help: 'Events inside that are not stored yet.',
    registers,
    collect: () => waiting.set(backlog()),
  })
  const events = new Counter({
    name: 'textloom_events_total',
    help: 'Events handled, by what became of them.',
    labelNames: ['outcome'],
    registers,
  })
  const stores = new Histogram({
    name: 'textloom_store_seconds',
    help: 'Duration of one store, whatever its size.',
    labelNames: ['verdict'],
    buckets: STORE_SECONDS,
    registers,
  })
  const mts = new Counter({
    name: 'textloom_mt_attempts_total',
    help: 'Attempts to send an MT, by how they ended.',
    labelNames: ['link', 'state'],
    registers,
  })
  const segments = new Counter({
    name: 'textloom_mt_segments_total',
    help: 'Segments that networks accepted.',
    labelNames: ['link'],
    registers,
  })
  const answers = new Histogram({
    name: 'textloom_mt_answer_seconds',
    help: 'From the handing over of an MT to the answer of its network.',
    labelNames: ['link'],
    buckets: NETWORK_SECONDS,
    registers,
  })
  const mos = new Histogram({
    name: 'textloom_mo_stored_seconds',
    help: 'From the arrival of an MO until it and all that came of it was stored; its count is that of MOs.',
    labelNames: ['link'],
    buckets: NETWORK_SECONDS,
    registers,
  })
  const receipts = new Counter({
    name: 'textloom_receipts_total',
    help: 'Receipts of segments, by what they say.',
    labelNames: ['state'],
    registers,
  })
  const loops = new Counter({
    name: 'textloom_reply_loops_total',
    help: 'Phones that were found to be machines that answer whatever they are sent, and are not answered any more.',
    labelNames: ['channel'],
    registers,
  })
  const changes = new Counter({
    name: 'textloom_link_changes_total',
    help: 'How often a link came into each state.',
    labelNames: ['link', 'state'],
    registers,
  })
  const states = new Map<string, LinkStatus['state']>()
  const ofLinks = (name: string, help: string, figureOf: (status: LinkStatus) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['link'],
      registers,
      collect() {
        this.reset()
        for (const [link, status] of links()) this.set({ link }, figureOf(status))
      },
    })
  ofLinks('textloom_link_bound', '1 while the link can carry messages.', ({ state }) => (state === 'bound' ? 1 : 0))
  ofLinks('textloom_link_in_flight', 'MTs without an answer.', ({ inFlight }) => inFlight)
  ofLinks('textloom_link_window', 'MTs that may be without one.', ({ windowSize }) => windowSize)
  measureQueues(registry, sql)
  return {
    registry,
    timed: (store) => ({
      ...store,
      async store(batch) {
        const end = stores.startTimer()
        try {
          const verdict = await store.store(batch)
          end({ verdict: verdict === 'conflict' ? verdict : 'ok' })
          return verdict
        } catch (error) {
          end({ verdict: 'error' })
          throw error
        }
      },
    }),
    stored(turns) {
      const at = now()
      for (const { outcomes, turn } of turns) {
        for (const outcome of outcomes) {
          events.inc({ outcome: outcome.status })
          const isLoop = outcome.status === 'dead-letter' && outcome.reason === 'reply-loop'
          if (isLoop) loops.inc({ channel: turn.channel })
        }
        for (const { kind, link, at: arrivedAt } of turn.batch.inbox) {
          if (kind === 'mo') mos.observe({ link: link ?? '' }, Math.max(0, at - arrivedAt) / 1_000)
        }
        for (const { state } of turn.batch.receipts) receipts.inc({ state })
      }
    },
    settled(link, settles) {
      for (const { state, providerIds, answeredMs } of settles) {
        mts.inc({ link, state: state === 'queued' ? 'again' : state })
        if (state === 'sent') segments.inc({ link }, providerIds.length)
        if (answeredMs !== undefined) answers.observe({ link }, answeredMs / 1_000)
      }
    },
    status(link, { state }) {
      if (states.get(link) === state) return
      states.set(link, state)
      changes.inc({ link, state })
    },
  }
}
