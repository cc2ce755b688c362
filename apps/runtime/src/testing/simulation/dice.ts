import { seededRandom } from '@textloom/engine'

/** Chance that comes out the same for the same seed. */
export interface Dice {
  /** A number from 0 on, less than 1. */
  next(): number
  chance(share: number): boolean
  /** A whole number of these, both included. */
  between(least: number, most: number): number
  one<Item>(items: readonly Item[]): Item
}

export function diceOf(seed: number): Dice {
  const next = seededRandom(seed)
  return {
    next,
    chance: (share) => next() < share,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    one(items) {
      const item = items[Math.floor(next() * items.length)]
      if (item === undefined) throw new Error('There is nothing to choose from.')
      return item
    },
  }
}
