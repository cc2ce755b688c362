/** Faults that wait for their turn, in the order they were asked for. */
export class FaultQueue<F extends { readonly times: number }> {
  readonly #queue: { readonly fault: F; left: number }[] = []

  add(fault: F): void {
    this.#queue.push({ fault, left: fault.times })
  }

  /** The fault for what happens now, if any. */
  take(): F | undefined {
    const [first] = this.#queue
    if (first === undefined) return undefined
    first.left--
    if (first.left === 0) this.#queue.shift()
    return first.fault
  }
}
