import { Buffer } from 'node:buffer'

export const STX = 0x02
export const ETX = 0x03

/** Octets after which nothing on the connection can be trusted: the peer speaks another protocol or has lost its place. */
export class StrayOctets extends Error {
  override readonly name = 'StrayOctets'
}

/** What peers put between frames and mean nothing by. */
const blanks: ReadonlySet<number> = new Set([0x00, 0x0a, 0x0d, 0x20])

/**
 * Cuts a stream of octets into what stands between STX and ETX, however TCP has cut or joined it. A frame that begins
 * before the one before it has ended takes its place: the end was lost.
 */
export class Framing {
  readonly #maxFrameOctets: number
  readonly #maxStrayOctets: number
  /** What has come of the frame that is open; undefined between frames. */
  #open: Buffer[] | undefined
  #openOctets = 0
  /** Octets since the last whole frame that belong to none. */
  #strayOctets = 0
  #error: StrayOctets | undefined

  constructor({ maxFrameOctets, maxStrayOctets }: { maxFrameOctets: number; maxStrayOctets: number }) {
    this.#maxFrameOctets = maxFrameOctets
    this.#maxStrayOctets = maxStrayOctets
  }

  /**
   * Takes what came and hands out each frame that is complete, without its STX and ETX.
   *
   * @throws StrayOctets when a frame does not end, or too much belongs to none; from then on at every call.
   */
  *push(octets: Buffer): Generator<Buffer, void, undefined> {
    if (this.#error) throw this.#error
    let at = 0
    while (at < octets.length) {
      if (this.#open === undefined) at = this.#skipTo(octets, at)
      if (this.#open === undefined) return
      const end = octets.indexOf(ETX, at)
      const begin = octets.indexOf(STX, at)
      if (begin !== -1 && (end === -1 || begin < end)) {
        this.#countStray(this.#openOctets + begin - at + 1)
        this.#begin()
        at = begin + 1
      } else if (end === -1) {
        this.#keep(octets.subarray(at))
        return
      } else {
        this.#keep(octets.subarray(at, end))
        at = end + 1
        const content = this.#open.length === 1 ? (this.#open[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#open)
        this.#open = undefined
        this.#strayOctets = 0
        yield content
      }
    }
  }

  /** Moves to behind the next STX; what is passed over counts, blanks excepted. */
  #skipTo(octets: Buffer, from: number): number {
    const begin = octets.indexOf(STX, from)
    const passed = octets.subarray(from, begin === -1 ? octets.length : begin)
    this.#countStray(passed.reduce((count, octet) => count + (blanks.has(octet) ? 0 : 1), 0))
    if (begin === -1) return octets.length
    this.#begin()
    return begin + 1
  }

  #begin(): void {
    this.#open = []
    this.#openOctets = 0
  }

  #keep(piece: Buffer): void {
    this.#open?.push(piece)
    this.#openOctets += piece.length
    if (this.#openOctets > this.#maxFrameOctets) {
      throw this.#fail(`A frame has not ended within ${this.#maxFrameOctets} octets`)
    }
  }

  #countStray(octets: number): void {
    this.#strayOctets += octets
    if (this.#strayOctets > this.#maxStrayOctets) throw this.#fail(`${this.#strayOctets} octets belong to no frame`)
  }

  #fail(what: string): StrayOctets {
    this.#open = undefined
    this.#error = new StrayOctets(`${what}: the peer has lost its place or speaks another protocol.`)
    return this.#error
  }
}
