/** How many numbers of one bind are remembered: far more than any SMSC keeps unanswered. */
const REMEMBERED = 8192

/**
 * Makes ids of MOs out of sequence numbers, which is all that SMPP gives: the same for a PDU that comes again on the same
 * bind, another for one whose number only came round. SMSCs count to 2^31, to 65,535 or, the bad ones, not at all.
 */
export class MoIds {
  readonly #prefix: string
  readonly #remembered: number
  #round = 0
  #highest = -1
  #fingerprints = new Map<number, string>()

  /**
   * @param prefix names link and bind, for example `mo:smsc-a:17`.
   * @param options `numbersInCircle` is where a protocol with a small circle of numbers begins again: half of it is
   * remembered, so that an equal text one circle later is another one.
   */
  constructor(prefix: string, { numbersInCircle = 2 * REMEMBERED }: { readonly numbersInCircle?: number } = {}) {
    this.#prefix = prefix
    this.#remembered = Math.min(REMEMBERED, Math.floor(numbersInCircle / 2))
  }

  /** The id of the PDU with this number and content. */
  idOf(sequence: number, fingerprint: string): string {
    const before = this.#fingerprints.get(sequence)
    const isSame = before === fingerprint
    if (!isSame && (before !== undefined || sequence <= this.#lowestTrusted())) this.#beginRound()
    this.#fingerprints.set(sequence, fingerprint)
    this.#highest = Math.max(this.#highest, sequence)
    if (this.#fingerprints.size > this.#remembered) this.#forgetOldest()
    return this.#round === 0 ? `${this.#prefix}:${sequence}` : `${this.#prefix}.${this.#round}:${sequence}`
  }

  /** A number this far below the highest was either remembered or belongs to a new round. */
  #lowestTrusted(): number {
    return this.#highest - this.#remembered
  }

  #beginRound(): void {
    this.#round++
    this.#fingerprints = new Map()
    this.#highest = -1
  }

  #forgetOldest(): void {
    const [oldest] = this.#fingerprints.keys()
    if (oldest !== undefined) this.#fingerprints.delete(oldest)
  }
}
