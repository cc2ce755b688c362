import type { Buffer } from 'node:buffer'
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { ServerCertificate } from '../../connection/server-certificate.ts'
import { socketWire } from '../../connection/socket-wire.ts'
import type { Wire } from '../../connection/wire.ts'
import { systemTimers, type Timers } from '../../timers.ts'
import type { Pdu, RequestName } from '../pdu/pdu.ts'
import { Session } from '../session.ts'
import type {
  BindCommand,
  BindMode,
  PeerRequest,
  SessionEnd,
  SessionHost,
  SessionOptions,
  SessionState,
} from '../session-host.ts'
import type { Answer, Request } from '../window.ts'

/** One ESME that is connected. */
export interface Connection {
  /** Counts from 1 as they connect. */
  readonly id: number
  readonly mode: BindMode | undefined
  readonly systemId: string
  readonly state: SessionState
  /** Requests of ours that the ESME has not answered. */
  readonly inFlight: number
  /** @throws RequestError if there is no answer; PduError if a value does not fit its field. */
  request<C extends RequestName>(request: Request<C>): Promise<Answer>
  unbind(timeoutMs: number): Promise<void>
  /** Writes octets that need not be a PDU, for tests of the other side. */
  writeRaw(octets: Buffer): void
  /** Breaks the connection without a word. */
  destroy(): void
}

/** What a server is made of. */
export interface SmppServerOptions {
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Default 0: the system chooses. */
  readonly port?: number
  /** With one, every connection is TLS. */
  readonly certificate?: ServerCertificate
  readonly session: SessionOptions
  readonly timers?: Timers
  /** Decides about a bind; `undefined` leaves it without an answer. */
  onBind(bind: Pdu<BindCommand>): { readonly status: number; readonly systemId: string } | undefined
  onBound?(connection: Connection): void
  onRequest(connection: Connection, request: PeerRequest): boolean
  onEnd?(connection: Connection, end: SessionEnd): void
  onPdu?(connection: Connection, direction: 'in' | 'out', octets: Buffer): void
  /** Stands between a session and its socket, to cut or join what is written. */
  wrapWrite?(write: (octets: Buffer) => void): (octets: Buffer) => void
  log?: SessionHost['log']
}

const HANDSHAKE_TIMEOUT_MS = 10_000

/** The other end of SMPP: accepts ESMEs, keeps their sessions, and hands their requests on. */
export class SmppServer {
  readonly #options: SmppServerOptions
  readonly #server: Server
  readonly #connections = new Set<Connection>()
  readonly #timers: Timers
  #count = 0

  /** @throws Error if the certificate cannot be used */
  constructor(options: SmppServerOptions) {
    this.#options = options
    this.#timers = options.timers ?? systemTimers
    const { certificate, log = noLog } = options
    const accept = (socket: Socket) => this.#accept(socket)
    this.#server =
      certificate === undefined
        ? createServer({ noDelay: true }, accept)
        : createTlsServer({ noDelay: true, handshakeTimeout: HANDSHAKE_TIMEOUT_MS, ...certificate }, accept)
    this.#server.on('tlsClientError', ({ message }: Error) =>
      log('warn', 'smpp: no TLS came about', { problem: message }),
    )
  }

  /** The port it listens on; 0 before. */
  get port(): number {
    const address = this.#server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  /** Begins to listen. @throws Error if the port is taken. */
  listen(): Promise<number> {
    const { host = '127.0.0.1', port = 0 } = this.#options
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject)
        resolve(this.port)
      })
    })
  }

  /** The ESMEs that are connected, bound or not, in the order they came. */
  get connections(): readonly Connection[] {
    return [...this.#connections]
  }

  /** Unbinds everyone and stops listening. */
  async close(unbindTimeoutMs = 1_000): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    await Promise.all(this.connections.map((connection) => connection.unbind(unbindTimeoutMs)))
    await closed
  }

  #accept(socket: Socket): void {
    const { onBind, onBound, onRequest, onEnd, onPdu, wrapWrite = same, log = noLog } = this.#options
    const connection = new SocketConnection(++this.#count, socket)
    this.#connections.add(connection)
    const wire = socketWire(socket, {
      onOctets: (octets) => connection.session.receive(octets),
      onLost: (message) => connection.session.lost(message),
    })
    connection.wire = wire
    const cancelBindTimeout = this.#timers.after(this.#options.session.bindTimeoutMs, () => socket.destroy())
    connection.session = new Session(
      {
        timers: this.#timers,
        write: wrapWrite((octets) => wire.write(octets)),
        close: () => wire.close(),
        onBind: (bind) => {
          connection.systemId = bind.fields.system_id
          return onBind(bind)
        },
        onBound: () => {
          cancelBindTimeout()
          onBound?.(connection)
        },
        onRequest: (request) => onRequest(connection, request),
        onEnd: (end) => {
          cancelBindTimeout()
          this.#connections.delete(connection)
          onEnd?.(connection, end)
        },
        ...(onPdu && { onPdu: (direction, octets) => onPdu(connection, direction, octets) }),
        log,
      },
      this.#options.session,
    )
  }
}

class SocketConnection implements Connection {
  readonly id: number
  readonly #socket: Socket
  systemId = ''
  /** Both are set before anything can arrive: the session needs the connection and the other way round. */
  session!: Session
  wire!: Wire

  constructor(id: number, socket: Socket) {
    this.id = id
    this.#socket = socket
  }

  get mode(): BindMode | undefined {
    return this.session.mode
  }

  get state(): SessionState {
    return this.session.state
  }

  get inFlight(): number {
    return this.session.inFlight
  }

  request<C extends RequestName>(request: Request<C>): Promise<Answer> {
    return this.session.request(request)
  }

  unbind(timeoutMs: number): Promise<void> {
    return this.session.unbind(timeoutMs)
  }

  writeRaw(octets: Buffer): void {
    this.wire.write(octets)
  }

  destroy(): void {
    this.#socket.destroy()
  }
}

const same = (write: (octets: Buffer) => void) => write
const noLog = () => {}
