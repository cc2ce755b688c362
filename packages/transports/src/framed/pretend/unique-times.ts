const SECOND_MS = 1_000
/** Recipients whose last time stamp is remembered. */
const REMEMBERED = 10_000

/**
 * Time stamps to the second that no two messages of one phone share: in protocols whose ids are made of them, an SMSC
 * gives the second message of a second the next one.
 */
export class UniqueTimes {
  readonly #last = new Map<string, number>()

  /** A time at or after `now`, epoch milliseconds of a whole second. */
  next(phone: string, now: number): number {
    const second = Math.floor(now / SECOND_MS) * SECOND_MS
    const before = this.#last.get(phone)
    const time = before === undefined || second > before ? second : before + SECOND_MS
    this.#last.delete(phone)
    this.#last.set(phone, time)
    const [oldest] = this.#last.keys()
    if (this.#last.size > REMEMBERED && oldest !== undefined) this.#last.delete(oldest)
    return time
  }
}
