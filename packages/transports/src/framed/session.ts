import type { Buffer } from 'node:buffer'
import type { LinkHost } from '@textloom/core'
import { RequestError } from '../connection/request-error.ts'
import type { Timers } from '../timers.ts'
import { type Frame, type FrameCodec, FrameError, type Side, type Unnumbered } from './frame.ts'
import { Framing, StrayOctets } from './framing.ts'
import { NumberedWindow } from './window.ts'

/** open: connected, nothing agreed. closing: our goodbye is unanswered. closed: over for good. */
export type SessionState = 'open' | 'logging-in' | 'bound' | 'closing' | 'closed'

/** How a session ended, in words for the operator. */
export interface SessionEnd {
  readonly reason:
    | 'stopped'
    | 'dismissed'
    | 'connection-lost'
    | 'silent'
    | 'garbage'
    | 'out-of-step'
    | 'login-refused'
    | 'login-silent'
  readonly message: string
  /** Whether a refused login will be refused again until somebody changes something. */
  readonly isLasting?: boolean
}

/** Why a login was refused. */
export interface LoginRefusal {
  readonly message: string
  readonly isLasting: boolean
}

/** Everything a session asks of whoever holds its socket. */
export interface SessionHost<F extends Frame> {
  readonly timers: Timers
  write(octets: Buffer): void
  /** Closes the connection once what was written has left. */
  close(): void
  onBound(): void
  /** A request of the peer, and how to answer it: once, at any later time. */
  onRequest(request: F, answer: (answer: Unnumbered<F>) => void): void
  onEnd(end: SessionEnd): void
  log: LinkHost['log']
  /** Sees each frame in both directions, with STX and ETX where it is ours: for ledgers and traces. */
  onFrame?(direction: 'in' | 'out', octets: Buffer): void
}

/** What a session speaks, and its limits. */
export interface SessionOptions<F extends Frame> {
  readonly codec: FrameCodec<F>
  readonly side: Side
  readonly windowSize: number
  readonly responseTimeoutMs: number
  readonly loginTimeoutMs: number
  /** Silence of the peer after which it is asked whether it is there; 0 for never. */
  readonly keepAliveMs: number
  keepAlive(): Unnumbered<F>
}

/**
 * One connection from either end, without its socket: octets go in by `receive` and out by `host.write`, and time is the
 * host's. It cannot freeze: whatever comes is a frame to answer, a frame to refuse, or the end of the session.
 */
export class FramedSession<F extends Frame> {
  readonly #host: SessionHost<F>
  readonly #options: SessionOptions<F>
  readonly #framing: Framing
  readonly #requests: NumberedWindow<F>
  #state: SessionState = 'open'
  #verdictOnLogin: ((answer: F) => LoginRefusal | undefined) | undefined
  #lastReceivedAt: number
  #cancelIdleTimer: (() => void) | undefined

  constructor(host: SessionHost<F>, options: SessionOptions<F>) {
    this.#host = host
    this.#options = options
    this.#framing = new Framing(options.codec)
    this.#lastReceivedAt = host.timers.now()
    this.#requests = new NumberedWindow({
      ...options,
      numbers: options.codec.numbers[options.side],
      timers: host.timers,
      write: (octets) => this.#write(octets),
    })
  }

  get state(): SessionState {
    return this.#state
  }

  /** Our requests that are unanswered. */
  get inFlight(): number {
    return this.#requests.inFlight
  }

  /** Logs in. What becomes of it is told by `onBound` or `onEnd`. */
  login(request: Unnumbered<F>, verdict: (answer: F) => LoginRefusal | undefined): void {
    this.#state = 'logging-in'
    this.#verdictOnLogin = verdict
    const { loginTimeoutMs } = this.#options
    // The answer itself is dealt with in #takeAnswer, so that an MO right behind it finds the session bound.
    this.#requests.sendBeside(request, loginTimeoutMs).catch((error: unknown) => {
      if (error instanceof FrameError) {
        this.#end({ reason: 'login-refused', message: error.message, isLasting: true })
      } else if (error instanceof RequestError && error.reason === 'no-response') {
        const seconds = loginTimeoutMs / 1000
        this.#end({ reason: 'login-silent', message: `The SMSC has not answered the login for ${seconds} s.` })
      }
    })
  }

  /** The peer has logged in, as the server has decided. */
  accept(): void {
    if (this.#state === 'open') this.#becomeBound()
  }

  /**
   * Sends a request and waits for its answer, whatever it says.
   *
   * @throws RequestError if there is none; FrameError if it cannot be written.
   */
  request(request: Unnumbered<F>): Promise<F> {
    if (this.#state === 'bound') return this.#requests.send(request)
    return Promise.reject(new RequestError('not-sent', `The session is ${this.#state}, not bound.`))
  }

  /** Says goodbye where the protocol has a word for it, waits for the answer at most so long, and closes. */
  async logout(goodbye: Unnumbered<F> | undefined, timeoutMs: number): Promise<void> {
    if (this.#state === 'closed' || this.#state === 'closing') return
    const wasBound = this.#state === 'bound'
    this.#state = 'closing'
    this.#requests.failWaiting('The session is being closed.')
    if (wasBound && goodbye !== undefined) {
      await this.#requests.sendBeside(goodbye, timeoutMs).catch(() => undefined)
    }
    this.#end({ reason: 'stopped', message: 'The session was closed.' })
  }

  /** A server lets its peer go: it has logged out, or was refused, and has been told. */
  dismiss(message: string): void {
    this.#end({ reason: 'dismissed', message })
  }

  /** Takes octets of the peer. */
  receive(octets: Buffer): void {
    if (this.#isClosed()) return
    this.#lastReceivedAt = this.#host.timers.now()
    try {
      for (const content of this.#framing.push(octets)) {
        this.#host.onFrame?.('in', content)
        this.#takeContent(content)
        if (this.#isClosed()) return
      }
    } catch (error) {
      if (!(error instanceof StrayOctets)) throw error
      this.#end({ reason: 'garbage', message: error.message })
    }
  }

  /** The connection is gone. */
  lost(message: string): void {
    this.#end({ reason: 'connection-lost', message })
  }

  #takeContent(content: Buffer): void {
    const { codec } = this.#options
    let frame: F
    try {
      frame = codec.decode(content)
    } catch (error) {
      if (!(error instanceof FrameError)) throw error
      this.#host.log('warn', `${codec.kind}: a frame does not parse`, { problem: error.message })
      if (error.nack !== undefined) this.#write(codec.encode(error.nack as F))
      return
    }
    if (frame.isAnswer) this.#takeAnswer(frame)
    else this.#takeRequest(frame)
  }

  #takeAnswer(answer: F): void {
    const { codec } = this.#options
    const isLogin = this.#state === 'logging-in'
    if (this.#requests.settle(answer)) {
      if (isLogin) this.#takeLoginAnswer(answer)
    } else if (codec.isOutOfStep(answer)) {
      const what = codec.nameOf(answer)
      this.#end({ reason: 'out-of-step', message: `The peer answered ${what} to no request of ours.` })
    } else {
      this.#host.log('debug', `${codec.kind}: an answer that nobody waits for`, { answer: codec.nameOf(answer) })
    }
  }

  #takeLoginAnswer(answer: F): void {
    const refusal = this.#verdictOnLogin?.(answer)
    if (refusal === undefined) this.#becomeBound()
    else this.#end({ reason: 'login-refused', ...refusal })
  }

  #takeRequest(request: F): void {
    let isAnswered = false
    this.#host.onRequest(request, (answer) => {
      if (isAnswered || this.#isClosed()) return
      isAnswered = true
      this.#write(this.#options.codec.encode({ ...answer, number: request.number } as F))
    })
  }

  #becomeBound(): void {
    this.#state = 'bound'
    this.#watchSilence()
    this.#host.onBound()
  }

  /** Asks a peer that has been silent whether it is there; one that stays silent is not. */
  #watchSilence(): void {
    const { keepAliveMs } = this.#options
    if (keepAliveMs === 0) return
    const silentMs = this.#host.timers.now() - this.#lastReceivedAt
    this.#cancelIdleTimer = this.#host.timers.after(Math.max(keepAliveMs - silentMs, 1), () => {
      if (this.#host.timers.now() - this.#lastReceivedAt < keepAliveMs) this.#watchSilence()
      else this.#askWhetherAlive()
    })
  }

  #askWhetherAlive(): void {
    const { keepAliveMs, responseTimeoutMs, keepAlive } = this.#options
    const askedAt = this.#host.timers.now()
    const goOn = () => {
      if (this.#state === 'bound') this.#watchSilence()
    }
    this.#requests.sendBeside(keepAlive(), Math.min(keepAliveMs, responseTimeoutMs)).then(goOn, (error: unknown) => {
      // A busy peer that answers late is not a dead one.
      if (this.#lastReceivedAt > askedAt) goOn()
      else if (error instanceof RequestError && error.reason !== 'lost') this.#endSilent()
    })
  }

  #endSilent(): void {
    const seconds = Math.round((this.#host.timers.now() - this.#lastReceivedAt) / 1000)
    this.#end({ reason: 'silent', message: `The peer has been silent for ${seconds} s, also when asked.` })
  }

  #write(octets: Buffer): void {
    this.#host.onFrame?.('out', octets)
    this.#host.write(octets)
  }

  #end(end: SessionEnd): void {
    if (this.#isClosed()) return
    this.#state = 'closed'
    this.#cancelIdleTimer?.()
    this.#requests.fail(end.message)
    this.#host.close()
    this.#host.onEnd(end)
  }

  #isClosed(): boolean {
    return this.#state === 'closed'
  }
}
