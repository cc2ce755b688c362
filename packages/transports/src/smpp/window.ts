import type { Buffer } from 'node:buffer'
import { RequestError } from '../connection/request-error.ts'
import type { Timers } from '../timers.ts'
import { responseOf } from './pdu/definitions.ts'
import { encodePdu } from './pdu/encode.ts'
import type { CommandFields, Pdu, RequestName, ResponseName, TlvValues } from './pdu/pdu.ts'

/** What answers a request: its own response, or a generic_nack. */
export type Answer = Pdu<ResponseName | 'generic_nack'>

/** A request without its sequence number. */
export interface Request<C extends RequestName> {
  readonly command: C
  readonly fields?: Partial<CommandFields[C]>
  readonly tlvs?: TlvValues
}

interface InFlight {
  readonly command: RequestName
  readonly deadline: number
  readonly timeoutMs: number
  readonly isCounted: boolean
  resolve(answer: Answer): void
  reject(error: RequestError): void
}

interface Waiting {
  readonly request: Request<RequestName>
  resolve(answer: Answer): void
  reject(error: RequestError): void
}

const MAX_SEQUENCE = 0x7fffffff

/**
 * Our requests on one connection: numbers them, keeps no more than the window unanswered, brings each answer home and
 * gives up on those that never come (SMPP 3.4 §2.9, §7.2).
 */
export class RequestWindow {
  readonly #windowSize: number
  readonly #responseTimeoutMs: number
  readonly #timers: Timers
  readonly #write: (octets: Buffer) => void
  readonly #inFlight = new Map<number, InFlight>()
  readonly #waiting: Waiting[] = []
  #counted = 0
  #sequence: number
  #alarm: { readonly at: number; cancel(): void } | undefined

  constructor(options: {
    readonly windowSize: number
    readonly responseTimeoutMs: number
    readonly timers: Timers
    readonly write: (octets: Buffer) => void
    /** Default 1 (SMPP 3.4 §3.2). */
    readonly firstSequence?: number
  }) {
    this.#sequence = (options.firstSequence ?? 1) - 1
    this.#windowSize = options.windowSize
    this.#responseTimeoutMs = options.responseTimeoutMs
    this.#timers = options.timers
    this.#write = options.write
  }

  /** Requests that count against the window and have no answer yet. */
  get inFlight(): number {
    return this.#counted
  }

  /** Requests that wait for room. */
  get waiting(): number {
    return this.#waiting.length
  }

  /**
   * Sends a request as soon as the window has room, in the order of the calls.
   *
   * @throws RequestError if there is no answer; PduError if a value does not fit its field.
   */
  send(request: Request<RequestName>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#counted >= this.#windowSize) this.#waiting.push({ request, resolve, reject })
      else this.#put(request, this.#responseTimeoutMs, true, { resolve, reject })
    })
  }

  /** Sends what keeps the session itself going (bind, unbind, enquire_link): at once and beside the window. */
  sendBeside(request: Request<RequestName>, timeoutMs = this.#responseTimeoutMs): Promise<Answer> {
    return new Promise((resolve, reject) => this.#put(request, timeoutMs, false, { resolve, reject }))
  }

  /** Brings an answer home. False if nobody waits for it: it is late, or never was asked for. */
  settle(answer: Answer): boolean {
    const entry = this.#inFlight.get(answer.sequence)
    if (entry === undefined) return false
    if (answer.command !== 'generic_nack' && answer.command !== responseOf[entry.command]) return false
    this.#release(answer.sequence, entry)
    entry.resolve(answer)
    this.#fill()
    return true
  }

  /** The connection is gone: everything that waits fails, in the order it was asked. */
  fail(message: string): void {
    this.#alarm?.cancel()
    this.#alarm = undefined
    const lost = [...this.#inFlight.values()]
    this.#inFlight.clear()
    this.#counted = 0
    for (const { reject } of lost) reject(new RequestError('lost', message))
    this.failWaiting(message)
  }

  /** Nothing new is sent any more; what is in flight may still be answered. */
  failWaiting(message: string): void {
    for (const { reject } of this.#waiting.splice(0)) reject(new RequestError('not-sent', message))
  }

  #put(
    request: Request<RequestName>,
    timeoutMs: number,
    isCounted: boolean,
    promise: Pick<InFlight, 'resolve' | 'reject'>,
  ): void {
    const sequence = this.#nextSequence()
    const octets = encodePdu({ ...request, sequence })
    const deadline = this.#timers.now() + timeoutMs
    const { resolve, reject } = promise
    this.#inFlight.set(sequence, { command: request.command, deadline, timeoutMs, isCounted, resolve, reject })
    if (isCounted) this.#counted++
    this.#setAlarm(deadline)
    this.#write(octets)
  }

  #fill(): void {
    while (this.#counted < this.#windowSize) {
      const next = this.#waiting.shift()
      if (next === undefined) return
      try {
        this.#put(next.request, this.#responseTimeoutMs, true, next)
      } catch (error) {
        // A value that does not fit its field: the caller's mistake, and nobody else's.
        next.reject(error as RequestError)
      }
    }
  }

  #release(sequence: number, { isCounted }: InFlight): void {
    this.#inFlight.delete(sequence)
    if (isCounted) this.#counted--
  }

  #nextSequence(): number {
    do this.#sequence = this.#sequence === MAX_SEQUENCE ? 1 : this.#sequence + 1
    while (this.#inFlight.has(this.#sequence))
    return this.#sequence
  }

  /** One alarm for all: it is set again when it rings, so that a request costs no timer of its own. */
  #setAlarm(at: number): void {
    if (this.#alarm !== undefined && this.#alarm.at <= at) return
    this.#alarm?.cancel()
    this.#alarm = { at, cancel: this.#timers.after(Math.max(0, at - this.#timers.now()), () => this.#ring()) }
  }

  #ring(): void {
    this.#alarm = undefined
    const now = this.#timers.now()
    for (const [sequence, entry] of this.#inFlight) {
      if (entry.deadline > now) continue
      this.#release(sequence, entry)
      const seconds = entry.timeoutMs / 1000
      entry.reject(new RequestError('no-response', `The peer has not answered ${entry.command} for ${seconds} s.`))
    }
    this.#fill()
    const next = Math.min(...[...this.#inFlight.values()].map(({ deadline }) => deadline))
    if (next !== Number.POSITIVE_INFINITY) this.#setAlarm(next)
  }
}
