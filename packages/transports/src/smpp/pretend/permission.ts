import { ESME } from '../pdu/status.ts'

/** What a network permits its customer: so many submit_sm in each second of its clock. */
export class Permission {
  readonly #now: () => number
  #second = 0
  #taken = 0
  mostPerSecond: number | undefined

  constructor(now: () => number, mostPerSecond: number | undefined) {
    this.#now = now
    this.mostPerSecond = mostPerSecond
  }

  /** Takes one, or answers the status it is refused with. */
  refusal(): number | undefined {
    if (this.mostPerSecond === undefined) return undefined
    if (this.mostPerSecond === 0) return ESME.RMSGQFUL
    const second = Math.floor(this.#now() / 1_000)
    if (second !== this.#second) this.#taken = 0
    this.#second = second
    if (this.#taken >= this.mostPerSecond) return ESME.RTHROTTLED
    this.#taken += 1
    return undefined
  }
}
