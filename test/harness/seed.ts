/** Random numbers that come again with the same seed (mulberry32). */
export interface Seeded {
  /** In [0, 1). */
  next(): number
  /** In [least, most). */
  between(least: number, most: number): number
  /** @throws Error when there is nothing to pick from */
  pick<T>(from: readonly T[]): T
}

/** The seed of this run: `SEED=7 npm test -- test/crash` plays a run again. */
export function seedOfRun(): number {
  const given = process.env.SEED
  return given === undefined ? Date.now() % 1_000_000 : Number(given)
}

export function seeded(seed: number): Seeded {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    between: (least, most) => least + next() * (most - least),
    pick(from) {
      const [picked] = from.slice(Math.floor(next() * from.length))
      if (picked === undefined) throw new Error('There is nothing to pick from.')
      return picked
    },
  }
}
