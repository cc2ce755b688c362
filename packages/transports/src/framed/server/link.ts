import type { Buffer } from 'node:buffer'
import { createServer, type Server, type Socket } from 'node:net'
import { socketWire } from '../../connection/socket-wire.ts'
import type { Wire } from '../../connection/wire.ts'
import { systemTimers, type Timers } from '../../timers.ts'
import type { Frame, Unnumbered } from '../frame.ts'
import { FramedSession, type SessionEnd, type SessionOptions, type SessionState } from '../session.ts'

/** One client that is connected. */
export interface FramedConnection<F extends Frame> {
  /** Counts from 1 as they connect. */
  readonly id: number
  readonly state: SessionState
  /** Requests of ours that the client has not answered. */
  readonly inFlight: number
  /** @throws RequestError if there is no answer; FrameError if it cannot be written. */
  request(request: Unnumbered<F>): Promise<F>
  /** The client has logged in. */
  accept(): void
  /** Closes after a login that was refused, or a logout that was answered. */
  dismiss(message: string): void
  /** Writes octets that need not be a frame, for tests of the other side. */
  writeRaw(octets: Buffer): void
  /** Breaks the connection without a word. */
  destroy(): void
}

/** What a server is made of. */
export interface FramedServerOptions<F extends Frame> {
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Default 0: the system chooses. */
  readonly port?: number
  readonly session: Omit<SessionOptions<F>, 'side'>
  readonly timers?: Timers
  /** A request of a client, logged in or not. */
  onRequest(connection: FramedConnection<F>, request: F, answer: (answer: Unnumbered<F>) => void): void
  onBound?(connection: FramedConnection<F>): void
  onEnd?(connection: FramedConnection<F>, end: SessionEnd): void
  onFrame?(connection: FramedConnection<F>, direction: 'in' | 'out', octets: Buffer): void
  /** Stands between a session and its socket, to cut or join what is written. */
  wrapWrite?(write: (octets: Buffer) => void): (octets: Buffer) => void
}

/** The other end of a protocol of numbered frames: accepts clients, keeps their sessions, and hands their requests on. */
export class FramedServer<F extends Frame> {
  readonly #options: FramedServerOptions<F>
  readonly #server: Server
  readonly #connections = new Set<FramedConnection<F>>()
  readonly #timers: Timers
  #count = 0

  constructor(options: FramedServerOptions<F>) {
    this.#options = options
    this.#timers = options.timers ?? systemTimers
    this.#server = createServer({ noDelay: true }, (socket) => this.#accept(socket))
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

  /** The clients that are connected, logged in or not, in the order they came. */
  get connections(): readonly FramedConnection<F>[] {
    return [...this.#connections]
  }

  /** Closes every connection and stops listening. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    for (const connection of this.connections) connection.dismiss('The server stops.')
    await closed
  }

  #accept(socket: Socket): void {
    const { session, onRequest, onBound, onEnd, onFrame, wrapWrite = same } = this.#options
    const wire = socketWire(socket, {
      onOctets: (octets) => connection.session.receive(octets),
      onLost: (message) => connection.session.lost(message),
    })
    const cancelLoginTimeout = this.#timers.after(session.loginTimeoutMs, () => socket.destroy())
    const connection: SocketConnection<F> = new SocketConnection(
      ++this.#count,
      socket,
      wire,
      new FramedSession<F>(
        {
          timers: this.#timers,
          write: wrapWrite((octets) => wire.write(octets)),
          close: () => wire.close(),
          onBound: () => {
            cancelLoginTimeout()
            onBound?.(connection)
          },
          onRequest: (request, answer) => onRequest(connection, request, answer),
          onEnd: (end) => {
            cancelLoginTimeout()
            this.#connections.delete(connection)
            onEnd?.(connection, end)
          },
          ...(onFrame && { onFrame: (direction, octets) => onFrame(connection, direction, octets) }),
          log: () => {},
        },
        { ...session, side: 'server' },
      ),
    )
    this.#connections.add(connection)
  }
}

class SocketConnection<F extends Frame> implements FramedConnection<F> {
  readonly id: number
  readonly session: FramedSession<F>
  readonly #socket: Socket
  readonly #wire: Wire

  constructor(id: number, socket: Socket, wire: Wire, session: FramedSession<F>) {
    this.id = id
    this.#socket = socket
    this.#wire = wire
    this.session = session
  }

  get state(): SessionState {
    return this.session.state
  }

  get inFlight(): number {
    return this.session.inFlight
  }

  request(request: Unnumbered<F>): Promise<F> {
    return this.session.request(request)
  }

  accept(): void {
    this.session.accept()
  }

  dismiss(message: string): void {
    this.session.dismiss(message)
  }

  writeRaw(octets: Buffer): void {
    this.#wire.write(octets)
  }

  destroy(): void {
    this.#socket.destroy()
  }
}

const same = (write: (octets: Buffer) => void) => write
