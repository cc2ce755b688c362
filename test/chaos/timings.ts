import type { LedgerLine } from '../crash/ledger.ts'

/** From each line of a type to the first MT after it, in milliseconds; no figure where the next fault came first. */
export function silencesAfter(lines: readonly LedgerLine[], type: 'start' | 'kill'): number[] {
  const silences: number[] = []
  let since: number | undefined
  for (const line of lines) {
    if (line.type === type) since = line.at
    else if (line.type === 'kill') since = undefined
    else if (line.type === 'mt received' && since !== undefined) {
      silences.push(line.at - since)
      since = undefined
    }
  }
  return silences
}

/** 0 for none. */
export function longest(silences: readonly number[]): number {
  return Math.max(0, ...silences)
}
