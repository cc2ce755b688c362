import type { Timers } from '../timers.ts'
import type { ReceivedMt } from './events.ts'

/** MTs that nobody has asked for yet, in the order they came, and those who wait for the next one. */
export class Inbox {
  readonly #timers: Timers
  readonly #unread: ReceivedMt[] = []
  readonly #waiting: { readonly to: string | undefined; take(mt: ReceivedMt): void }[] = []

  constructor(timers: Timers) {
    this.#timers = timers
  }

  add(mt: ReceivedMt): void {
    const index = this.#waiting.findIndex(({ to }) => to === undefined || to === mt.to)
    if (index === -1) this.#unread.push(mt)
    else this.#waiting.splice(index, 1)[0]?.take(mt)
  }

  /** The next MT to this phone, or to any; undefined if none comes in time. */
  next(to: string | undefined, withinMs: number): Promise<ReceivedMt | undefined> {
    const index = this.#unread.findIndex((mt) => to === undefined || mt.to === to)
    if (index !== -1) return Promise.resolve(this.#unread.splice(index, 1)[0])
    return new Promise((resolve) => {
      const entry = {
        to,
        take: (mt: ReceivedMt) => {
          cancel()
          resolve(mt)
        },
      }
      const cancel = this.#timers.after(withinMs, () => {
        this.#waiting.splice(this.#waiting.indexOf(entry), 1)
        resolve(undefined)
      })
      this.#waiting.push(entry)
    })
  }
}
