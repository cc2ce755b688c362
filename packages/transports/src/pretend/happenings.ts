import type { Timers } from '../timers.ts'
import type { ReceivedMt, SmscEvent, SmscHappening } from './events.ts'

/** Tells what happens at a pretend SMSC to everyone who listens, and keeps it for those who ask later. */
export class Happenings {
  readonly #timers: Timers
  readonly #keepsRecords: boolean
  readonly #listeners = new Set<(event: SmscEvent) => void>()
  /** Every event, oldest first; empty where records are not kept. */
  readonly events: SmscEvent[] = []

  constructor(options: {
    readonly timers: Timers
    readonly keepRecords?: boolean | undefined
    readonly onEvent?: ((event: SmscEvent) => void) | undefined
  }) {
    this.#timers = options.timers
    this.#keepsRecords = options.keepRecords !== false
    if (options.onEvent !== undefined) this.#listeners.add(options.onEvent)
  }

  /** All MTs so far that are whole. */
  get mts(): readonly ReceivedMt[] {
    return this.events.filter((event) => event.type === 'mt')
  }

  tell(happening: SmscHappening): void {
    const event = { at: this.#timers.now(), ...happening } as SmscEvent
    if (this.#keepsRecords) this.events.push(event)
    for (const listener of [...this.#listeners]) listener(event)
  }

  /** Tells every event from now on; call what it returns to stop that. */
  onEvent(listener: (event: SmscEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Resolves with the next event, from now on, that `fits`. */
  next<T extends SmscEvent['type']>(
    type: T,
    fits: (event: Extract<SmscEvent, { type: T }>) => boolean = () => true,
  ): Promise<Extract<SmscEvent, { type: T }>> {
    return new Promise((resolve) => {
      const stop = this.onEvent((event) => {
        if (event.type !== type) return
        const found = event as Extract<SmscEvent, { type: T }>
        if (!fits(found)) return
        stop()
        resolve(found)
      })
    })
  }
}
