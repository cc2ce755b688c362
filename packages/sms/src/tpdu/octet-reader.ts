import { SmsError } from '../errors.ts'

/** Reads octets one field after another; each field is named, so that an error can say which one is cut short. */
export class OctetReader {
  readonly #octets: Uint8Array
  #at = 0

  constructor(octets: Uint8Array) {
    this.#octets = octets
  }

  /** The offset of the next octet. */
  get offset(): number {
    return this.#at
  }

  /** How many octets are left. */
  get left(): number {
    return this.#octets.length - this.#at
  }

  /** @throws SmsError `sms/tpdu-truncated` when there is none */
  octet(field: string): number {
    return this.take(field, 1)[0] ?? 0
  }

  /** A view of the next octets. @throws SmsError `sms/tpdu-truncated` when there are fewer */
  take(field: string, count: number): Uint8Array {
    if (count > this.left) {
      throw new SmsError(
        'sms/tpdu-truncated',
        `${field} needs ${count} octets at offset ${this.#at}, there are ${this.left}. The TPDU is cut short or no TPDU.`,
        { octetOffset: this.#at },
      )
    }
    this.#at += count
    return this.#octets.subarray(this.#at - count, this.#at)
  }
}
