import type { Address } from '@textloom/core'
import type { Timers } from '../../timers.ts'
import { ESME, statusName } from '../pdu/status.ts'
import type { Connection } from '../server/link.ts'
import type { Request } from '../window.ts'
import type { SmscHappening } from './events.ts'

/** Something for an ESME: an MO in its parts, or a receipt. */
export interface Outgoing {
  /** Names it in events. */
  readonly id: string
  readonly kind: 'mo' | 'dlr'
  /** Whatever has the same lane goes one after another, as one phone writes. */
  readonly lane: string
  readonly from: Address
  readonly to: Address
  readonly text: string
  readonly requests: readonly Request<'deliver_sm'>[]
  /** Called once: with true when the ESME has taken it, with false when it never will. */
  settled(isTaken: boolean): void
}

interface Entry extends Outgoing {
  attempts: number
  /** Parts the ESME has taken. */
  taken: number
  /** On its way, or waiting for its next attempt. */
  isBusy: boolean
}

/** What a queue is made of. */
export interface MoQueueOptions {
  readonly timers: Timers
  readonly retryMs: number
  /** Unanswered deliver_sm per ESME. */
  readonly window: number
  readonly connections: () => readonly Connection[]
  readonly onEvent: (event: SmscHappening) => void
}

/** What ESMEs answer when they may have it later. */
const temporary: ReadonlySet<number> = new Set([ESME.RX_T_APPN, ESME.RSYSERR, ESME.RMSGQFUL, ESME.RTHROTTLED])

/**
 * Stores and forwards, as an SMSC does: each MO is kept until an ESME has taken it, sent again when the connection breaks
 * or the ESME asks for it, and given up when the ESME refuses it for good.
 */
export class MoQueue {
  readonly #entries: Entry[] = []
  readonly #options: MoQueueOptions
  #turn = 0

  constructor(options: MoQueueOptions) {
    this.#options = options
  }

  /** Everything that no ESME has taken yet. */
  get waiting(): number {
    return this.#entries.length
  }

  add(outgoing: Outgoing): void {
    this.#entries.push({ ...outgoing, attempts: 0, taken: 0, isBusy: false })
    this.forward()
  }

  /** Sends what may be sent now. */
  forward(): void {
    const busy = new Set<string>()
    for (const entry of [...this.#entries]) {
      if (!busy.has(entry.lane) && !entry.isBusy) {
        const connection = this.#receiver()
        if (connection === undefined) return
        void this.#send(entry, connection)
      }
      busy.add(entry.lane)
    }
  }

  /** The receiving ESMEs take turns; one with a full window is left out. */
  #receiver(): Connection | undefined {
    const open = this.#options
      .connections()
      .filter(
        ({ state, mode, inFlight }) => state === 'bound' && mode !== 'transmitter' && inFlight < this.#options.window,
      )
    return open[this.#turn++ % open.length]
  }

  async #send(entry: Entry, connection: Connection): Promise<void> {
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
  async #sendParts(entry: Entry, connection: Connection): Promise<{ reason: string; again: boolean } | undefined> {
    for (const request of entry.requests.slice(entry.taken)) {
      try {
        const { status } = await connection.request(request)
        if (status !== ESME.ROK) return { reason: statusName(status), again: temporary.has(status) }
        entry.taken++
      } catch (error) {
        return { reason: error instanceof Error ? error.message : String(error), again: true }
      }
    }
    return undefined
  }

  #failed(entry: Entry, { reason, again }: { reason: string; again: boolean }): void {
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

  #settle(entry: Entry, isTaken: boolean): void {
    const { id, from, to, text, attempts } = entry
    this.#entries.splice(this.#entries.indexOf(entry), 1)
    if (isTaken && entry.kind === 'mo') {
      this.#options.onEvent({ type: 'mo-acknowledged', mo: id, from, to, text, attempts })
    }
    entry.settled(isTaken)
  }
}
