import type { LinkHost, LinkStatus } from '@textloom/core'
import { type BackoffPolicy, backoffMs } from '../backoff.ts'
import type { Dial } from '../connection/wire.ts'
import type { Timers } from '../timers.ts'
import type { BindFields } from './pdu/pdu.ts'
import { ESME } from './pdu/status.ts'
import { Session } from './session.ts'
import type { BindMode, PeerRequest, SessionEnd, SessionOptions } from './session-host.ts'

/** What a binding is made of. */
export interface BindingOptions {
  readonly mode: BindMode
  readonly fields: Partial<BindFields>
  readonly session: SessionOptions
  readonly backoff: BackoffPolicy
  readonly dial: Dial
  readonly timers: Timers
  readonly random: () => number
  readonly log: LinkHost['log']
  /** Told before the state is. */
  onBound(): void
  /** It was bound and is not any more, other than by `stop`; told after the state is. */
  onLost(): void
  onRequest(request: PeerRequest): boolean
  onStatus(): void
}

/** A bind that has lasted this long was good: the next failure begins with the shortest wait again. */
const GOOD_BIND_MS = 1_000

/** SMPP 3.4: what an SMSC knows that never answers a bind with a later version. */
const KNOWN_EVERYWHERE = 0x34

/** One bind of ours to an SMSC, made again whenever it ends, until it is stopped. */
export class Binding {
  readonly #options: BindingOptions
  #session: Session | undefined
  #state: LinkStatus['state'] = 'stopped'
  #since: number
  #lastError: string | undefined
  #failures = 0
  #boundAt = 0
  /** The bind says SMPP 3.4, because a later version was not answered. */
  #isOlder = false
  #cancelRetry: (() => void) | undefined

  constructor(options: BindingOptions) {
    this.#options = options
    this.#since = options.timers.now()
  }

  get mode(): BindMode {
    return this.#options.mode
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

  /** The session, while it is bound. */
  get session(): Session | undefined {
    return this.#state === 'bound' ? this.#session : undefined
  }

  start(): void {
    if (this.#state === 'stopped') this.#connect()
  }

  /** Unbinds, waits for the answer at most so long, and closes for good. */
  async stop(unbindTimeoutMs: number): Promise<void> {
    if (this.#state === 'stopped') return
    this.#cancelRetry?.()
    const session = this.#session
    this.#session = undefined
    this.#setState('stopped')
    await session?.unbind(unbindTimeoutMs)
  }

  /** Ends this session, so that another takes its place: the SMSC and we no longer agree on what is bound. */
  restart(): void {
    void this.#session?.unbind(this.#options.session.bindTimeoutMs)
  }

  #connect(): void {
    const { dial, mode, fields, timers, log } = this.#options
    this.#setState('connecting')
    const wire = dial({
      onOpen: () => session.bind(mode, this.#isOlder ? { ...fields, interface_version: KNOWN_EVERYWHERE } : fields),
      onOctets: (octets) => session.receive(octets),
      onLost: (message) => session.lost(message),
    })
    const session: Session = new Session(
      {
        timers,
        write: (octets) => wire.write(octets),
        close: () => wire.close(),
        onBound: () => this.#becomeBound(),
        onRequest: (request) => this.#options.onRequest(request),
        onEnd: (end) => this.#ended(session, end),
        log,
      },
      this.#options.session,
    )
    this.#session = session
  }

  #becomeBound(): void {
    this.#boundAt = this.#options.timers.now()
    this.#lastError = undefined
    this.#options.onBound()
    this.#setState('bound')
  }

  #ended(session: Session, end: SessionEnd): void {
    if (session !== this.#session) return
    const { timers, backoff, random, log, mode, fields } = this.#options
    const wasBound = this.#state === 'bound'
    const wasGood = wasBound && timers.now() - this.#boundAt >= GOOD_BIND_MS
    this.#failures = wasGood ? 1 : this.#failures + 1
    this.#lastError = refusedBind(end) ?? end.message
    const isRefused = end.reason === 'bind-refused' && isLasting(end.status)
    // By turns, for silence has other causes too.
    if (end.reason === 'bind-silent' && isLaterVersion(fields)) this.#isOlder = !this.#isOlder
    const waitMs = backoffMs(isRefused ? backoff.refused : backoff.lost, this.#failures, random)
    log('warn', 'smpp: the session ended', { mode, reason: end.reason, problem: this.#lastError, waitMs })
    this.#cancelRetry = timers.after(waitMs, () => this.#connect())
    this.#setState(isRefused ? 'refused' : 'waiting')
    if (wasBound) this.#options.onLost()
  }

  #setState(state: LinkStatus['state']): void {
    this.#state = state
    this.#since = this.#options.timers.now()
    this.#options.onStatus()
  }
}

function isLaterVersion({ interface_version: version = KNOWN_EVERYWHERE }: Partial<BindFields>): boolean {
  return version > KNOWN_EVERYWHERE
}

const reasonsToRefuse: ReadonlyMap<number | undefined, string> = new Map([
  [ESME.RBINDFAIL, 'Ask the operator whether the account is active and may bind from this address.'],
  [ESME.RINVPASWD, 'The password is wrong: check password of the link.'],
  [ESME.RINVSYSID, 'The operator does not know this systemId: check systemId of the link.'],
  [ESME.RALYBND, 'The account is bound already: another program uses it, or the SMSC still holds our last connection.'],
  [ESME.RINVSYSTYP, 'The operator wants another systemType.'],
])

/** A refused bind in words for the operator. */
function refusedBind({ reason, message, status }: SessionEnd): string | undefined {
  const advice = reasonsToRefuse.get(status)
  return reason === 'bind-refused' && advice !== undefined ? `${message} ${advice}` : undefined
}

/** Other statuses (a busy or throttling SMSC) pass by themselves. */
function isLasting(status: number | undefined): boolean {
  return reasonsToRefuse.has(status)
}
