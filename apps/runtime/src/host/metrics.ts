import type { LinkStatus } from '@textloom/core'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { MtSettle } from '../db/hot/settle-and-claim.ts'
import type { LaneStore } from './lane.ts'
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

const STORE_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5]

/** Counts from zero; `backlog` is asked whenever somebody looks. */
export function openMetrics(backlog: () => number): Metrics {
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
  const bound = new Gauge({
    name: 'textloom_link_bound',
    help: '1 while the link can carry messages.',
    labelNames: ['link'],
    registers,
  })
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
      for (const { outcomes } of turns) for (const { status } of outcomes) events.inc({ outcome: status })
    },
    settled(link, settles) {
      for (const { state } of settles) mts.inc({ link, state: state === 'queued' ? 'again' : state })
    },
    status: (link, { state }) => bound.set({ link }, state === 'bound' ? 1 : 0),
  }
}
