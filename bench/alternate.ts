/** What is compared: each is called again and again, and says how many operations it has done. */
export type Section = () => number | Promise<number>

/**
 * Operations per second of each section. They take turns, several times each, because a machine is not the same from one
 * second to the next; the median of each one's turns counts.
 */
export async function alternate<Name extends string>(
  sections: Readonly<Record<Name, Section>>,
  { seconds, turns = 3 }: { readonly seconds: number; readonly turns?: number },
): Promise<Record<Name, number>> {
  const entries = Object.entries<Section>(sections)
  const rates = new Map<string, number[]>(entries.map(([name]) => [name, []]))
  for (const [, section] of entries) await rateOf(section, seconds / turns) // warm
  for (let turn = 0; turn < turns; turn++) {
    for (const [name, section] of entries) rates.get(name)?.push(await rateOf(section, seconds / turns))
  }
  return Object.fromEntries([...rates].map(([name, its]) => [name, median(its)])) as Record<Name, number>
}

async function rateOf(section: Section, seconds: number): Promise<number> {
  const startedAtMs = performance.now()
  let done = 0
  let elapsedMs = 0
  while (elapsedMs < seconds * 1_000) {
    const count = section()
    done += typeof count === 'number' ? count : await count
    elapsedMs = performance.now() - startedAtMs
  }
  return (done / elapsedMs) * 1_000
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value that `share` of the values do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}
