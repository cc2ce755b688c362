import type { Address, ChannelInfo, Contact, StoredSession, StoredTimer } from '@textloom/core'
import type {
  EventWrite,
  OutboxKey,
  OutboxWrite,
  PendingRequest,
  SessionRow,
  SessionWrite,
  StoreBatch,
} from '../../db/hot/types.ts'
import type { ChannelRoute } from '../channel-route.ts'
import type { IgnoredReason } from '../codes.ts'
import type { EventData, EventKind } from '../event-kinds.ts'
import type { Outcome } from '../incoming.ts'
import type { World } from '../world.ts'

/** A running session as the host stores it: the engine's, and whom to answer. */
export interface RunningSession extends StoredSession {
  /** The addresses of the last MO, where they are not the phone and the channel's own: replies go exactly there. */
  readonly peer?: Peer
}

/** Two ends of a conversation as the network writes them. */
export interface Peer {
  readonly to: Address
  readonly from: Address
}

/** The lists of a batch while it is being written. */
export type OpenBatch = { -readonly [Name in keyof StoreBatch]-?: NonNullable<StoreBatch[Name]>[number][] }

/**
 * One (channel, phone) while the events of a batch are applied to it: what it is by now, and every row that is to be
 * stored. All of it goes into one store under one `rev`; `n` runs over all of it.
 */
export class Turn {
  readonly world: World
  readonly channel: string
  readonly phone: string
  readonly route: ChannelRoute | undefined
  readonly rev: number
  readonly batch: OpenBatch
  runId: string | null
  state: StoredSession | null
  /** Whom to answer, where that is not simply the phone. */
  peer: Peer | undefined
  timers: readonly StoredTimer[]
  pending: readonly PendingRequest[]
  readonly suppressed: Set<string>
  /** True when starts wait for this session to end. */
  hasPendingStart: boolean
  /** False while nothing happened that needs the session row written. */
  isTouched = false
  /** True when a session ended and others wait to begin. */
  freesQueue = false
  readonly #row: SessionRow
  #n = 0

  constructor(row: SessionRow, world: World) {
    this.world = world
    this.#row = row
    this.channel = row.channel
    this.phone = row.phone
    this.route = world.route(row.channel)
    this.rev = row.rev + 1
    this.runId = row.runId
    this.state = row.state
    this.peer = peerOf(row.state)
    this.timers = row.timers
    this.pending = row.pending
    this.suppressed = new Set(row.suppressed)
    this.hasPendingStart = row.hasPendingStart
    this.batch = openBatch()
  }

  get now(): number {
    return this.world.now
  }

  /** True after STOP: nothing may be sent, on any channel. */
  get isOptedOut(): boolean {
    return this.suppressed.has('')
  }

  /** The contact as flows see it. */
  get contact(): Contact {
    const { contact } = this.#row
    return {
      phone: this.phone,
      ...(contact?.name != null && { name: contact.name }),
      ...(contact?.language != null && { language: contact.language }),
      fields: contact?.fields ?? {},
      groups: [],
    }
  }

  /** The channel as flows see it. */
  get channelInfo(): ChannelInfo {
    return this.route === undefined ? { id: this.channel } : { id: this.channel, address: this.route.address }
  }

  /** The key of the next effect. */
  nextKey(): OutboxKey {
    return { channel: this.channel, phone: this.phone, rev: this.rev, n: this.#n++ }
  }

  /** Records that something happened. */
  event<Kind extends EventKind>(kind: Kind, data: EventData[Kind]): void {
    const write: EventWrite = { ...this.nextKey(), at: this.now, kind, data }
    this.batch.events.push(write)
  }

  /** Puts something into the outbox and gives its key. */
  send(write: Omit<OutboxWrite, keyof OutboxKey | 'createdAt'>): OutboxKey {
    this.isTouched = true
    const key = this.nextKey()
    this.batch.outbox.push({ ...key, ...write, createdAt: this.now })
    return key
  }

  /** Takes back what has not left: a row of this very batch is not written at all. */
  unsend(rev: number, n: number): void {
    const { channel, phone, batch } = this
    if (rev === this.rev) batch.outbox = batch.outbox.filter((write) => write.n !== n)
    else batch.cancels.push({ channel, phone, rev, n })
  }

  /** Records that an event moved nothing, and why. */
  ignore(reason: IgnoredReason, source: string, more: { message?: string; node?: string } = {}): Outcome {
    const run = this.state === null ? {} : runOf(this)
    this.event('event.ignored', { source, reason, ...run, ...more })
    return { status: 'ignored', reason }
  }

  /** The row to store. */
  sessionWrite(): SessionWrite {
    const { channel, phone, rev, runId, timers, pending, now } = this
    return { channel, phone, rev, runId, state: this.#running(), timers, pending, updatedAt: now }
  }

  /** The session as the next batch will find it. */
  rowAfter(): SessionRow {
    const { rev, runId, timers, pending, suppressed, hasPendingStart } = this
    const state = this.#running()
    return { ...this.#row, rev, runId, state, timers, pending, suppressed: [...suppressed], hasPendingStart }
  }

  #running(): RunningSession | null {
    const { state, peer } = this
    return state === null || peer === undefined ? state : { ...state, peer }
  }
}

/** The addresses kept with a stored session. */
function peerOf(state: RunningSession | null): Peer | undefined {
  return state?.peer
}

/** The `run` field of an event row. */
export function runOf(turn: Turn): { run: string } | Record<string, never> {
  return turn.runId === null ? {} : { run: turn.runId }
}

/** A batch with nothing in it. */
export function openBatch(): OpenBatch {
  return {
    sessions: [],
    inbox: [],
    outbox: [],
    events: [],
    runStarts: [],
    runEnds: [],
    deadLetters: [],
    suppressions: [],
    contacts: [],
    settleHttp: [],
    cancels: [],
    receipts: [],
    partsDone: [],
    pendingStarts: [],
    pendingStartsDone: [],
  }
}
