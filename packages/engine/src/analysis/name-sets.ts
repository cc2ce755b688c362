/** The names that may have been set on the way to a place, and those that may have been left out. */
export interface SetAndEmpty {
  readonly possible: Uint32Array
  readonly empty: Uint32Array
}

/** Sets of a few known names, a bit each, so that thousands of nodes can have one. */
export class NameSets {
  readonly #indexes: ReadonlyMap<string, number>
  readonly #words: number

  constructor(names: readonly string[]) {
    this.#indexes = new Map([...new Set(names)].map((name, index) => [name, index]))
    this.#words = Math.ceil(this.#indexes.size / 32)
  }

  /** A set of those of the names that are known. */
  of(names: readonly string[]): Uint32Array {
    const set = new Uint32Array(this.#words)
    for (const name of names) {
      const index = this.#indexes.get(name)
      if (index !== undefined) set[index >> 5] = (set[index >> 5] ?? 0) | (1 << (index & 31))
    }
    return set
  }

  all(): Uint32Array {
    return this.of([...this.#indexes.keys()])
  }

  has(set: Uint32Array, name: string): boolean {
    const index = this.#indexes.get(name)
    return index !== undefined && ((set[index >> 5] ?? 0) & (1 << (index & 31))) !== 0
  }

  /**
   * Lets what is known at one place pass on to another, some names being set on the way; true when the other has come to
   * know more.
   */
  pass(into: SetAndEmpty, from: SetAndEmpty, set: Uint32Array): boolean {
    let grew = false
    for (let index = 0; index < this.#words; index++) {
      const [possible, empty, written] = [into.possible[index] ?? 0, into.empty[index] ?? 0, set[index] ?? 0]
      const nowPossible = (possible | (from.possible[index] ?? 0) | written) >>> 0
      const nowEmpty = (empty | ((from.empty[index] ?? 0) & ~written)) >>> 0
      if (nowPossible === possible && nowEmpty === empty) continue
      into.possible[index] = nowPossible
      into.empty[index] = nowEmpty
      grew = true
    }
    return grew
  }
}
