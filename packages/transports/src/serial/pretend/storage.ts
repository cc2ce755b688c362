/** A message in the storage of a modem. */
export interface StoredMessage {
  /** 0 received and unread, 1 received and read (3GPP TS 27.005 §3.1). */
  status: 0 | 1
  readonly pdu: Uint8Array
  /** Called when it is deleted. */
  readonly onDeleted: () => void
}

/** The places of a modem's storage, from 1. */
export class MessageStorage {
  readonly capacity: number
  readonly #places = new Map<number, StoredMessage>()

  constructor(capacity: number) {
    this.capacity = capacity
  }

  get used(): number {
    return this.#places.size
  }

  get isFull(): boolean {
    return this.used >= this.capacity
  }

  /** Puts a message in the first free place and answers which. @throws Error when there is none */
  put(message: StoredMessage): number {
    for (let place = 1; place <= this.capacity; place++) {
      if (this.#places.has(place)) continue
      this.#places.set(place, message)
      return place
    }
    throw new Error('The storage is full.')
  }

  at(place: number): StoredMessage | undefined {
    return this.#places.get(place)
  }

  delete(place: number): void {
    const message = this.#places.get(place)
    this.#places.delete(place)
    message?.onDeleted()
  }

  entries(): readonly (readonly [place: number, message: StoredMessage])[] {
    return [...this.#places].toSorted(([a], [b]) => a - b)
  }
}
