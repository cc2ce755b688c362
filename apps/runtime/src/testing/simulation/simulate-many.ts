import type { LedgerLine } from './ledger.ts'
import { simulate } from './simulate.ts'

/** What became of many histories. */
export interface SimulationReport {
  readonly histories: number
  /** How many MTs came to phones. */
  readonly received: number
  /** How often something was made to go wrong, beside what goes wrong by itself. */
  readonly faults: number
  /** What must not be, with the seed that brings it back. */
  readonly wrong: readonly { readonly seed: number; readonly why: string }[]
}

/** Plays so many histories, each by its own seed, from `first` on; shows each to `seen`. */
export async function simulateMany({
  first,
  count,
  seen,
}: {
  readonly first: number
  readonly count: number
  seen?(lines: readonly LedgerLine[]): void
}): Promise<SimulationReport> {
  const report = { histories: 0, received: 0, faults: 0 }
  const all: { seed: number; why: string }[] = []
  for (let seed = first; seed < first + count; seed += 1) {
    const { lines, wrong } = await simulate(seed)
    report.histories += 1
    report.received += lines.filter(({ what }) => what === 'received').length
    report.faults += lines.filter(({ what }) => what === 'fault').length
    for (const why of wrong) all.push({ seed, why })
    seen?.(lines)
  }
  return { ...report, wrong: all }
}
