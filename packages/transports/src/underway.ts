import { systemTimers, type Timers } from './timers.ts'

/** The work of a link that a stop waits for: MTs without an answer, MOs that are being stored. */
export class Underway {
  readonly #work = new Set<Promise<unknown>>()
  readonly #timers: Timers

  constructor(timers: Timers = systemTimers) {
    this.#timers = timers
  }

  track<T>(work: Promise<T>): Promise<T> {
    const done = () => this.#work.delete(work)
    this.#work.add(work)
    work.then(done, done)
    return work
  }

  /** Resolves when all that is underway now has ended, or after `graceMs`. */
  async settled(graceMs: number): Promise<void> {
    let cancel = () => {}
    const grace = new Promise<void>((resolve) => {
      cancel = this.#timers.after(graceMs, resolve)
    })
    await Promise.race([grace, Promise.allSettled([...this.#work])])
    cancel()
  }
}
