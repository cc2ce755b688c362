import { Buffer } from 'node:buffer'
import type { DlrState } from '@textloom/core'
import type { ReceivedMt, SmscEvent } from '../../pretend/events.ts'
import type { BindFault } from '../../pretend/fault-kinds.ts'
import { FaultQueue } from '../../pretend/fault-queue.ts'
import { Happenings } from '../../pretend/happenings.ts'
import { MoQueue } from '../../pretend/mo-queue.ts'
import { Phone } from '../../pretend/phone.ts'
import { type TcpShape, tcpShape } from '../../pretend/tcp-shape.ts'
import { systemTimers, type Timers } from '../../timers.ts'
import type { Frame, Unnumbered } from '../frame.ts'
import { type FramedConnection, FramedServer } from '../server/link.ts'
import { type FramedFaultInput, type FramedSubmitFault, framedFaultSchema } from './faults.ts'
import { type KeptSegment, KeptSegments } from './kept-segments.ts'
import type { Asked, Door, MoText, PretendRefusal, SmscProtocol, SubmittedSegment } from './protocol.ts'
import { UniqueTimes } from './unique-times.ts'

/** How a pretend SMSC of UCP or CIMD2 behaves. */
export interface FramedSmscOptions {
  /** Default 0: the system chooses. */
  readonly port?: number
  /** Default: any are accepted, and a client that does not log in at all. */
  readonly credentials?: { readonly systemId?: string | undefined; readonly password?: string | undefined }
  /** When a receipt follows the answer, and what it says; null for none. Default 0 ms, delivered. */
  readonly dlr?: { readonly afterMs?: number; readonly state?: DlrState } | null
  /** Unanswered MOs and receipts per client. Default 10. */
  readonly window?: number
  /** Wait before an MO that was not taken is sent again. Default 1000. */
  readonly retryMs?: number
  readonly keepAliveMs?: number
  /** Clients get MOs only when they ask for them. Default false. */
  readonly holdsMos?: boolean
  /** Keep every frame in `ledger` and every event in `events`. Default true. */
  readonly keepRecords?: boolean
  readonly timers?: Timers
  onEvent?(event: SmscEvent): void
}

/** One frame that passed, in either direction as the SMSC sees it; without STX and ETX. */
export interface FramedLedgerEntry {
  readonly at: number
  readonly connection: number
  readonly direction: 'in' | 'out'
  readonly content: Buffer
}

/** An SMSC to try things against: stores and forwards, sends receipts, keeps a ledger, and misbehaves when told to. */
export class FramedSmsc<F extends Frame> {
  readonly #protocol: SmscProtocol<F>
  readonly #options: FramedSmscOptions
  readonly #timers: Timers
  readonly #server: FramedServer<F>
  readonly #queue: MoQueue<FramedConnection<F>, Unnumbered<F>>
  readonly #phone = new Phone()
  readonly #times = new UniqueTimes()
  readonly #kept = new KeptSegments()
  readonly #submitFaults = new FaultQueue<FramedSubmitFault>()
  readonly #bindFaults = new FaultQueue<BindFault>()
  readonly #happenings: Happenings
  readonly #users = new Map<number, string>()
  #shape: TcpShape = 'plain'
  #dlr: FramedSmscOptions['dlr']
  #moCount = 0
  /** Those of an account are the same until one of them is changed. */
  readonly #passwords: Record<Door, string | undefined>
  /** Addresses that clients put on a list: for which they take MOs, and to which they send. */
  readonly lists = { mo: new Set<string>(), mt: new Set<string>() }
  /** Every frame, oldest first. */
  readonly ledger: FramedLedgerEntry[] = []

  constructor(protocol: SmscProtocol<F>, options: FramedSmscOptions = {}) {
    this.#protocol = protocol
    this.#options = options
    this.#timers = options.timers ?? systemTimers
    this.#dlr = options.dlr
    const { password } = options.credentials ?? {}
    this.#passwords = { messages: password, provisioning: password }
    this.#happenings = new Happenings({
      timers: this.#timers,
      keepRecords: options.keepRecords,
      onEvent: options.onEvent?.bind(options),
    })
    this.#server = new FramedServer<F>({
      port: options.port ?? 0,
      session: {
        codec: protocol.codec,
        windowSize: options.window ?? 10,
        responseTimeoutMs: 15_000,
        loginTimeoutMs: 10_000,
        // It is the client that asks whether the other side is there.
        keepAliveMs: options.keepAliveMs ?? 0,
        keepAlive: () => protocol.keepAlive(),
      },
      timers: this.#timers,
      onRequest: (connection, request, answer) => this.#take(connection, request, answer),
      onBound: (connection) => this.#bound(connection),
      onEnd: ({ id }, { message }) => this.#happenings.tell({ type: 'unbound', connection: id, reason: message }),
      onFrame: (connection, direction, octets) => this.#record(connection, direction, octets),
      wrapWrite: (write) => tcpShape(() => this.#shape, this.#timers, write),
    })
    this.#queue = new MoQueue({
      timers: this.#timers,
      retryMs: options.retryMs ?? 1_000,
      window: options.window ?? 10,
      receivers: () => this.#server.connections.filter(({ state }) => state === 'bound'),
      deliver: async (connection, request) => protocol.refusedByClient(await connection.request(request)),
      onEvent: (event) => this.#happenings.tell(event),
      holdsMos: options.holdsMos ?? false,
    })
  }

  /** Begins to listen and returns itself. @throws Error if the port is taken. */
  async start(): Promise<this> {
    this.#happenings.tell({ type: 'listening', port: await this.#server.listen() })
    return this
  }

  get port(): number {
    return this.#server.port
  }

  get connections(): readonly FramedConnection<F>[] {
    return this.#server.connections
  }

  /** MOs and receipts that no client has taken yet. */
  get waiting(): number {
    return this.#queue.waiting
  }

  /** Every event, oldest first. */
  get events(): readonly SmscEvent[] {
    return this.#happenings.events
  }

  /** All MTs so far that are whole. */
  get mts(): readonly ReceivedMt[] {
    return this.#happenings.mts
  }

  /** Every frame that a client sent and that could be read. */
  get received(): readonly F[] {
    const contents = this.ledger.filter(({ direction }) => direction === 'in').map(({ content }) => content)
    return contents.map((content) => this.#protocol.codec.decode(content))
  }

  /** A phone writes. Resolves once a client has taken it: with false if it was refused for good. */
  hears(mo: MoText): Promise<boolean> {
    const number = ++this.#moCount
    const requests = this.#protocol.mo(mo, number & 0xff, this.#times.next(mo.from, this.#timers.now()))
    return new Promise((settled) => {
      this.#queue.add({ ...mo, id: `mo-${number}`, kind: 'mo', lane: mo.from, requests, settled })
    })
  }

  /** From now on, or as soon as it applies, something goes wrong. @throws ZodError for what is no fault. */
  fault(input: FramedFaultInput): void {
    const fault = framedFaultSchema.parse(input)
    this.#happenings.tell({ type: 'fault', fault: JSON.stringify(fault) })
    if ('submit' in fault) this.#submitFaults.add(fault)
    else if ('bind' in fault) this.#bindFaults.add(fault)
    else if ('tcp' in fault) this.#shape = fault.tcp
    else for (const connection of this.connections) connection.writeRaw(Buffer.from(fault.octets, 'hex'))
  }

  /** How receipts go from now on. */
  setDlr(dlr: NonNullable<FramedSmscOptions['dlr']> | null): void {
    this.#dlr = dlr
  }

  /** Breaks every connection without a word. */
  dropConnections(): void {
    for (const connection of this.connections) connection.destroy()
  }

  /** Tells every event from now on; call what it returns to stop that. */
  onEvent(listener: (event: SmscEvent) => void): () => void {
    return this.#happenings.onEvent(listener)
  }

  /** Resolves with the next event, from now on, that `fits`. */
  next<T extends SmscEvent['type']>(
    type: T,
    fits?: (event: Extract<SmscEvent, { type: T }>) => boolean,
  ): Promise<Extract<SmscEvent, { type: T }>> {
    return this.#happenings.next(type, fits)
  }

  /** Closes every connection and stops listening. */
  stop(): Promise<void> {
    return this.#server.close()
  }

  #take(connection: FramedConnection<F>, request: F, answer: (answer: Unnumbered<F>) => void): void {
    const asked = this.#protocol.ask(request, this.#timers.now())
    switch (asked.type) {
      case 'login':
        this.#login(connection, asked, request, answer)
        return
      case 'logout':
        answer(asked.answer)
        connection.dismiss('The peer logged out.')
        return
      case 'routine':
        answer(asked.answer)
        this.#acceptUnlessAsked(connection)
        return
      case 'submit':
        this.#acceptUnlessAsked(connection)
        if (connection.state === 'bound') this.#submit(connection, asked.segment, request, answer)
        else answer(this.#protocol.refused(request, 'bad-credentials'))
        return
      case 'query':
      case 'cancel':
      case 'replace':
        this.#follow(connection, asked, request, answer)
        return
      case 'password':
        answer(this.#changePassword(asked, request))
        return
      case 'list':
        answer(this.#changeList(asked, request))
        return
      case 'fetch': {
        const { held } = this.#queue
        answer(this.#protocol.done(request, held))
        if (asked.what !== 'count') this.#queue.release(asked.what === 'one' ? 1 : held)
      }
    }
  }

  #changePassword(
    { password, next, door = 'messages' }: Extract<Asked<F>, { type: 'password' }>,
    request: F,
  ): Unnumbered<F> {
    const known = this.#passwords[door]
    if (next === '' || (password ?? known) !== (known ?? password)) {
      return this.#protocol.refused(request, 'bad-password-change')
    }
    this.#passwords[door] = next
    return this.#protocol.done(request)
  }

  #changeList({ deed, list, item }: Extract<Asked<F>, { type: 'list' }>, request: F): Unnumbered<F> {
    const items = this.lists[list]
    if (deed === 'add' && items.has(item)) return this.#protocol.refused(request, 'in-list')
    if (deed !== 'add' && !items.has(item)) return this.#protocol.refused(request, 'not-in-list')
    if (deed === 'add') items.add(item)
    else if (deed === 'remove') items.delete(item)
    return this.#protocol.done(request)
  }

  /** Where no credentials are asked for, a client need not log in. */
  #acceptUnlessAsked(connection: FramedConnection<F>): void {
    const { systemId, password } = this.#options.credentials ?? {}
    if (systemId === undefined && password === undefined) connection.accept()
  }

  #login(
    connection: FramedConnection<F>,
    { user, password, door = 'messages' }: Extract<Asked<F>, { type: 'login' }>,
    request: F,
    answer: (answer: Unnumbered<F>) => void,
  ): void {
    const fault = this.#bindFaults.take()
    if (fault?.bind === 'silent') return
    const wantedUser = this.#options.credentials?.systemId ?? user
    const isRight = wantedUser === user && (this.#passwords[door] ?? password) === password
    const why: PretendRefusal | undefined =
      fault === undefined ? (isRight ? undefined : 'bad-credentials') : refusalOfBind[fault.bind]
    if (why === undefined) {
      this.#users.set(connection.id, user)
      answer(this.#protocol.loggedIn(request))
      connection.accept()
    } else {
      answer(this.#protocol.refused(request, why))
      connection.dismiss(`The login was refused (${this.#protocol.nameOfRefusal(why)}).`)
    }
  }

  /** Answers about a segment that was accepted before. */
  #follow(
    connection: FramedConnection<F>,
    asked: Extract<Asked<F>, { type: 'query' | 'cancel' | 'replace' }>,
    request: F,
    answer: (answer: Unnumbered<F>) => void,
  ): void {
    const kept = this.#kept.find(asked.type === 'replace' ? asked.segment.to : asked.to, asked.timeStamp)
    const followBy = (more: Unnumbered<F> | undefined) => {
      if (more !== undefined) connection.request(more).catch(() => {})
    }
    if (kept === undefined) answer(this.#protocol.refused(request, 'unknown-message'))
    else if (asked.type === 'query') {
      const { answer: told, followedBy } = this.#protocol.told(request, kept, this.#timers.now())
      answer(told)
      followBy(followedBy)
    } else if (kept.state !== 'enroute') answer(this.#protocol.refused(request, 'too-late'))
    else {
      const id = new Date(kept.takenAt).toISOString()
      if (asked.type === 'replace') {
        kept.segment = { ...kept.segment, body: asked.segment.body }
        const { text = '' } = asked.segment.body
        this.#happenings.tell({ type: 'mt-replaced', connection: connection.id, id, text })
        answer(this.#protocol.done(request))
        return
      }
      kept.state = 'deleted'
      this.#happenings.tell({ type: 'mt-cancelled', connection: connection.id, id })
      const { answer: told, followedBy } = this.#protocol.cancelled(request, kept, this.#timers.now())
      answer(told)
      followBy(followedBy)
    }
  }

  #bound(connection: FramedConnection<F>): void {
    const systemId = this.#users.get(connection.id) ?? ''
    this.#happenings.tell({ type: 'bound', connection: connection.id, mode: 'transceiver', systemId })
    // Behind the answer to the login, never before it.
    queueMicrotask(() => this.#queue.forward())
  }

  #submit(
    connection: FramedConnection<F>,
    segment: SubmittedSegment,
    request: F,
    answer: (answer: Unnumbered<F>) => void,
  ): void {
    const fault = this.#submitFaults.take()
    const why: PretendRefusal | undefined =
      fault?.submit === 'throttle'
        ? 'throttled'
        : fault?.submit === 'refuse'
          ? (fault.status ?? 'bad-recipient')
          : undefined
    if (why !== undefined) {
      const status = this.#protocol.nameOfRefusal(why)
      this.#happenings.tell({ type: 'submit-refused', connection: connection.id, status })
      answer(this.#protocol.refused(request, why))
      return
    }
    const takenAt = this.#times.next(segment.to, this.#timers.now())
    const taken = this.#protocol.taken(request, segment, takenAt)
    const id = new Date(takenAt).toISOString()
    const mt = this.#phone.take({ ...segment, id }, this.#timers.now())
    if (mt !== undefined) this.#happenings.tell({ type: 'mt', connection: connection.id, ...mt })
    const kept = this.#kept.accept(segment, this.#protocol.timeStamp(takenAt), takenAt)
    const receipt = () => this.#sendReceipt(kept)
    switch (fault?.submit) {
      case 'dlr-first':
        receipt()
        this.#timers.after(fault.ms ?? 20, () => answer(taken))
        return
      case 'delay':
        this.#timers.after(fault.ms ?? 1_000, () => answer(taken))
        break
      case 'drop':
        connection.destroy()
        break
      case 'garbage':
        connection.writeRaw(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'.repeat(50)))
        break
      case 'wrong-checksum':
        connection.writeRaw(this.#withWrongChecksum({ ...taken, number: request.number } as F))
        break
      case undefined:
        answer(taken)
    }
    if (this.#dlr !== null) this.#timers.after(this.#dlr?.afterMs ?? 0, receipt)
  }

  #sendReceipt(kept: KeptSegment): void {
    const { segment, takenAt } = kept
    if (kept.state === 'deleted') return
    const state = this.#dlr?.state ?? 'delivered'
    kept.state = state
    if (!segment.wantsDlr) return
    const id = new Date(takenAt).toISOString()
    const request = this.#protocol.receipt(segment, takenAt, state, this.#timers.now())
    this.#queue.add({
      id,
      kind: 'dlr',
      lane: `dlr ${id} ${segment.to}`,
      from: segment.to,
      to: segment.from,
      text: '',
      requests: [request],
      settled: (isTaken) => isTaken && this.#happenings.tell({ type: 'dlr-sent', id, state }),
    })
  }

  /** Both protocols end a frame with two hex digits of a sum. */
  #withWrongChecksum(frame: F): Buffer {
    const octets = this.#protocol.codec.encode(frame)
    const at = octets.length - 2
    octets[at] = octets[at] === ZERO ? ZERO + 1 : ZERO
    return octets
  }

  #record(connection: FramedConnection<F>, direction: 'in' | 'out', octets: Buffer): void {
    if (this.#options.keepRecords === false) return
    const content = direction === 'in' ? octets : octets.subarray(1, -1)
    this.ledger.push({ at: this.#timers.now(), connection: connection.id, direction, content })
  }
}

const ZERO = 0x30

const refusalOfBind = { refuse: 'refused', 'already-bound': 'already-bound' } as const
