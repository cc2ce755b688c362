import {
  type Link,
  type LinkHost,
  type LinkStatus,
  type OutboundMt,
  type SendResult,
  TransportError,
} from '@textloom/core'
import { type BackoffPolicy, backoffMs, defaultBackoff } from '../backoff.ts'
import { systemTimers, type Timers } from '../timers.ts'
import { Underway } from '../underway.ts'
import { judge } from './answer.ts'
import { callbackFor } from './callback-url.ts'
import { type HttpClient, httpClient, NoAnswer } from './client-link.ts'
import type { HttpConfig } from './config.ts'
import type { HttpErrorCode } from './errors.ts'
import type { InboundAnswer, InboundRefusal, InboundRequest } from './inbound/exchange.ts'
import { receive } from './inbound/receive.ts'
import { requestFor } from './request.ts'
import { type HttpSettings, settingsOf } from './settings.ts'

/** What tests decide in a link's stead. */
export interface HttpSurroundings {
  readonly timers?: Timers
  readonly backoff?: BackoffPolicy
  readonly random?: () => number
}

const REACH_TIMEOUT_MS = 10_000
/** What was aborted says so within this. */
const ABORTED_MS = 500

/**
 * A link to a provider with an HTTP interface. It is bound while nothing speaks against it: a provider that cannot be
 * reached, or does not let us in, makes it wait and try again.
 */
export class HttpLink implements Link {
  readonly #id: string
  readonly #host: LinkHost
  readonly #settings: HttpSettings
  readonly #timers: Timers
  readonly #backoff: BackoffPolicy
  readonly #random: () => number
  readonly #underway: Underway
  #client: HttpClient
  #abort = new AbortController()
  #state: LinkStatus['state'] = 'stopped'
  #since: number
  #lastError: string | undefined
  #inFlight = 0
  /** Failures since the provider took something last. */
  #failures = 0
  #restsUntil = 0
  #cancelTimer = () => {}
  #epoch = ''
  #count = 0

  constructor(id: string, config: HttpConfig, host: LinkHost, surroundings: HttpSurroundings = {}) {
    this.#id = id
    this.#host = host
    this.#settings = settingsOf(config)
    this.#timers = surroundings.timers ?? systemTimers
    this.#underway = new Underway(this.#timers)
    this.#backoff = surroundings.backoff ?? defaultBackoff
    this.#random = surroundings.random ?? Math.random
    this.#client = httpClient(config.windowSize)
    this.#since = this.#timers.now()
  }

  start(): void {
    if (this.#state !== 'stopped') return
    this.#client.close()
    this.#client = httpClient(this.#settings.windowSize)
    this.#abort = new AbortController()
    this.#failures = 0
    this.#restsUntil = 0
    this.#bind()
  }

  status(): LinkStatus {
    return {
      state: this.#state,
      since: this.#since,
      inFlight: this.#inFlight,
      windowSize: this.#window(),
      ...(this.#lastError !== undefined && { lastError: this.#lastError }),
    }
  }

  send(mt: OutboundMt): Promise<SendResult> {
    return this.#underway.track(this.#send(mt))
  }

  /** Takes in a request of the provider, and says how it is to be answered. */
  async receive(request: InboundRequest): Promise<InboundAnswer | InboundRefusal> {
    if (this.#state === 'stopped') return { kind: 'unavailable', detail: 'The link is stopped. Send it again.' }
    return this.#underway.track(
      receive(request, {
        settings: this.#settings,
        publicUrl: this.#inboundUrl(),
        now: () => this.#host.now(),
        moId: (id) => `mo:${this.#id}:${id ?? `${this.#epoch}:${++this.#count}`}`,
        store: (inbound) => this.#host.submit(inbound),
        log: (level, message, fields) => this.#log(level, message, fields),
      }),
    )
  }

  async stop(graceMs: number): Promise<void> {
    if (this.#state === 'stopped') return
    this.#cancelTimer()
    this.#setState('stopped')
    await this.#underway.settled(graceMs)
    this.#abort.abort(new Error('the link was stopped'))
    await this.#underway.settled(ABORTED_MS)
    this.#client.close()
  }

  async #send(mt: OutboundMt): Promise<SendResult> {
    const { url, timeoutMs } = this.#settings
    if (this.#state === 'stopped') throw notSent('http/stopped', `The link ${this.#id} is being stopped.`)
    if (url === '') {
      const text = `The link ${this.#id} has no URL and cannot send. Set its url.`
      throw new TransportError('http/receive-only' satisfies HttpErrorCode, text, { retry: 'never' })
    }
    if (this.#state !== 'bound') throw notSent('http/not-reached', `The link ${this.#id} waits for its provider.`)
    this.#inFlight++
    try {
      const request = requestFor(mt, this.#settings, callbackFor(url, this.#inboundUrl()))
      const answer = await this.#client.ask(request, { timeoutMs, signal: this.#abort.signal })
      const judgement = judge(mt.key, answer, this.#settings, this.#timers.now())
      if (judgement.result !== undefined) {
        if (judgement.result.providerIds.includes('')) {
          this.#log('warn', 'http: the provider gave no id, so that no receipt will be matched', { message: mt.key })
        }
        this.#takes()
        return judgement.result
      }
      if (judgement.meaning === 'refused') this.#waits('refused', judgement.error?.message ?? '')
      else {
        this.#takes()
        if (judgement.restMs !== undefined) this.#rests(judgement.restMs)
      }
      throw judgement.error
    } catch (error) {
      throw this.#failed(mt.key, error)
    } finally {
      this.#inFlight--
    }
  }

  #failed(key: string, error: unknown): unknown {
    if (error instanceof NoAnswer) {
      const { mayHaveArrived, isTimeout, message } = error
      if (!mayHaveArrived && this.#state !== 'stopped')
        this.#waits('waiting', `The provider was not reached: ${message}.`)
      const code: HttpErrorCode = !mayHaveArrived
        ? 'http/not-reached'
        : isTimeout
          ? 'http/no-answer'
          : 'http/connection-lost'
      // Where a repetition is known by its id, it does not matter whether the first one arrived.
      const inDoubt = mayHaveArrived && !this.#settings.isIdempotent
      return new TransportError(code, `MT ${key}: ${message}.`, { retry: 'later', inDoubt, cause: error })
    }
    if (error instanceof TypeError) {
      const text = `The request for MT ${key} cannot be written: ${error.message}. Check the headers of the link.`
      return new TransportError('http/invalid-request' satisfies HttpErrorCode, text, { retry: 'never', cause: error })
    }
    return error
  }

  /** One at a time while nobody knows whether the provider takes anything again; none while it wants rest. */
  #window(): number {
    if (this.#settings.url === '' || this.#timers.now() < this.#restsUntil) return 0
    return this.#failures > 0 ? 1 : this.#settings.windowSize
  }

  #takes(): void {
    if (this.#failures === 0 && this.#lastError === undefined) return
    this.#failures = 0
    this.#lastError = undefined
    if (this.#state === 'bound') this.#tell()
  }

  #rests(ms: number): void {
    this.#restsUntil = Math.max(this.#restsUntil, this.#timers.now() + ms)
    this.#lastError = `The provider asks to wait ${Math.ceil(ms / 1_000)} s.`
    this.#cancelTimer()
    this.#cancelTimer = this.#timers.after(this.#restsUntil - this.#timers.now(), () => this.#tell())
    this.#tell()
  }

  #waits(state: 'waiting' | 'refused', problem: string): void {
    // What was under way together failed together.
    if (this.#state !== 'bound') return
    this.#failures++
    this.#lastError = problem
    this.#setState(state)
    this.#log('warn', 'http: the link waits', { problem })
    this.#tryLater()
  }

  #tryLater(): void {
    const policy = this.#state === 'refused' ? this.#backoff.refused : this.#backoff.lost
    this.#cancelTimer()
    this.#cancelTimer = this.#timers.after(backoffMs(policy, this.#failures, this.#random), () => void this.#tryAgain())
  }

  async #tryAgain(): Promise<void> {
    if (this.#state === 'waiting') {
      try {
        await this.#client.reach(this.#settings.url.replaceAll(/\{\{.*?\}\}/g, ''), REACH_TIMEOUT_MS)
      } catch (error) {
        if (this.#state !== 'waiting') return
        this.#failures++
        this.#lastError = `The provider was not reached: ${error instanceof Error ? error.message : String(error)}.`
        this.#tell()
        return this.#tryLater()
      }
    }
    if (this.#state === 'waiting' || this.#state === 'refused') this.#bind()
  }

  #bind(): void {
    this.#epoch = this.#host.newEpoch()
    this.#count = 0
    this.#host.bound({ epoch: this.#epoch })
    this.#setState('bound')
  }

  #inboundUrl(): string | undefined {
    return this.#settings.callbackUrl || this.#host.inboundUrl?.()
  }

  #setState(state: LinkStatus['state']): void {
    if (state !== this.#state) this.#since = this.#timers.now()
    this.#state = state
    this.#tell()
  }

  #tell(): void {
    this.#host.status(this.status())
  }

  #log(...[level, message, fields]: Parameters<LinkHost['log']>): void {
    this.#host.log(level, message, { link: this.#id, ...fields })
  }
}

function notSent(code: HttpErrorCode, message: string): TransportError {
  return new TransportError(code, `${message} The MT has not left and is sent later.`, { retry: 'later' })
}
