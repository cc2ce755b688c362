import { seededRandom } from '@textloom/engine'

/** Chance that comes out the same for the same seed. */
export interface Dice {
  /** A whole number from 0 on, less than `limit`. */
  below(limit: number): number
  chance(share: number): boolean
  one<Item>(items: readonly Item[]): Item
  /** So many of them, the same one more than once perhaps. */
  some<Item>(items: readonly Item[], count: number): Item[]
}

export function diceOf(seed: number): Dice {
  const random = seededRandom(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  const one = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)]
    if (item === undefined) throw new Error('There is nothing to choose from.')
    return item
  }
  return {
    below,
    one,
    chance: (share) => random() < share,
    some: (items, count) => Array.from({ length: count }, () => one(items)),
  }
}
