import type {
  AcceptedMt,
  Inbound,
  Link,
  LinkHost,
  LinkStatus,
  OutboundMt,
  SegmentReport,
  SendResult,
  TransportError,
} from '@textloom/core'
import { type BackoffPolicy, defaultBackoff } from '../backoff.ts'
import { type Destination, dialer } from '../connection/link.ts'
import { MoIds } from '../connection/mo-ids.ts'
import { PartialSends } from '../segments/partial-sends.ts'
import { systemTimers, type Timers } from '../timers.ts'
import { Underway } from '../underway.ts'
import { FramedBinding } from './binding.ts'
import type { ClientProtocol } from './client-protocol.ts'
import { Errands } from './errands.ts'
import { failedMt, notSent } from './errors.ts'
import { cancelMt, type FollowUp, queryMt, replaceMt } from './follow-up.ts'
import type { Frame, Unnumbered } from './frame.ts'
import type { FramedSession } from './session.ts'

/** What a link takes from its surroundings; tests hand in their own. */
export interface FramedSurroundings {
  readonly timers?: Timers
  readonly random?: () => number
  readonly backoff?: BackoffPolicy
}

/** The settings that every link of this sort has. */
export interface FramedSettings extends Destination {
  readonly windowSize: number
  readonly keepAliveMs: number
  readonly responseTimeoutMs: number
}

const LOGIN_TIMEOUT_MS = 10_000
/** How long the SMSC may take to answer our goodbye. */
const LOGOUT_TIMEOUT_MS = 1_000

/** A client of an SMSC that speaks in numbered frames: one connection, logged in again whenever it breaks. */
export class FramedLink<F extends Frame> implements Link {
  readonly #id: string
  readonly #protocol: ClientProtocol<F>
  readonly #settings: FramedSettings
  readonly #host: LinkHost
  readonly #underway: Underway
  readonly #binding: FramedBinding<F>
  readonly #sends = new PartialSends()
  readonly #errands: Errands<F>
  readonly replace?: NonNullable<Link['replace']>
  #moIds: MoIds
  #isStopping = false

  constructor(
    id: string,
    protocol: ClientProtocol<F>,
    settings: FramedSettings,
    host: LinkHost,
    { timers = systemTimers, random = Math.random, backoff = defaultBackoff }: FramedSurroundings = {},
  ) {
    this.#id = id
    this.#protocol = protocol
    this.#settings = settings
    this.#host = host
    this.#underway = new Underway(timers)
    this.#moIds = this.#moIdsOf(`mo:${id}`)
    const log: LinkHost['log'] = (level, message, fields) => host.log(level, message, { link: id, ...fields })
    this.#errands = new Errands(
      timers,
      (level, message) => log(level, `${protocol.codec.kind}: ${message}`),
      () => host.status(this.status()),
    )
    if (protocol.followUp.replace !== undefined) {
      this.replace = (mt, text) => this.#underway.track(replaceMt(mt, text, this.#followUp()))
    }
    this.#binding = new FramedBinding({
      protocol,
      session: {
        codec: protocol.codec,
        side: 'client',
        windowSize: settings.windowSize,
        responseTimeoutMs: settings.responseTimeoutMs,
        loginTimeoutMs: LOGIN_TIMEOUT_MS,
        keepAliveMs: settings.keepAliveMs,
        keepAlive: () => protocol.keepAlive(),
      },
      backoff,
      dial: dialer(settings, timers),
      timers,
      random,
      log,
      onBound: (session) => this.#bound(session),
      onRequest: (session, request, answer) => this.#take(session, request, answer),
      onStatus: () => this.#host.status(this.status()),
    })
  }

  start(): void {
    this.#isStopping = false
    this.#binding.start()
  }

  status(): LinkStatus {
    const { state, since, lastError, session } = this.#binding
    const { facts } = this.#errands
    return {
      state,
      since,
      inFlight: session?.inFlight ?? 0,
      windowSize: this.#settings.windowSize,
      ...(lastError === undefined ? {} : { lastError }),
      ...(Object.keys(facts).length === 0 ? {} : { facts }),
    }
  }

  send(mt: OutboundMt): Promise<SendResult> {
    return this.#underway.track(this.#send(mt))
  }

  async query(mt: AcceptedMt): Promise<readonly SegmentReport[]> {
    return this.#underway.track(queryMt(mt, this.#followUp()))
  }

  async cancel(mt: AcceptedMt): Promise<void> {
    return this.#underway.track(cancelMt(mt, this.#followUp()))
  }

  async stop(graceMs: number): Promise<void> {
    this.#isStopping = true
    this.#errands.stop()
    await this.#underway.settled(graceMs)
    await this.#binding.stop(LOGOUT_TIMEOUT_MS)
  }

  async #send(mt: OutboundMt): Promise<SendResult> {
    const session = this.#openSession()
    return this.#sends.send(mt.key, this.#submits(mt), (submit) => this.#sendOne(mt.key, submit, session))
  }

  #openSession(): FramedSession<F> {
    const { kind } = this.#protocol.codec
    if (this.#isStopping) throw notSent(kind, 'stopped', `The link ${this.#id} is being stopped.`)
    const { session } = this.#binding
    if (session === undefined) throw notSent(kind, 'not-bound', `The link ${this.#id} is not logged in.`)
    return session
  }

  #followUp(): FollowUp<F> {
    const session = this.#openSession()
    const { codec, followUp } = this.#protocol
    return { kind: codec.kind, protocol: followUp, request: (request) => session.request(request) }
  }

  #submits(mt: OutboundMt): readonly Unnumbered<F>[] {
    try {
      return this.#protocol.submits(mt)
    } catch (error) {
      throw failedMt(this.#protocol.codec.kind, mt.key, error)
    }
  }

  async #sendOne(key: string, submit: Unnumbered<F>, session: FramedSession<F>): Promise<string | TransportError> {
    try {
      const answer = await session.request(submit)
      if (this.#protocol.isLoginLost(answer) && session === this.#binding.session) this.#binding.restart()
      return this.#protocol.outcome(key, answer)
    } catch (error) {
      return failedMt(this.#protocol.codec.kind, key, error)
    }
  }

  #bound(session: FramedSession<F>): void {
    const epoch = this.#host.newEpoch()
    this.#moIds = this.#moIdsOf(`mo:${this.#id}:${epoch}`)
    this.#host.bound({ epoch })
    void this.#errands.make(this.#protocol.errands?.() ?? [], session)
  }

  #moIdsOf(prefix: string): MoIds {
    return new MoIds(prefix, { numbersInCircle: this.#protocol.codec.numbers.server.count })
  }

  /** Answers what the SMSC hands over when the host has stored it, and not before. */
  #take(session: FramedSession<F>, request: F, answer: (answer: Unnumbered<F>) => void): void {
    // Some SMSCs send what has waited before they answer the login: it has no epoch yet.
    if (session.state !== 'bound') {
      answer(this.#protocol.notNow(request))
      return
    }
    const reading = this.#protocol.read(request, this.#moIds)
    if (reading.type === 'routine') {
      if (reading.problem !== undefined) this.#warn(reading.problem, { number: request.number })
      answer(reading.answer)
    } else if (reading.inbound.type === 'mo') {
      this.#store(reading.inbound, request, answer)
    } else {
      // The answer it belongs to may stand in the same packet, and its id is noted some promises later.
      setImmediate(() => this.#store(reading.inbound, request, answer))
    }
  }

  #store(inbound: Inbound, request: F, answer: (answer: Unnumbered<F>) => void): void {
    this.#underway.track(this.#host.submit(inbound)).then(
      () => answer(this.#protocol.taken(request)),
      (error: unknown) => {
        this.#warn('what came in could not be stored', { number: request.number, problem: String(error) })
        answer(this.#protocol.notNow(request))
      },
    )
  }

  #warn(message: string, fields: { readonly [name: string]: unknown }): void {
    this.#host.log('warn', `${this.#protocol.codec.kind}: ${message}`, { link: this.#id, ...fields })
  }
}
