import type {
  Address,
  ChannelInfo,
  Contact,
  Happening,
  SessionEvent,
  StartKind,
  StoredSession,
  StoredTimer,
} from '@textloom/core'
import type {
  ContactRow,
  ContactWrite,
  EventWrite,
  OutboxKey,
  OutboxWrite,
  PendingRequest,
  PendingStartWrite,
  SessionKey,
  SessionRow,
  SessionWrite,
  StoreBatch,
  TicketChange,
} from '../../db/hot/types.ts'
import { type PhoneZone, zoneOfPhone } from '../../people/phone-zone.ts'
import type { ChannelRoute } from '../channel-route.ts'
import type { IgnoredReason } from '../codes.ts'
import type { EventData, EventKind } from '../event-kinds.ts'
import type { Outcome, StartSource } from '../incoming.ts'
import type { World } from '../world.ts'

/** A running session as the host stores it: the engine's, and whom to answer. */
export interface RunningSession extends StoredSession {
  /** The addresses of the last MO, where they are not the phone and the channel's own: replies go exactly there. */
  readonly peer?: Peer
  /** Tickets that people have; the flow waits for their end. */
  readonly tickets?: readonly OpenTicket[]
}

/** A ticket while it is open: all that decides who may do what with it. */
export interface OpenTicket extends Omit<TicketChange, keyof SessionKey | 'closed'> {
  /** What the engine calls it. */
  readonly engineId: string
  readonly openedAt: number
}

/** Two ends of a conversation as the network writes them. */
export interface Peer {
  readonly to: Address
  readonly from: Address
}

/** What follows from a step once all its effects are written down. */
export type Afterwards =
  /** Something happened that a flow may wait for. */
  | {
      readonly kind: 'happened'
      readonly what: StartKind
      readonly how?: Happening
      readonly seed: string
      readonly behind?: TextBehind
    }
  /** The running session is to hear of something. */
  | { readonly kind: 'event'; readonly event: SessionEvent; readonly seed: string }

/** The text behind what happened, and the public id of its MO. */
export interface TextBehind {
  readonly text: string
  readonly mo: string
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
  tickets: readonly OpenTicket[]
  timers: readonly StoredTimer[]
  pending: readonly PendingRequest[]
  readonly suppressed: Set<string>
  /** True when starts wait for this session to end. */
  hasPendingStart: boolean
  /** False while nothing happened that needs the session row written. */
  isTouched = false
  /** True when a session ended and others wait to begin. */
  freesQueue = false
  /** What is to be done once the session has come to rest: nothing begins in the middle of a step's effects. */
  readonly afterwards: Afterwards[] = []
  readonly #row: SessionRow
  #contact: ContactRow | null
  #n = 0
  #guessed: PhoneZone | undefined

  constructor(row: SessionRow, world: World) {
    this.world = world
    this.#row = row
    this.#contact = row.contact
    this.channel = row.channel
    this.phone = row.phone
    this.route = world.route(row.channel)
    this.rev = row.rev + 1
    this.runId = row.runId
    this.state = row.state
    const running: RunningSession | null = row.state
    this.peer = running?.peer
    this.tickets = running?.tickets ?? []
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
    const { name, language, timezone, fields, groups } = this.#contact ?? unknownContact
    return {
      phone: this.phone,
      ...(name !== null && { name }),
      ...(language !== null && { language }),
      ...this.#zone(timezone),
      fields: withoutNulls(fields),
      groups: Object.keys(withoutNulls(groups)),
    }
  }

  /** Of a contact whose time zone was never told, that of the phone's country, where it has but one. */
  #zone(told: string | null): { timezone?: string } {
    if (told !== null) return { timezone: told }
    this.#guessed ??= zoneOfPhone(this.phone, this.now)
    return this.#guessed.zone === undefined ? {} : { timezone: this.#guessed.zone }
  }

  /** True while nothing is known of the contact: nobody of this phone was ever heard of, on any channel. */
  get isUnknown(): boolean {
    return this.#contact === null && this.#row.rev === 0
  }

  /** Writes down what became known of the contact; nothing but the phone makes a contact of it. */
  learn(known: Omit<ContactWrite, 'phone' | 'at'> = {}): void {
    const before = this.#contact ?? unknownContact
    const fields = { ...before.fields, ...known.fields }
    const groups = { ...before.groups, ...known.groups }
    this.#contact = { ...before, ...known, fields, groups }
    this.batch.contacts.push({ ...known, phone: this.phone, at: this.now })
  }

  /** Notes when the contact last wrote. */
  heardAt(at: number): void {
    if (at - (this.#contact?.lastHeardAt ?? Number.NEGATIVE_INFINITY) >= HEARD_MS) this.learn({ lastHeardAt: at })
  }

  /** What is known of the contact, as its row has it. */
  get known(): ContactRow {
    return this.#contact ?? unknownContact
  }

  /** The channel as flows see it. */
  get channelInfo(): ChannelInfo {
    const { linkBase } = this.world
    if (this.route === undefined) return { id: this.channel, linkBase }
    const { address, country, timezone, languages } = this.route
    return {
      id: this.channel,
      address,
      languages,
      linkBase,
      ...(country !== undefined && { country }),
      ...(timezone !== undefined && { timezone }),
    }
  }

  /** Lets a start wait for the running session to end. */
  queueStart(start: Omit<PendingStartWrite, keyof SessionKey | 'requestedAt'>): void {
    const { channel, phone, now } = this
    this.batch.pendingStarts.push({ ...start, channel, phone, requestedAt: now })
    const { id: run, flowId: flow, source, message, expiresAt } = start
    const by = source as StartSource
    this.event('session.waiting', { run, flow, by, expiresAt, ...(message !== null && { message }) })
    this.hasPendingStart = true
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
    const contact = this.#contact
    return { ...this.#row, rev, runId, state, timers, pending, contact, suppressed: [...suppressed], hasPendingStart }
  }

  #running(): RunningSession | null {
    const { state, peer, tickets } = this
    if (state === null || (peer === undefined && tickets.length === 0)) return state
    return { ...state, ...(peer !== undefined && { peer }), ...(tickets.length > 0 && { tickets }) }
  }
}

const unknownContact: ContactRow = {
  name: null,
  language: null,
  timezone: null,
  fields: {},
  groups: {},
  lastHeardAt: null,
}

/** How exactly it is known when a contact last wrote: each MO of an hour would write the same. */
const HEARD_MS = 3_600_000

function withoutNulls<Value>(values: { readonly [name: string]: Value }): {
  readonly [name: string]: NonNullable<Value>
} {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, NonNullable<Value>] => entry[1] !== null),
  )
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
    contactChanges: [],
    consents: [],
    consentReviews: [],
    settleHttp: [],
    cancels: [],
    receipts: [],
    partsDone: [],
    pendingStarts: [],
    pendingStartsDone: [],
    tickets: [],
    ticketChanges: [],
    ticketNotes: [],
    trackedLinks: [],
    linkOpens: [],
  }
}
