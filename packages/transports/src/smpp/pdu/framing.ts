import { Buffer } from 'node:buffer'
import { HEADER_OCTETS } from './encode.ts'
import { FramingError } from './errors.ts'
import { ESME } from './status.ts'

/** Far above any honest PDU: message_payload ends at 64 KiB in theory and at a few KiB in practice. */
const MAX_PDU_OCTETS = 65_536

/**
 * Cuts a stream of octets into PDUs by their command_length (SMPP 3.4 §3.2), however TCP has cut or joined them. After an
 * impossible length the place in the stream is lost: from then on every call throws the same error.
 */
export class Framing {
  /** What has come of the next PDU. */
  #pieces: Buffer[] = []
  #piecesOctets = 0
  /** Octets of this connection that went out as whole PDUs. */
  #consumedOctets = 0
  #error: FramingError | undefined
  readonly #maxOctets: number

  constructor(maxOctets = MAX_PDU_OCTETS) {
    this.#maxOctets = maxOctets
  }

  /**
   * Takes what came and hands out each PDU that is complete, as a view of what came where it can.
   *
   * @throws FramingError for a command_length under 16 or over the limit, after the PDUs before it.
   */
  *push(octets: Buffer): Generator<Buffer, void, undefined> {
    if (this.#error) throw this.#error
    if (octets.length > 0) this.#pieces.push(octets)
    this.#piecesOctets += octets.length
    const available = this.#join()
    let start = 0
    try {
      while (available.length - start >= 4) {
        const length = available.readUInt32BE(start)
        if (length < HEADER_OCTETS || length > this.#maxOctets) throw this.#lost(length)
        if (available.length - start < length) break
        start += length
        this.#consumedOctets += length
        yield available.subarray(start - length, start)
      }
    } finally {
      if (start > 0 && this.#error === undefined) this.#keep(available.subarray(start))
    }
  }

  #keep(rest: Buffer): void {
    this.#pieces = rest.length > 0 ? [rest] : []
    this.#piecesOctets = rest.length
  }

  /** The octets at hand as one buffer; only as much as tells the length while a PDU is still incomplete. */
  #join(): Buffer {
    const [first] = this.#pieces
    if (first === undefined) return Buffer.alloc(0)
    if (this.#pieces.length === 1) return first
    // Joining at every piece of a large PDU would take quadratic time: wait until it is whole.
    if (first.length >= 4) {
      const length = first.readUInt32BE(0)
      if (length >= HEADER_OCTETS && length <= this.#maxOctets && this.#piecesOctets < length) return first
    }
    const joined = Buffer.concat(this.#pieces)
    this.#pieces = [joined]
    return joined
  }

  #lost(length: number): FramingError {
    const limit = length < HEADER_OCTETS ? `under ${HEADER_OCTETS}` : `over ${this.#maxOctets}`
    this.#error = new FramingError(
      `command_length at octet ${this.#consumedOctets} of the connection is ${length}, which is ${limit}: ` +
        'the peer has lost its place or speaks another protocol.',
      ESME.RINVCMDLEN,
      this.#consumedOctets,
    )
    this.#pieces = []
    return this.#error
  }
}
