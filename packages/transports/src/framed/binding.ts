import type { LinkHost, LinkStatus } from '@textloom/core'
import { type BackoffPolicy, backoffMs } from '../backoff.ts'
import type { Dial } from '../connection/wire.ts'
import type { Timers } from '../timers.ts'
import type { ClientProtocol } from './client-protocol.ts'
import type { Frame, Unnumbered } from './frame.ts'
import { FramedSession, type SessionEnd, type SessionOptions } from './session.ts'

/** What a binding is made of. */
export interface BindingOptions<F extends Frame> {
  readonly protocol: ClientProtocol<F>
  readonly session: SessionOptions<F>
  readonly backoff: BackoffPolicy
  readonly dial: Dial
  readonly timers: Timers
  readonly random: () => number
  readonly log: LinkHost['log']
  onBound(session: FramedSession<F>): void
  onRequest(session: FramedSession<F>, request: F, answer: (answer: Unnumbered<F>) => void): void
  onStatus(): void
}

/** A login that has lasted this long was good: the next failure begins with the shortest wait again. */
const GOOD_LOGIN_MS = 1_000

/** Our login at an SMSC, made again whenever it ends, until it is stopped. */
export class FramedBinding<F extends Frame> {
  readonly #options: BindingOptions<F>
  #session: FramedSession<F> | undefined
  #state: LinkStatus['state'] = 'stopped'
  #since: number
  #lastError: string | undefined
  #failures = 0
  #boundAt = 0
  #cancelRetry: (() => void) | undefined

  constructor(options: BindingOptions<F>) {
    this.#options = options
    this.#since = options.timers.now()
  }

  get state(): LinkStatus['state'] {
    return this.#state
  }

  /** Epoch milliseconds since when the state is what it is. */
  get since(): number {
    return this.#since
  }

  get lastError(): string | undefined {
    return this.#lastError
  }

  /** The session, while it is logged in. */
  get session(): FramedSession<F> | undefined {
    return this.#state === 'bound' ? this.#session : undefined
  }

  start(): void {
    if (this.#state === 'stopped') this.#connect()
  }

  /** Logs out, waits for the answer at most so long, and closes for good. */
  async stop(timeoutMs: number): Promise<void> {
    if (this.#state === 'stopped') return
    this.#cancelRetry?.()
    const session = this.#session
    this.#session = undefined
    this.#setState('stopped')
    await session?.logout(this.#options.protocol.logout(), timeoutMs)
  }

  /** Ends this session, so that another takes its place: the SMSC and we no longer agree on who is logged in. */
  restart(): void {
    void this.#session?.logout(undefined, 0)
  }

  #connect(): void {
    const { dial, protocol, timers, log, onRequest } = this.#options
    this.#setState('connecting')
    const wire = dial({
      onOpen: () => session.login(protocol.login(), (answer) => protocol.verdictOnLogin(answer)),
      onOctets: (octets) => session.receive(octets),
      onLost: (message) => session.lost(message),
    })
    const session: FramedSession<F> = new FramedSession(
      {
        timers,
        write: (octets) => wire.write(octets),
        close: () => wire.close(),
        onBound: () => this.#becomeBound(session),
        onRequest: (request, answer) => onRequest(session, request, answer),
        onEnd: (end) => this.#ended(session, end),
        log,
      },
      this.#options.session,
    )
    this.#session = session
  }

  #becomeBound(session: FramedSession<F>): void {
    if (session !== this.#session) return
    this.#boundAt = this.#options.timers.now()
    this.#lastError = undefined
    this.#options.onBound(session)
    this.#setState('bound')
  }

  #ended(session: FramedSession<F>, { reason, message, isLasting = false }: SessionEnd): void {
    if (session !== this.#session) return
    const { timers, backoff, random, log, protocol } = this.#options
    const wasGood = this.#state === 'bound' && timers.now() - this.#boundAt >= GOOD_LOGIN_MS
    this.#failures = wasGood ? 1 : this.#failures + 1
    this.#lastError = message
    const waitMs = backoffMs(isLasting ? backoff.refused : backoff.lost, this.#failures, random)
    log('warn', `${protocol.codec.kind}: the session ended`, { reason, problem: message, waitMs })
    this.#cancelRetry = timers.after(waitMs, () => this.#connect())
    this.#setState(isLasting ? 'refused' : 'waiting')
  }

  #setState(state: LinkStatus['state']): void {
    this.#state = state
    this.#since = this.#options.timers.now()
    this.#options.onStatus()
  }
}
