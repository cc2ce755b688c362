import type { Random } from '@textloom/core'
import { seededRandom } from '@textloom/engine'

/** The seed of this run: `SEED=7 npm test -- test/crash` plays a run again. */
export function seedOfRun(): number {
  const given = process.env.SEED
  return given === undefined ? Date.now() % 1_000_000 : Number(given)
}

/** Choices that come again with the same seed. */
export class Choices {
  readonly #random: Random

  constructor(seed: number) {
    this.#random = seededRandom(seed)
  }

  /** In [least, most). */
  between(least: number, most: number): number {
    return least + this.#random() * (most - least)
  }

  /** @throws Error when there is nothing to pick from */
  pick<T>(from: readonly T[]): T {
    const [picked] = from.slice(Math.floor(this.between(0, from.length)))
    if (picked === undefined) throw new Error('There is nothing to pick from.')
    return picked
  }
}
