import { Buffer } from 'node:buffer'
import type { Address, DlrState } from '@textloom/core'
import type { ReceivedMt, SmscEvent, SmscHappening } from '../../pretend/events.ts'
import type { BindFault } from '../../pretend/fault-kinds.ts'
import { FaultQueue } from '../../pretend/fault-queue.ts'
import { Happenings } from '../../pretend/happenings.ts'
import { MoQueue } from '../../pretend/mo-queue.ts'
import { Phone } from '../../pretend/phone.ts'
import { type TcpShape, tcpShape } from '../../pretend/tcp-shape.ts'
import { systemTimers, type Timers } from '../../timers.ts'
import { fromWireAddress } from '../address.ts'
import { readBody } from '../deliver.ts'
import { decodePdu } from '../pdu/decode.ts'
import { statuses } from '../pdu/definitions.ts'
import type { CommandName, Pdu } from '../pdu/pdu.ts'
import { ESME, statusName } from '../pdu/status.ts'
import { type Connection, SmppServer } from '../server/link.ts'
import type { BindCommand, PeerRequest } from '../session-host.ts'
import type { LongMessages } from '../submit.ts'
import type { Request } from '../window.ts'
import { type MoText, moRequests, type ReceiptStyle, receiptRequest } from './compose.ts'
import { type FaultInput, faultSchema, type SubmitFault } from './faults.ts'
import { type IdStyle, type MessageId, messageIds } from './ids.ts'
import { KeptMessages } from './kept-messages.ts'
import { Permission } from './permission.ts'

/** How a pretend SMSC behaves. */
export interface PretendSmscOptions {
  /** Default 0: the system chooses. */
  readonly port?: number
  /** Default: any are accepted. */
  readonly credentials?: { readonly systemId?: string | undefined; readonly password?: string | undefined }
  /** Default `decimal`. */
  readonly ids?: IdStyle
  /** Number of the first message id. Default: the present, so that ids do not come again after a restart. */
  readonly firstId?: number
  /** How receipts are written. Default `both`. */
  readonly receipts?: ReceiptStyle
  /** When a receipt follows the submit_sm_resp, and what it says; null for none. Default 0 ms, delivered. */
  readonly dlr?: { readonly afterMs?: number; readonly state?: DlrState } | null
  /** Default `udh8`. */
  readonly long?: LongMessages
  /** Unanswered deliver_sm per ESME. Default 10. */
  readonly window?: number
  /** Wait before an MO that was not taken is sent again. Default 1000. */
  readonly retryMs?: number
  readonly enquireLinkMs?: number
  /** How many submit_sm it takes in each second; more are throttled. Default: as many as come. */
  readonly mostPerSecond?: number
  /** Keep every PDU in `ledger` and every event in `events`. Default true. */
  readonly keepRecords?: boolean
  readonly timers?: Timers
  onEvent?(event: SmscEvent): void
}

/** One PDU that passed, in either direction as the SMSC sees it. */
export interface LedgerEntry {
  readonly at: number
  readonly connection: number
  readonly direction: 'in' | 'out'
  readonly octets: Buffer
}

/** What ESMEs answer when they may have it later. */
const temporary: ReadonlySet<number> = new Set([ESME.RX_T_APPN, ESME.RSYSERR, ESME.RMSGQFUL, ESME.RTHROTTLED])

/** An SMSC to try things against: stores and forwards, sends receipts, keeps a ledger, and misbehaves when told to. */
export class PretendSmsc {
  readonly #options: PretendSmscOptions
  readonly #timers: Timers
  readonly #server: SmppServer
  readonly #queue: MoQueue<Connection, Request<'deliver_sm'>>
  readonly #phone = new Phone()
  readonly #kept = new KeptMessages()
  readonly #submitFaults = new FaultQueue<SubmitFault>()
  readonly #bindFaults = new FaultQueue<BindFault>()
  readonly #nextId: () => MessageId
  readonly #happenings: Happenings
  readonly #permission: Permission
  #shape: TcpShape = 'plain'
  #dlr: PretendSmscOptions['dlr']
  #moCount = 0
  /** Every PDU, oldest first. */
  readonly ledger: LedgerEntry[] = []

  constructor(options: PretendSmscOptions = {}) {
    this.#options = options
    this.#timers = options.timers ?? systemTimers
    this.#happenings = new Happenings({
      timers: this.#timers,
      keepRecords: options.keepRecords,
      onEvent: options.onEvent?.bind(options),
    })
    this.#dlr = options.dlr
    this.#permission = new Permission(() => this.#timers.now(), options.mostPerSecond)
    this.#nextId = messageIds(options.ids ?? 'decimal', options.firstId ?? Date.now() * 1000)
    this.#server = new SmppServer({
      port: options.port ?? 0,
      session: {
        windowSize: options.window ?? 10,
        enquireLinkMs: options.enquireLinkMs ?? 30_000,
        responseTimeoutMs: 15_000,
        bindTimeoutMs: 10_000,
      },
      timers: this.#timers,
      onBind: (bind) => this.#decide(bind),
      onBound: (connection) => this.#bound(connection),
      onRequest: (connection, request) => this.#take(connection, request),
      onEnd: ({ id }, { message }) => this.#happens({ type: 'unbound', connection: id, reason: message }),
      onPdu: (connection, direction, octets) => this.#record(connection, direction, octets),
      wrapWrite: (write) => tcpShape(() => this.#shape, this.#timers, write),
    })
    this.#queue = new MoQueue({
      timers: this.#timers,
      retryMs: options.retryMs ?? 1_000,
      window: options.window ?? 10,
      receivers: () =>
        this.#server.connections.filter(({ state, mode }) => state === 'bound' && mode !== 'transmitter'),
      async deliver(connection, request) {
        const { status } = await connection.request(request)
        return status === ESME.ROK ? undefined : { reason: statusName(status), again: temporary.has(status) }
      },
      onEvent: (event) => this.#happens(event),
    })
  }

  /** Begins to listen and returns itself. @throws Error if the port is taken. */
  async start(): Promise<this> {
    this.#happens({ type: 'listening', port: await this.#server.listen() })
    return this
  }

  get port(): number {
    return this.#server.port
  }

  get connections(): readonly Connection[] {
    return this.#server.connections
  }

  /** MOs and receipts that no ESME has taken yet. */
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

  /** All PDUs of one kind that an ESME sent. */
  received<C extends CommandName>(command: C): readonly Extract<Pdu, { command: C }>[] {
    const pdus = this.ledger.filter(({ direction }) => direction === 'in').map(({ octets }) => decodePdu(octets))
    return pdus.filter((pdu): pdu is Extract<Pdu, { command: C }> => pdu.command === command)
  }

  /** A phone writes. Resolves once an ESME has taken it: with false if it was refused for good. */
  hears(mo: MoText, long: LongMessages = this.#options.long ?? 'udh8'): Promise<boolean> {
    const number = ++this.#moCount
    const requests = moRequests(mo, number & 0xff, long)
    return new Promise((settled) => {
      this.#queue.add({ ...mo, id: `mo-${number}`, kind: 'mo', lane: mo.from, requests, settled })
    })
  }

  /** From now on, or as soon as it applies, something goes wrong. @throws ZodError for what is no fault. */
  fault(input: FaultInput): void {
    const fault = faultSchema.parse(input)
    this.#happens({ type: 'fault', fault: JSON.stringify(fault) })
    if ('submit' in fault) this.#submitFaults.add(fault)
    else if ('bind' in fault) this.#bindFaults.add(fault)
    else if ('tcp' in fault) this.#shape = fault.tcp
    else for (const connection of this.connections) connection.writeRaw(Buffer.from(fault.octets, 'hex'))
  }

  /** How receipts go from now on. */
  setDlr(dlr: NonNullable<PretendSmscOptions['dlr']> | null): void {
    this.#dlr = dlr
  }

  /** How many submit_sm it takes in each second from now on; none of them at 0, because its queue is full. */
  permit(mostPerSecond: number | undefined): void {
    this.#permission.mostPerSecond = mostPerSecond
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

  /** Unbinds everyone and stops listening. */
  stop(): Promise<void> {
    return this.#server.close()
  }

  #decide(bind: Pdu<BindCommand>): { status: number; systemId: string } | undefined {
    const fault = this.#bindFaults.take()
    if (fault?.bind === 'silent') return undefined
    const status =
      fault === undefined ? this.#statusOfBind(bind) : fault.bind === 'refuse' ? ESME.RBINDFAIL : ESME.RALYBND
    return { status, systemId: 'textloom-smsc' }
  }

  #statusOfBind({ fields }: Pdu<BindCommand>): number {
    const { systemId = fields.system_id, password = fields.password } = this.#options.credentials ?? {}
    if (fields.system_id !== systemId) return ESME.RINVSYSID
    return fields.password === password ? ESME.ROK : ESME.RINVPASWD
  }

  #bound(connection: Connection): void {
    const { id, mode = 'transceiver', systemId } = connection
    this.#happens({ type: 'bound', connection: id, mode, systemId })
    // Behind the bind_resp, never before it.
    queueMicrotask(() => this.#queue.forward())
  }

  #take(connection: Connection, { pdu, answer }: PeerRequest): boolean {
    if (pdu.command !== 'submit_sm' && pdu.command !== 'query_sm' && pdu.command !== 'cancel_sm') return false
    if (connection.mode === 'receiver') answer(ESME.RINVBNDSTS)
    else if (pdu.command === 'submit_sm') this.#takeSubmit(connection, pdu, answer)
    else if (this.#kept.answer(pdu, answer)) {
      this.#happens({ type: 'mt-cancelled', connection: connection.id, id: pdu.fields.message_id })
    }
    return true
  }

  #takeSubmit(connection: Connection, pdu: Pdu<'submit_sm'>, answer: PeerRequest['answer']): void {
    const fault = this.#submitFaults.take()
    const refusal = statusOfFault(fault) ?? this.#permission.refusal()
    if (refusal !== undefined) {
      this.#happens({ type: 'submit-refused', connection: connection.id, status: statusName(refusal) })
      answer(refusal)
      return
    }
    const id = this.#nextId()
    const accept = () => answer(ESME.ROK, { message_id: fault?.submit === 'no-id' ? '' : id.submit })
    this.#kept.accept(id.submit, pdu)
    this.#show(connection, pdu, id)
    const receipt = () => this.#sendReceipt(pdu, id)
    if (fault?.submit === 'dlr-first') {
      receipt()
      this.#timers.after(fault.ms ?? 20, accept)
      return
    }
    if (fault?.submit === 'delay') this.#timers.after(fault.ms ?? 1_000, accept)
    else if (fault?.submit === 'drop') connection.destroy()
    else if (fault?.submit === 'garbage') connection.writeRaw(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'))
    else if (fault?.submit !== 'silent') accept()
    if (this.#dlr !== null) this.#timers.after(this.#dlr?.afterMs ?? 0, receipt)
  }

  #show(connection: Connection, pdu: Pdu<'submit_sm'>, id: MessageId): void {
    const { fields } = pdu
    const from = fromWireAddress(fields.source_addr_ton, fields.source_addr)
    const to = fromWireAddress(fields.dest_addr_ton, fields.destination_addr)
    const body = readBody(pdu, 'gsm7')
    const mt = this.#phone.take({ from, to, body, id: id.submit }, this.#timers.now())
    if (mt !== undefined) this.#happens({ type: 'mt', connection: connection.id, ...mt })
  }

  #sendReceipt({ fields }: Pdu<'submit_sm'>, id: MessageId): void {
    const state = this.#dlr?.state ?? 'delivered'
    if (!this.#kept.settle(id.submit, state) || (fields.registered_delivery & 0b11) === 0) return
    const request = receiptRequest(fields, id, state, this.#options.receipts ?? 'both', this.#timers.now())
    const phone: Address = fromWireAddress(fields.dest_addr_ton, fields.destination_addr)
    this.#queue.add({
      id: id.receipt,
      kind: 'dlr',
      lane: `dlr ${id.receipt}`,
      from: phone,
      to: fields.source_addr,
      text: '',
      requests: [request],
      settled: (isTaken) => isTaken && this.#happens({ type: 'dlr-sent', id: id.receipt, state }),
    })
  }

  #record(connection: Connection, direction: 'in' | 'out', octets: Buffer): void {
    if (this.#options.keepRecords === false) return
    this.ledger.push({ at: this.#timers.now(), connection: connection.id, direction, octets })
  }

  #happens(happening: SmscHappening): void {
    this.#happenings.tell(happening)
  }
}

function statusOfFault(fault: SubmitFault | undefined): number | undefined {
  switch (fault?.submit) {
    case 'throttle':
      return ESME.RTHROTTLED
    case 'queue-full':
      return ESME.RMSGQFUL
    case 'refuse':
      return typeof fault.status === 'string' ? statuses[fault.status] : (fault.status ?? ESME.RINVDSTADR)
    default:
      return undefined
  }
}
