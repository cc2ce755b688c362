interface Entry {
  readonly atMs: number
  readonly order: number
  what: (() => void) | undefined
}

/**
 * Virtual time: what is to happen, by when. One thing happens at a time, with all that follows from it at once, and the
 * clock stands still meanwhile; so nothing depends on how fast a machine is.
 */
export class Timeline {
  nowMs = 0
  /** A heap: the next is at the front. */
  readonly #entries: Entry[] = []
  #count = 0

  /** Lets something happen in so many milliseconds, unless the function returned is called before. */
  after(ms: number, what: () => void): () => void {
    const entry: Entry = { atMs: this.nowMs + Math.max(0, ms), order: this.#count++, what }
    this.#push(entry)
    return () => {
      entry.what = undefined
    }
  }

  /** Lets everything happen that is to happen by then. */
  async runUntil(endMs: number): Promise<void> {
    for (let next = this.#entries[0]; next !== undefined && next.atMs <= endMs; next = this.#entries[0]) {
      this.#pop()
      if (next.what === undefined) continue
      this.nowMs = next.atMs
      next.what()
      // What follows at once are microtasks: all of them are done before the event loop turns.
      await new Promise((resolve) => setImmediate(resolve))
    }
    this.nowMs = endMs
  }

  #push(entry: Entry): void {
    const heap = this.#entries
    let index = heap.push(entry) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!this.#swapIfBefore(index, parent)) return
      index = parent
    }
  }

  #pop(): void {
    const heap = this.#entries
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    heap[0] = last
    for (let index = 0; ; ) {
      const [left, right] = [2 * index + 1, 2 * index + 2]
      const least = isBefore(heap[right], heap[left]) ? right : left
      if (!this.#swapIfBefore(least, index)) return
      index = least
    }
  }

  #swapIfBefore(index: number, other: number): boolean {
    const [one, two] = [this.#entries[index], this.#entries[other]]
    if (one === undefined || two === undefined || !isBefore(one, two)) return false
    this.#entries[index] = two
    this.#entries[other] = one
    return true
  }
}

function isBefore(one: Entry | undefined, other: Entry | undefined): boolean {
  if (one === undefined || other === undefined) return one !== undefined
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order)
}
