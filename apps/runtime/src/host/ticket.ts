import type { HostEvent, Outcome } from './incoming.ts'

/** An event on its way through a lane, and who waits to hear that it is durable. */
export class Ticket {
  readonly event: HostEvent
  readonly settled: Promise<Outcome>
  /** What an attempt came to whose store may or may not have happened: told if it turns out that it did. */
  inDoubt: Outcome | undefined
  isSettled = false
  readonly #resolve: (outcome: Outcome) => void
  readonly #reject: (error: Error) => void

  constructor(event: HostEvent) {
    this.event = event
    const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
    this.settled = promise
    this.#resolve = resolve
    this.#reject = reject
  }

  /** The event is durable, and this came of it. */
  resolve(outcome: Outcome): void {
    this.isSettled = true
    this.#resolve(outcome)
  }

  /** Nobody may rely on the event: it is to be handed in again. */
  reject(error: Error): void {
    this.isSettled = true
    this.#reject(error)
  }
}
