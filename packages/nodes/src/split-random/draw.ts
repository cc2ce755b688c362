import type { Way } from './schema.ts'

/** The way that a number in [0, 1) falls on, when each takes as much room as it weighs; undefined when none weighs. */
export function draw<Weighed extends Pick<Way, 'weight'>>(
  ways: readonly Weighed[],
  random: number,
): Weighed | undefined {
  const wanted = random * totalOf(ways)
  const heavy = ways.filter(({ weight }) => weight > 0)
  // Of sums that miss the total by a rounding error the last way takes the rest.
  return heavy.find((_, index) => wanted < totalOf(heavy.slice(0, index + 1))) ?? heavy.at(-1)
}

/** The share of a way in percent, as a card shows it: whole, or with one digit below ten. */
export function shareOf({ weight }: Pick<Way, 'weight'>, ways: readonly Pick<Way, 'weight'>[]): number {
  const total = totalOf(ways)
  if (total === 0) return 0
  const percent = (weight / total) * 100
  return percent < 10 ? Math.round(percent * 10) / 10 : Math.round(percent)
}

function totalOf(ways: readonly Pick<Way, 'weight'>[]): number {
  return ways.reduce((sum, { weight }) => sum + weight, 0)
}
