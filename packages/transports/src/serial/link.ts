import {
  type Link,
  type LinkHost,
  type LinkStatus,
  type OutboundMt,
  type SendResult,
  TransportError,
} from '@textloom/core'
import { type BackoffPolicy, backoffMs, defaultBackoff } from '../backoff.ts'
import { PartialSends } from '../segments/partial-sends.ts'
import { systemTimers, type Timers } from '../timers.ts'
import { Underway } from '../underway.ts'
import { AtError } from './at/at-error.ts'
import { type ModemFacts, ModemRefusal } from './bring-up.ts'
import type { SerialConfig } from './config.ts'
import type { SerialErrorCode } from './errors.ts'
import { type PinAttempts, pinAttempts, shortMemory } from './pin-attempts.ts'
import { type OpenPort, openPort } from './port-link.ts'
import { failedSegment } from './refusal.ts'
import { resetAfter } from './reset.ts'
import { modemSegments } from './segments.ts'
import { ModemSession } from './session.ts'

/** What a link takes from its surroundings; tests hand in their own. */
export interface SerialSurroundings {
  readonly timers?: Timers
  readonly random?: () => number
  readonly backoff?: BackoffPolicy
  readonly open?: OpenPort
}

/** A modem sends one message after another. */
const WINDOW_SIZE = 1

/** A GSM modem: its session is made again whenever it ends, until the link is stopped. */
export class SerialLink implements Link {
  readonly #id: string
  readonly #config: SerialConfig
  readonly #host: LinkHost
  readonly #timers: Timers
  readonly #random: () => number
  readonly #backoff: BackoffPolicy
  readonly #open: OpenPort
  readonly #pinAttempts: PinAttempts | undefined
  readonly #underway: Underway
  readonly #sends = new PartialSends()
  #session: ModemSession | undefined
  #state: LinkStatus['state'] = 'stopped'
  #since: number
  #lastError: string | undefined
  #facts: ModemFacts = {}
  #inFlight = 0
  #failures = 0
  /** Of those in a row, the ones that a reset may help with. */
  #fruitless = 0
  #cancelRetry = () => {}
  #isStopping = false

  constructor(id: string, config: SerialConfig, host: LinkHost, surroundings: SerialSurroundings = {}) {
    this.#id = id
    this.#config = config
    this.#host = host
    this.#timers = surroundings.timers ?? systemTimers
    this.#random = surroundings.random ?? Math.random
    this.#backoff = surroundings.backoff ?? defaultBackoff
    this.#open = surroundings.open ?? openPort
    const { path, pin } = config
    this.#pinAttempts = pin === undefined ? undefined : pinAttempts(path, pin, host.memory ?? shortMemory())
    this.#underway = new Underway(this.#timers)
    this.#since = host.now()
  }

  start(): void {
    if (this.#state !== 'stopped') return
    this.#isStopping = false
    void this.#connect()
  }

  status(): LinkStatus {
    return {
      state: this.#state,
      since: this.#since,
      inFlight: this.#inFlight,
      windowSize: WINDOW_SIZE,
      ...(this.#lastError === undefined ? {} : { lastError: this.#lastError }),
      facts: { ...this.#facts },
    }
  }

  send(mt: OutboundMt): Promise<SendResult> {
    return this.#underway.track(this.#send(mt))
  }

  async stop(graceMs: number): Promise<void> {
    this.#isStopping = true
    await this.#underway.settled(graceMs)
    this.#cancelRetry()
    const session = this.#session
    this.#session = undefined
    await session?.close()
    this.#setState('stopped')
  }

  async #send(mt: OutboundMt): Promise<SendResult> {
    if (this.#isStopping) throw notSent('serial/stopped', `The link ${this.#id} is being stopped.`)
    const session = this.#session
    if (session === undefined || this.#state !== 'bound') {
      throw notSent('serial/not-ready', `The modem of the link ${this.#id} is not ready.`)
    }
    this.#inFlight++
    try {
      return await this.#sends.send(mt.key, modemSegments(mt, this.#config), (segment) =>
        session.send(segment, mt.to).catch((error: unknown) => this.#failed(mt.key, error)),
      )
    } finally {
      this.#inFlight--
    }
  }

  #failed(key: string, error: unknown): TransportError {
    // A modem that took a message and does not answer is not asked anything more.
    if (error instanceof AtError && error.problem.kind === 'silent') this.#ended(this.#session, error)
    return failedSegment(key, error)
  }

  async #connect(): Promise<void> {
    this.#setState('connecting')
    let session: ModemSession | undefined
    try {
      const port = await this.#open(this.#config.path, this.#config.baudRate)
      session = new ModemSession(port, {
        line: { link: this.#id, number: this.#config.number ?? '' },
        config: this.#config,
        timers: this.#timers,
        pinAttempts: this.#pinAttempts,
        store: (inbound) => this.#underway.track(this.#host.submit(inbound)),
        onFacts: (facts) => this.#learn(facts),
        onEnd: (error) => this.#ended(session, error),
        log: (level, message, fields) => this.#host.log(level, message, { link: this.#id, ...fields }),
      })
      if (this.#isStopping) return void session.close()
      this.#session = session
      const reset = resetAfter(this.#fruitless)
      if (reset !== undefined) await session.reset(reset)
      await session.begin()
      if (this.#session !== session) return
      this.#failures = 0
      this.#fruitless = 0
      this.#lastError = undefined
      this.#host.bound({ epoch: this.#host.newEpoch() })
      this.#setState('bound')
      session.listen()
    } catch (error) {
      this.#ended(session, error instanceof Error ? error : new Error(String(error)))
    }
  }

  #ended(session: ModemSession | undefined, error: Error): void {
    if (this.#isStopping || this.#session !== session) return
    void session?.close()
    this.#session = undefined
    this.#failures += 1
    this.#lastError = error.message
    const isRefused = error instanceof ModemRefusal
    if (!isRefused) this.#fruitless += 1
    const waitMs = backoffMs(isRefused ? this.#backoff.refused : this.#backoff.lost, this.#failures, this.#random)
    this.#host.log('warn', 'serial: the session ended', { link: this.#id, problem: error.message, waitMs })
    this.#cancelRetry = this.#timers.after(waitMs, () => void this.#connect())
    this.#setState(isRefused ? 'refused' : 'waiting')
  }

  #learn(facts: ModemFacts): void {
    this.#facts = facts
    this.#host.status(this.status())
  }

  #setState(state: LinkStatus['state']): void {
    this.#state = state
    this.#since = this.#timers.now()
    this.#host.status(this.status())
  }
}

function notSent(code: SerialErrorCode, message: string): TransportError {
  return new TransportError(code, `${message} The MT has not left and is sent later.`, { retry: 'later' })
}
