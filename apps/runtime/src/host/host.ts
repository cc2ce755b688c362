import type { Clock, Ids } from '@textloom/core'
import type { Stored } from '../db/hot/types.ts'
import { offerFor } from './hand-over.ts'
import type { Health } from './health.ts'
import type { HostEvent } from './incoming.ts'
import { Lane, type LaneDeps, type LaneStore } from './lane.ts'
import type { Machines } from './machines.ts'
import type { Sender } from './outbox.ts'
import type { Pauses } from './pauses.ts'
import type { RandomOf } from './random.ts'
import { replyLoops } from './reply-loops.ts'
import type { RoutingTable } from './routing-table.ts'
import { type SessionCache, sessionCache } from './session-cache.ts'
import { type Door, openDoor } from './submit.ts'
import type { TakenTurn } from './turn/take-turn.ts'
import { type World, worldOf } from './world.ts'

/** What sessions live in. */
export interface HostDeps {
  readonly store: LaneStore
  /** Published revisions. */
  readonly machines: Machines
  readonly clock: Clock
  readonly ids: Ids
  readonly routing: RoutingTable
  readonly health: Health
  readonly sendingLink: World['sendingLink']
  /** What sends by a link of this process. */
  readonly senderOf: (link: string) => Sender | undefined
  readonly randomOf: RandomOf
  /** What tracked links begin with. */
  readonly linkBase: () => string
  readonly log: LaneDeps['log']
  readonly lanes?: number
  /** How many sessions are kept at hand. */
  readonly cachedSessions?: number
  readonly holdMs?: number
  readonly pauses?: Pauses
}

/** The part of the runtime that moves sessions: events in by `submit`, rows out into the tables. */
export interface Host extends Door {
  /** Calls back after each store with what was stored, until the returned function is called. */
  onStored(heard: (turns: readonly TakenTurn[], news: Stored) => void): () => void
  readonly cache: SessionCache
}

/** One computes while the other waits for the database; more only make the batches smaller (docs/reference/benchmarks.md). */
const LANES = 2
/** Without events nobody notices that storing works again: so long a failure counts. */
const TROUBLE_MS = 15_000

/** Builds the lanes and opens the door to them. */
export function openHost(deps: HostDeps): Host {
  const { store, machines, clock, ids, routing, health, sendingLink, randomOf, linkBase, log, holdMs } = deps
  const inTime = deps.pauses === undefined ? {} : { pauses: deps.pauses }
  const cache = sessionCache(deps.cachedSessions)
  const loops = replyLoops()
  const listeners = new Set<(turns: readonly TakenTurn[], news: Stored) => void>()

  const laneDeps: LaneDeps = {
    db: store,
    cache,
    log,
    ...inTime,
    health: (error) => health.report('storing', error, { forMs: TROUBLE_MS }),
    async worldFor(rows, events) {
      const { current } = routing
      const machineOf = await machines.prepare(revisionsFor(rows, events, current), (flow) => {
        const channels = new Set(events.map((event) => event.channel))
        return [...channels].flatMap((channel) => current.listening(channel, flow)?.revision ?? [])
      })
      const fixed = { routing: current, machineOf, sendingLink, randomOf, loops, linkBase: linkBase() }
      return worldOf({ ...fixed, now: clock.now(), newId: ids.next })
    },
    offer: (batch) => offerFor(batch, deps.senderOf),
    stored(turns, news) {
      for (const { turn } of turns) {
        // What one channel heard counts on all of them.
        const { suppressions, contacts } = turn.batch
        const others = () => [...routing.current.channels.keys()].filter((channel) => channel !== turn.channel)
        if (suppressions.length + contacts.length > 0) cache.dropPhone(turn.phone, others())
      }
      for (const heard of listeners) heard(turns, news)
    },
  }
  const lanes = Array.from({ length: deps.lanes ?? LANES }, () => new Lane(laneDeps))
  const door = openDoor({
    lanes,
    ...inTime,
    lastTrouble: () => health.last('storing'),
    ...(holdMs !== undefined && { holdMs }),
  })
  return {
    ...door,
    cache,
    onStored(heard) {
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
  }
}

/** Every revision that a turn over these may run or begin. */
function* revisionsFor(
  rows: Parameters<LaneDeps['worldFor']>[0],
  events: readonly HostEvent[],
  routing: RoutingTable['current'],
): Generator<string> {
  for (const { state } of rows) for (const { revision } of state?.frames ?? []) yield revision
  for (const channel of new Set(events.map((event) => event.channel))) {
    for (const { revision } of routing.flowsOn(channel)) yield revision
  }
  for (const event of events) {
    const flow = event.kind === 'start' ? routing.listening(event.channel, event.flowId) : undefined
    if (flow !== undefined) yield flow.revision
  }
}
