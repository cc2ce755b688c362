import {
  type AcceptedMt,
  type Inbound,
  type Link,
  type LinkHost,
  type LinkStatus,
  type OutboundMt,
  type SegmentReport,
  type SendResult,
  TransportError,
} from '@textloom/core'
import { type BackoffPolicy, defaultBackoff } from '../backoff.ts'
import { dialer } from '../connection/link.ts'
import { MoIds } from '../connection/mo-ids.ts'
import { systemTimers, type Timers } from '../timers.ts'
import { Underway } from '../underway.ts'
import { Binding } from './binding.ts'
import { BindingGroup } from './binding-group.ts'
import type { SmppConfig } from './config.ts'
import { readDeliver } from './deliver.ts'
import type { SmppErrorCode } from './errors.ts'
import { cancelMt, type FollowUp, queryMt } from './follow-up.ts'
import { MessageIds } from './message-ids.ts'
import { ESME } from './pdu/status.ts'
import { Sender } from './sender.ts'
import type { Session } from './session.ts'
import type { BindMode, PeerRequest } from './session-host.ts'

/** What a link takes from its surroundings; tests hand in their own. */
export interface SmppSurroundings {
  readonly timers?: Timers
  readonly random?: () => number
  readonly backoff?: BackoffPolicy
}

const BIND_TIMEOUT_MS = 10_000
/** How long the SMSC may take to answer our goodbye. */
const UNBIND_TIMEOUT_MS = 1_000

/** An ESME: one bind, a pair, or several of either, to one SMSC. */
export class SmppLink implements Link {
  readonly #id: string
  readonly #config: SmppConfig
  readonly #host: LinkHost
  readonly #timers: Timers
  readonly #bindings: BindingGroup
  readonly #ids: MessageIds
  readonly #sender: Sender
  readonly #underway: Underway
  /** Of each bind by its number: sequence numbers are its own. */
  readonly #moIds = new Map<number, MoIds>()
  #isStopping = false

  constructor(id: string, config: SmppConfig, host: LinkHost, surroundings: SmppSurroundings = {}) {
    this.#id = id
    this.#config = config
    this.#host = host
    this.#timers = surroundings.timers ?? systemTimers
    this.#underway = new Underway(this.#timers)
    this.#ids = new MessageIds(config.messageIdFormat)
    this.#sender = new Sender(
      {
        source: { ton: config.sourceTon, npi: config.sourceNpi },
        destination: { ton: config.destTon, npi: config.destNpi },
        dataCoding0: config.dataCoding0,
        packedSeptets: config.packedSeptets,
        longMessages: config.longMessages,
        nationalTables: config.nationalTables,
        submitTlvs: config.submitTlvs,
      },
      this.#ids,
    )
    const kind: readonly BindMode[] = config.bind === 'pair' ? ['transmitter', 'receiver'] : [config.bind]
    const modes = Array.from({ length: config.binds }, () => kind).flat()
    const bindings = modes.map((mode, number) => this.#binding(mode, number, surroundings))
    this.#bindings = new BindingGroup(bindings, config)
  }

  start(): void {
    this.#isStopping = false
    this.#bindings.start()
  }

  status(): LinkStatus {
    return this.#bindings.status(this.#timers.now())
  }

  send(mt: OutboundMt): Promise<SendResult> {
    return this.#underway.track(this.#send(mt))
  }

  query(mt: AcceptedMt): Promise<readonly SegmentReport[]> {
    return this.#underway.track(queryMt(mt, this.#followUp()))
  }

  cancel(mt: AcceptedMt): Promise<void> {
    return this.#underway.track(cancelMt(mt, this.#followUp()))
  }

  async stop(graceMs: number): Promise<void> {
    this.#isStopping = true
    await this.#underway.settled(graceMs)
    await this.#bindings.stop(UNBIND_TIMEOUT_MS)
  }

  async #send(mt: OutboundMt): Promise<SendResult> {
    const { binding, session } = this.#nextBind()
    return this.#sender.send(mt, async (submit) => {
      const answer = await session.request(submit)
      if (answer.status === ESME.RINVBNDSTS) binding.restart()
      return answer
    })
  }

  #followUp(): FollowUp {
    const { sourceTon, sourceNpi, destTon, destNpi } = this.#config
    return {
      source: { ton: sourceTon, npi: sourceNpi },
      destination: { ton: destTon, npi: destNpi },
      ids: this.#ids,
      request: (request) => this.#nextBind().session.request(request),
    }
  }

  /** The bind for the next request of ours. @throws TransportError if there is none. */
  #nextBind(): { readonly binding: Binding; readonly session: Session } {
    if (this.#isStopping) throw notSent('smpp/stopped', `The link ${this.#id} is being stopped.`)
    if (!this.#bindings.canSend) {
      const text = `The link ${this.#id} binds as receiver and cannot send. Set its bind to transceiver or pair.`
      throw new TransportError('smpp/receive-only' satisfies SmppErrorCode, text, { retry: 'never' })
    }
    const binding = this.#bindings.nextSender()
    const session = binding?.session
    if (binding === undefined || session === undefined) {
      throw notSent('smpp/not-bound', `The link ${this.#id} is not bound.`)
    }
    return { binding, session }
  }

  #binding(mode: BindMode, number: number, surroundings: SmppSurroundings): Binding {
    const { random = Math.random, backoff = defaultBackoff } = surroundings
    const { systemId, password, systemType, interfaceVersion, addressRange, windowSize } = this.#config
    const { enquireLinkMs, responseTimeoutMs } = this.#config
    return new Binding({
      mode,
      fields: {
        system_id: systemId,
        password,
        system_type: systemType,
        interface_version: interfaceVersion,
        address_range: addressRange,
      },
      session: { windowSize, enquireLinkMs, responseTimeoutMs, bindTimeoutMs: BIND_TIMEOUT_MS },
      backoff,
      random,
      dial: dialer(this.#config, this.#timers),
      timers: this.#timers,
      log: (level, message, fields) => this.#host.log(level, message, { link: this.#id, ...fields }),
      onBound: () => this.#bound(mode, number),
      onLost: () => this.#lost(mode),
      onRequest: (request) => this.#take(request, mode, number),
      onStatus: () => this.#host.status(this.status()),
    })
  }

  #bound(mode: BindMode, number: number): void {
    if (mode === 'transmitter') return
    const isFirst = !this.#bindings.isReceiving
    const epoch = this.#host.newEpoch()
    this.#moIds.set(number, new MoIds(`mo:${this.#id}:${epoch}${number < 2 ? '' : `-${number}`}`))
    if (isFirst) this.#host.bound({ epoch })
  }

  /** What a bind that was lost has left unanswered comes again by those that remain. */
  #lost(mode: BindMode): void {
    if (mode !== 'transmitter' && this.#bindings.isReceiving) this.#host.bound({ epoch: this.#host.newEpoch() })
  }

  /** Answers a deliver_sm when the host has stored what it brings, and not before. */
  #take({ pdu, answer }: PeerRequest, mode: BindMode, number: number): boolean {
    if (pdu.command !== 'deliver_sm' && pdu.command !== 'data_sm') return false
    const moIds = this.#moIds.get(number)
    const inbound = readDeliver(pdu, {
      dataCoding0: this.#config.dataCoding0,
      packedSeptets: this.#config.packedSeptets,
      deliverTlvs: this.#config.deliverTlvs,
      // A transmitter has none, and takes no MO.
      moId: (sequence, fingerprint) => moIds?.idOf(sequence, fingerprint) ?? '',
    })
    if (inbound === undefined) {
      this.#log('warn', 'smpp: a receipt names no message', { sequence: pdu.sequence })
      answer(ESME.ROK)
    } else if (inbound.type === 'mo') {
      // Receipts come on a transmitter's bind too, from SMSCs that mean well.
      if (mode === 'transmitter') answer(ESME.RINVBNDSTS)
      else this.#store(inbound, pdu.sequence, answer)
    } else {
      // The submit response it belongs to may stand in the same packet, and its id is noted some promises later.
      setImmediate(() => {
        this.#store({ ...inbound, providerId: this.#ids.ofReceipt(inbound.providerId) }, pdu.sequence, answer)
      })
    }
    return true
  }

  #store(inbound: Inbound, sequence: number, answer: PeerRequest['answer']): void {
    this.#underway.track(this.#host.submit(inbound)).then(
      () => answer(ESME.ROK),
      (error: unknown) => {
        this.#log('warn', 'smpp: what came in could not be stored', { sequence, problem: String(error) })
        answer(ESME.RX_T_APPN)
      },
    )
  }

  #log(...[level, message, fields]: Parameters<LinkHost['log']>): void {
    this.#host.log(level, message, { link: this.#id, ...fields })
  }
}

function notSent(code: SmppErrorCode, message: string): TransportError {
  return new TransportError(code, `${message} The MT has not left and is sent later.`, { retry: 'later' })
}
