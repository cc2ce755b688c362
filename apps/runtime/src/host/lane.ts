import type { SessionKey, SessionRow, StoreBatch, Stored } from '../db/hot/types.ts'
import { SqlError } from '../db/sql.ts'
import type { Offer } from './hand-over.ts'
import type { HostEvent, Outcome } from './incoming.ts'
import type { Log } from './log.ts'
import { merged } from './merge.ts'
import { type Pauses, pauseOf, realPauses } from './pauses.ts'
import { nameOf, type SessionCache } from './session-cache.ts'
import type { Ticket } from './ticket.ts'
import { condemn } from './turn/condemn.ts'
import { type TakenTurn, takeTurn } from './turn/take-turn.ts'
import type { World } from './world.ts'

/** The database as lanes use it. */
export interface LaneStore {
  /** One row for every key. */
  load(keys: readonly SessionKey[]): Promise<SessionRow[]>
  /** All of the batch or nothing. */
  store(batch: StoreBatch): Promise<Stored | 'conflict'>
  /** Those of the events whose message ids the inbox already knows. */
  findRedelivered(events: readonly HostEvent[]): Promise<readonly HostEvent[]>
}

/** What a lane is made of. */
export interface LaneDeps {
  readonly db: LaneStore
  readonly cache: SessionCache
  /** The world for these sessions and events, with everything in it loaded. */
  worldFor(rows: readonly SessionRow[], events: readonly HostEvent[]): Promise<World>
  /** What of the batch may leave as soon as it is stored. */
  offer(batch: StoreBatch): Offer
  /** Called after each store, before its tickets resolve. */
  stored(turns: readonly TakenTurn[], news: Stored): void
  /** Called with an error when the database could not store, without one when it did. */
  health(error?: Error): void
  readonly log: Log
  readonly pauses?: Pauses
}

const MOST_EVENTS_AT_ONCE = 200
const FIRST_PAUSE_MS = 5
const LONGEST_PAUSE_MS = 1_000
/** Conflicts with others come and go; what goes on is looked for by halves. */
const CONFLICTS_BEFORE_BISECTION = 2

/**
 * Handles the events of its phones batch by batch: whatever is queued when the last store ends goes into the next. One
 * phone always has the same lane, so its events are handled one at a time and in order; the phones of a batch share
 * one round trip.
 */
export class Lane {
  readonly #deps: LaneDeps
  readonly #pauses: Pauses
  #queue: Ticket[] = []
  #isRunning = false

  constructor(deps: LaneDeps) {
    this.#deps = deps
    this.#pauses = deps.pauses ?? realPauses
  }

  /** How many events wait or are being handled. */
  get length(): number {
    return this.#queue.length
  }

  push(ticket: Ticket): void {
    this.#queue.push(ticket)
    if (!this.#isRunning) void this.#run()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    // Everything that arrives in this turn of the event loop shares the first batch.
    await this.#pauses.nextTurn()
    while (this.#queue.length > 0) {
      const batch = this.#queue.slice(0, MOST_EVENTS_AT_ONCE)
      await this.#handle(batch)
      this.#queue = this.#queue.slice(batch.length)
      // PGlite answers in microtasks: without this, sockets and timers would starve.
      await this.#pauses.nextTurn()
    }
    this.#isRunning = false
  }

  /** Returns when every ticket is settled, if need be by those who wait no longer. Never throws. */
  async #handle(tickets: readonly Ticket[]): Promise<void> {
    let conflicts = 0
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      const open = tickets.filter(({ isSettled }) => !isSettled)
      if (open.length === 0) return
      try {
        if ((await this.#attempt(open)) === 'ok') return
        await this.#settleRedelivered(open)
        conflicts += 1
        // One phone that another process moves too must not hold up the others.
        if (conflicts >= CONFLICTS_BEFORE_BISECTION && groupedByPhone(open).length > 1)
          return await this.#handleHalves(open)
      } catch (error) {
        if (isPoison(error)) return await this.#isolate(open, error)
        this.#deps.health(asError(error))
      }
      // Not all at the same time: two processes that met once would meet again.
      await pauseOf(pauseMs * this.#pauses.random(), this.#pauses)
    }
  }

  async #attempt(tickets: readonly Ticket[]): Promise<'ok' | 'conflict'> {
    const { cache, stored } = this.#deps
    const groups = groupedByPhone(tickets)
    const rows = await this.#rowsFor(groups)
    const world = await this.#deps.worldFor(rows, tickets.map(eventOf))
    const turns = rows.map((row, index) => takeTurn(row, (groups[index] ?? []).map(eventOf), world))
    const outcomes = new Map<Ticket, Outcome>()
    groups.forEach((group, index) => {
      group.forEach((ticket, position) => {
        const outcome = turns[index]?.outcomes[position]
        if (outcome !== undefined) outcomes.set(ticket, outcome)
      })
    })
    const verdict = await this.#store(merged(turns), outcomes)
    if (verdict === 'conflict') return 'conflict'
    for (const { turn } of turns) if (turn.isTouched) cache.put(turn.rowAfter())
    stored(turns, verdict)
    for (const [ticket, outcome] of outcomes) {
      // A timer that is due in the table but not in the row: the row in the cache is an old one.
      if (ticket.event.kind === 'due' && outcome.status === 'ignored') cache.drop(ticket.event)
      ticket.resolve(outcome)
    }
    return 'ok'
  }

  /** What was not answered may have been stored: if so, that is what became of these tickets. */
  async #store(batch: StoreBatch, outcomes: ReadonlyMap<Ticket, Outcome>): Promise<Stored | 'conflict'> {
    const offer = this.#deps.offer(batch)
    try {
      const verdict = await this.#deps.db.store(offer.batch)
      // A conflict may be with ourselves: with a try that was stored although its answer was lost.
      if (verdict === 'conflict') offer.dropped()
      else offer.stored(verdict.handedOver)
      this.#deps.health()
      return verdict
    } catch (error) {
      offer.dropped()
      if (!isPoison(error)) for (const [ticket, outcome] of outcomes) ticket.inDoubt = outcome
      throw error
    }
  }

  /** One row for each group: from the cache, else from the table. */
  async #rowsFor(groups: readonly (readonly Ticket[])[]): Promise<SessionRow[]> {
    const { cache, db } = this.#deps
    const rows = new Map<string, SessionRow>()
    const missing: SessionKey[] = []
    for (const group of groups) {
      for (const { event } of group) {
        const { channel, phone } = event
        const cached = cache.get(event)
        if (cached !== undefined) rows.set(nameOf(event), cached)
        else if (!leavesSessionAlone(event)) missing.push({ channel, phone })
        // What leaves the session alone has the key of what it is about: a row that bears the `rev` of its MT will do.
        else rows.set(nameOf(event), { ...blankRow({ channel, phone }), rev: event.key.rev - 1 })
        if (!leavesSessionAlone(event)) break
      }
    }
    if (missing.length > 0) for (const row of await db.load(missing)) rows.set(nameOf(row), row)
    return groups.map(([first]) => {
      const key = first === undefined ? { channel: '', phone: '' } : first.event
      return rows.get(nameOf(key)) ?? blankRow({ channel: key.channel, phone: key.phone })
    })
  }

  /** Nothing was stored: forget what was believed, and settle what the inbox already knows. */
  async #settleRedelivered(tickets: readonly Ticket[]): Promise<void> {
    const { cache, db } = this.#deps
    for (const { event } of tickets) cache.drop(event)
    const known = new Set(await db.findRedelivered(tickets.map(eventOf)))
    for (const ticket of tickets) {
      if (known.has(ticket.event)) ticket.resolve(ticket.inDoubt ?? { status: 'duplicate' })
    }
  }

  /** Half of the phones, then the others; of a single phone the earlier events first, so that their order is kept. */
  async #handleHalves(tickets: readonly Ticket[]): Promise<void> {
    const groups = groupedByPhone(tickets)
    const pieces = groups.length > 1 ? groups : tickets.map((ticket) => [ticket])
    const middle = Math.ceil(pieces.length / 2)
    await this.#handle(pieces.slice(0, middle).flat())
    await this.#handle(pieces.slice(middle).flat())
  }

  /** The batch cannot be stored as it is: halve it until the one event is alone that is to blame, and bury that. */
  async #isolate(tickets: readonly Ticket[], error: unknown): Promise<void> {
    for (const { event } of tickets) this.#deps.cache.drop(event)
    const [only, ...others] = tickets
    if (only === undefined) return
    if (others.length > 0) return this.#handleHalves(tickets)
    await this.#bury(only, asError(error))
  }

  /** Stores the event as a dead letter; whole if that is possible, else without what it carries. */
  async #bury(ticket: Ticket, error: Error): Promise<void> {
    const { event } = ticket
    let isBare = false
    for (let pauseMs = FIRST_PAUSE_MS; !ticket.isSettled; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      try {
        const [row = blankRow(event)] = await this.#deps.db.load([event])
        const world = await this.#deps.worldFor([row], [event])
        const taken = condemn(row, event, error, world, { isBare })
        const outcome = taken.outcomes[0] ?? { status: 'duplicate' }
        const verdict = await this.#store(merged([taken]), new Map([[ticket, outcome]]))
        if (verdict !== 'conflict') {
          this.#deps.log('error', 'an event could not be handled and is a dead letter now', nameOfEvent(event, error))
          this.#deps.stored([taken], verdict)
          return ticket.resolve(outcome)
        }
        await this.#settleRedelivered([ticket])
      } catch (next) {
        if (isPoison(next) && isBare) {
          this.#deps.log('error', 'an event cannot even be stored as a dead letter', nameOfEvent(event, asError(next)))
          return ticket.reject(asError(next))
        }
        isBare ||= isPoison(next)
        if (!isPoison(next)) this.#deps.health(asError(next))
      }
      await pauseOf(pauseMs, this.#pauses)
    }
  }
}

function groupedByPhone(tickets: readonly Ticket[]): Ticket[][] {
  return [...Map.groupBy(tickets, ({ event }) => nameOf(event)).values()]
}

function eventOf({ event }: Ticket): HostEvent {
  return event
}

/** True for what is only recorded, beside whatever the session does. */
function leavesSessionAlone(event: HostEvent): event is Extract<HostEvent, { kind: 'dlr' | 'notified' }> {
  return event.kind === 'dlr' || event.kind === 'notified'
}

/** The row of a key that nothing is known about. */
function blankRow({ channel, phone }: SessionKey): SessionRow {
  return {
    channel,
    phone,
    rev: 0,
    runId: null,
    state: null,
    timers: [],
    pending: [],
    contact: null,
    suppressed: [],
    hasPendingStart: false,
  }
}

/**
 * True when trying again cannot help: the data cannot be stored, or our own code failed over it. Every other answer of
 * the database is about its own state (gone, full, shutting down, being migrated) and passes.
 */
function isPoison(error: unknown): boolean {
  return !(error instanceof SqlError) || error.isPoison
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}

/** Ids and codes only: texts and numbers stay out of logs. */
function nameOfEvent(event: HostEvent, error: Error): { readonly [name: string]: unknown } {
  const code = error instanceof SqlError ? { sqlState: error.code } : { error: error.name }
  return {
    channel: event.channel,
    kind: event.kind,
    ...('messageId' in event && { messageId: event.messageId }),
    ...code,
  }
}
