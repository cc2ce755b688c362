import type { Address } from '@textloom/core'
import type { Timers } from '../timers.ts'
import type { SmscHappening } from './events.ts'

/** Something for an ESME: an MO in its parts, or a receipt. */
export interface Outgoing<Q> {
  /** Names it in events. */
  readonly id: string
  readonly kind: 'mo' | 'dlr'
  /** Whatever has the same lane goes one after another, as one phone writes. */
  readonly lane: string
  readonly from: Address
  readonly to: Address
  readonly text: string
  readonly requests: readonly Q[]
  /** Called once: with true when the ESME has taken it, with false when it never will. */
  settled(isTaken: boolean): void
}

interface Entry<Q> extends Outgoing<Q> {
  attempts: number
  /** Parts the ESME has taken. */
  taken: number
  /** On its way, or waiting for its next attempt. */
  isBusy: boolean
  /** A client has asked for it, or need not. */
  isReleased: boolean
}

/** Why an ESME did not take something, and whether it wants it again. */
export interface Refused {
  readonly reason: string
  readonly again: boolean
}

/** What a queue is made of. */
export interface MoQueueOptions<C, Q> {
  readonly timers: Timers
  readonly retryMs: number
  /** Unanswered requests per ESME. */
  readonly window: number
  /** The ESMEs that are bound and receive. */
  readonly receivers: () => readonly C[]
  /** Hands one part over: undefined when the ESME has taken it. What it rejects with may be tried again. */
  deliver(connection: C, request: Q): Promise<Refused | undefined>
  readonly onEvent: (event: SmscHappening) => void
  /** MOs leave only when `release` says so. Default false. */
  readonly holdsMos?: boolean
}

/**
 * Stores and forwards, as an SMSC does: each MO is kept until an ESME has taken it, sent again when the connection breaks
 * or the ESME asks for it, and given up when the ESME refuses it for good.
 */
export class MoQueue<C extends { readonly id: number; readonly inFlight: number }, Q> {
  /** In the order in which they came; a backlog may be very long. */
  readonly #entries = new Set<Entry<Q>>()
  readonly #options: MoQueueOptions<C, Q>
  #turn = 0

  constructor(options: MoQueueOptions<C, Q>) {
    this.#options = options
  }

  /** Everything that no ESME has taken yet. */
  get waiting(): number {
    return this.#entries.size
  }

  add(outgoing: Outgoing<Q>): void {
    const isReleased = outgoing.kind !== 'mo' || this.#options.holdsMos !== true
    this.#entries.add({ ...outgoing, attempts: 0, taken: 0, isBusy: false, isReleased })
    this.forward()
  }

  /** MOs that nobody has asked for, in a queue that holds them. */
  get held(): number {
    return this.#held().length
  }

  /** Sends so many of the MOs that are held, oldest first. */
  release(count: number): void {
    for (const entry of this.#held().slice(0, count)) entry.isReleased = true
    this.forward()
  }

  /** Sends what may be sent now. */
  forward(): void {
    const busy = new Set<string>()
    for (const entry of this.#entries) {
      if (!busy.has(entry.lane) && !entry.isBusy && entry.isReleased) {
        const connection = this.#receiver()
        if (connection === undefined) return
        void this.#send(entry, connection)
      }
      busy.add(entry.lane)
    }
  }

  #held(): readonly Entry<Q>[] {
    return [...this.#entries].filter(({ isReleased }) => !isReleased)
  }

  /** The receiving ESMEs take turns; one with a full window is left out. */
  #receiver(): C | undefined {
    const { receivers, window } = this.#options
    const open = receivers().filter(({ inFlight }) => inFlight < window)
    return open[this.#turn++ % open.length]
  }

  async #send(entry: Entry<Q>, connection: C): Promise<void> {
    const { onEvent } = this.#options
    entry.isBusy = true
    entry.attempts++
    if (entry.kind === 'mo') {
      onEvent({ type: 'mo-sent', mo: entry.id, attempt: entry.attempts, connection: connection.id })
    }
    const problem = await this.#sendParts(entry, connection)
    if (problem === undefined) this.#settle(entry, true)
    else this.#failed(entry, problem)
    this.forward()
  }

  /** Undefined when the ESME has taken all parts; each is sent again only if it was not taken. */
  async #sendParts(entry: Entry<Q>, connection: C): Promise<Refused | undefined> {
    for (const request of entry.requests.slice(entry.taken)) {
      try {
        const refused = await this.#options.deliver(connection, request)
        if (refused !== undefined) return refused
        entry.taken++
      } catch (error) {
        return { reason: error instanceof Error ? error.message : String(error), again: true }
      }
    }
    return undefined
  }

  #failed(entry: Entry<Q>, { reason, again }: Refused): void {
    const { timers, retryMs, onEvent } = this.#options
    if (entry.kind === 'mo') onEvent({ type: 'mo-refused', mo: entry.id, reason, again })
    if (!again) {
      this.#settle(entry, false)
      return
    }
    timers.after(retryMs, () => {
      entry.isBusy = false
      this.forward()
    })
  }

  #settle(entry: Entry<Q>, isTaken: boolean): void {
    const { id, from, to, text, attempts } = entry
    this.#entries.delete(entry)
    if (isTaken && entry.kind === 'mo') {
      this.#options.onEvent({ type: 'mo-acknowledged', mo: id, from, to, text, attempts })
    }
    entry.settled(isTaken)
  }
}
