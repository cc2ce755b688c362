import {
  type Address,
  type Link,
  type LinkHost,
  type LinkStatus,
  type OutboundMt,
  type SendResult,
  TransportError,
} from '@textloom/core'
import { Underway } from '../underway.ts'

/** Every code that a loopback link's TransportError can carry, with the sentence that explains it in the reference. */
export const loopbackErrorCatalogue = {
  'loopback/stopped': 'The link was stopped when the MT was to be sent. It is sent when the link is started.',
} as const satisfies Record<`loopback/${string}`, string>

/** MTs are accepted at once, so this only says how many the host may hand over together. */
const WINDOW_SIZE = 10

/** An MT as a handset on the loopback link shows it. */
export type HandsetListener = (mt: OutboundMt) => void

/**
 * A link without a network: handsets write and read in the same process. MTs are accepted and delivered at once, also
 * when no handset looks.
 */
export class LoopbackLink implements Link {
  readonly #id: string
  readonly #host: LinkHost
  readonly #listeners = new Set<HandsetListener>()
  readonly #underway = new Underway()
  #state: LinkStatus['state'] = 'stopped'
  #since: number
  #epoch = ''
  #count = 0

  constructor(id: string, host: LinkHost) {
    this.#id = id
    this.#host = host
    this.#since = host.now()
  }

  start(): void {
    if (this.#state === 'bound') return
    this.#epoch = this.#host.newEpoch()
    this.#host.bound({ epoch: this.#epoch })
    this.#setState('bound')
  }

  status(): LinkStatus {
    return { state: this.#state, since: this.#since, inFlight: 0, windowSize: WINDOW_SIZE }
  }

  /**
   * A handset writes. Resolves once the MO is stored, like the answer of an SMSC.
   *
   * @param id makes a repetition recognisable; without one each MO is a new one.
   * @throws Error while the link is stopped, or what the host rejects with when it cannot store.
   */
  hears(from: Address, to: Address, text: string, id?: string): Promise<void> {
    if (this.#state !== 'bound') return Promise.reject(new Error(`The link ${this.#id} is stopped. Start it first.`))
    const name = id ?? this.#next()
    return this.#underway.track(this.#host.submit({ type: 'mo', id: `mo:${this.#id}:${name}`, from, to, text }))
  }

  /** Shows every MT from now on to a handset; call what it returns to look away. */
  onMt(listener: HandsetListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async send(mt: OutboundMt): Promise<SendResult> {
    if (this.#state !== 'bound') {
      const text = `MT ${mt.key}: the link ${this.#id} is stopped. It is sent when the link is started.`
      throw new TransportError('loopback/stopped' satisfies keyof typeof loopbackErrorCatalogue, text, {
        retry: 'later',
      })
    }
    const providerId = this.#next()
    for (const listener of this.#listeners) listener(mt)
    if (mt.wantsDlr) this.#deliver(providerId, mt)
    return { providerIds: [providerId] }
  }

  async stop(graceMs: number): Promise<void> {
    if (this.#state === 'stopped') return
    this.#setState('stopped')
    await this.#underway.settled(graceMs)
  }

  #deliver(providerId: string, { from, to }: OutboundMt): void {
    const dlr = { type: 'dlr', providerId, state: 'delivered', from: to, to: from } as const
    this.#underway.track(this.#host.submit(dlr)).catch((error: unknown) => {
      this.#host.log('warn', 'loopback: a receipt could not be stored', { link: this.#id, problem: String(error) })
    })
  }

  /** Unique over restarts too. */
  #next(): string {
    this.#count++
    return `${this.#epoch}:${this.#count}`
  }

  #setState(state: LinkStatus['state']): void {
    this.#state = state
    this.#since = this.#host.now()
    this.#host.status(this.status())
  }
}
