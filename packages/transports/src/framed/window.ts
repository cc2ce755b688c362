import type { Buffer } from 'node:buffer'
import { RequestError } from '../connection/request-error.ts'
import type { Timers } from '../timers.ts'
import type { Frame, FrameCodec, Numbers, Unnumbered } from './frame.ts'

interface Promised<F extends Frame> {
  resolve(answer: F): void
  reject(error: unknown): void
}

interface InFlight<F extends Frame> extends Promised<F> {
  readonly request: F
  readonly timeoutMs: number
  readonly isCounted: boolean
  cancelTimeout(): void
}

interface Waiting<F extends Frame> extends Promised<F> {
  readonly request: Unnumbered<F>
}

/** Numbers left to what keeps the session going, however large the window is. */
const RESERVED_NUMBERS = 1

/**
 * Our requests on one connection: numbers them in their circle, keeps no more than the window unanswered, brings each
 * answer home and gives up on those that never come. A number is not given again before its answer is there.
 */
export class NumberedWindow<F extends Frame> {
  readonly #codec: FrameCodec<F>
  readonly #numbers: Numbers
  readonly #size: number
  readonly #timeoutMs: number
  readonly #timers: Timers
  readonly #write: (octets: Buffer) => void
  readonly #inFlight = new Map<number, InFlight<F>>()
  readonly #waiting: Waiting<F>[] = []
  #counted = 0
  #turn = 0

  constructor(options: {
    readonly codec: FrameCodec<F>
    readonly numbers: Numbers
    readonly windowSize: number
    readonly responseTimeoutMs: number
    readonly timers: Timers
    readonly write: (octets: Buffer) => void
  }) {
    this.#codec = options.codec
    this.#numbers = options.numbers
    this.#size = Math.min(options.windowSize, options.numbers.count - RESERVED_NUMBERS)
    this.#timeoutMs = options.responseTimeoutMs
    this.#timers = options.timers
    this.#write = options.write
  }

  /** Requests that count against the window and have no answer yet. */
  get inFlight(): number {
    return this.#counted
  }

  /**
   * Sends a request as soon as the window has room, in the order of the calls.
   *
   * @throws RequestError if there is no answer; FrameError if it cannot be written.
   */
  send(request: Unnumbered<F>): Promise<F> {
    return new Promise((resolve, reject) => {
      if (this.#counted >= this.#size) this.#waiting.push({ request, resolve, reject })
      else this.#put(request, this.#timeoutMs, true, { resolve, reject })
    })
  }

  /** Sends what keeps the session itself going (login, alive, logout): at once and beside the window. */
  sendBeside(request: Unnumbered<F>, timeoutMs = this.#timeoutMs): Promise<F> {
    return new Promise((resolve, reject) => this.#put(request, timeoutMs, false, { resolve, reject }))
  }

  /** Brings an answer home. False if nobody waits for it: it is late, or never was asked for. */
  settle(answer: F): boolean {
    const entry = this.#inFlight.get(answer.number)
    if (entry === undefined || !this.#codec.isAnswerTo(answer, entry.request)) return false
    this.#release(entry)
    entry.resolve(answer)
    this.#fill()
    return true
  }

  /** The connection is gone: everything that waits fails, in the order it was asked. */
  fail(message: string): void {
    const lost = [...this.#inFlight.values()]
    for (const entry of lost) this.#release(entry)
    for (const { reject } of lost) reject(new RequestError('lost', message))
    this.failWaiting(message)
  }

  /** Nothing new is sent any more; what is in flight may still be answered. */
  failWaiting(message: string): void {
    for (const { reject } of this.#waiting.splice(0)) reject(new RequestError('not-sent', message))
  }

  #put(draft: Unnumbered<F>, timeoutMs: number, isCounted: boolean, { resolve, reject }: Promised<F>): void {
    const number = this.#nextNumber()
    if (number === undefined) {
      reject(new RequestError('not-sent', 'Every number is in use by a request that the peer has not answered.'))
      return
    }
    const request = { ...draft, number } as F
    let octets: Buffer
    try {
      octets = this.#codec.encode(request)
    } catch (error) {
      // What cannot be written is the caller's mistake, and nobody else's.
      reject(error)
      return
    }
    const cancelTimeout = this.#timers.after(timeoutMs, () => this.#giveUp(number))
    this.#inFlight.set(number, { request, timeoutMs, isCounted, resolve, reject, cancelTimeout })
    if (isCounted) this.#counted++
    this.#write(octets)
  }

  #giveUp(number: number): void {
    const entry = this.#inFlight.get(number)
    if (entry === undefined) return
    this.#release(entry)
    const what = this.#codec.nameOf(entry.request)
    const text = `The peer has not answered ${what} for ${entry.timeoutMs / 1000} s.`
    entry.reject(new RequestError('no-response', text))
    this.#fill()
  }

  #fill(): void {
    while (this.#counted < this.#size) {
      const next = this.#waiting.shift()
      if (next === undefined) return
      this.#put(next.request, this.#timeoutMs, true, next)
    }
  }

  #release({ request, isCounted, cancelTimeout }: InFlight<F>): void {
    cancelTimeout()
    this.#inFlight.delete(request.number)
    if (isCounted) this.#counted--
  }

  #nextNumber(): number | undefined {
    const { first, step, count } = this.#numbers
    for (let tries = 0; tries < count; tries++) {
      const number = first + step * (this.#turn++ % count)
      if (!this.#inFlight.has(number)) return number
    }
    return undefined
  }
}
