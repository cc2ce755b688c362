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

/** The longest time without an MT after the first kill, until the last MT, in milliseconds: how long nothing worked. */
export function longestGapAfterKill(lines: readonly LedgerLine[]): number {
  const first = lines.findIndex(({ type }) => type === 'kill')
  const times = lines.slice(Math.max(0, first)).flatMap(({ type, at }) => (type === 'mt received' ? [at] : []))
  return longest(times.map((at, index) => at - (times[index - 1] ?? at)))
}

/** 0 for none. */
export function longest(silences: readonly number[]): number {
  return Math.max(0, ...silences)
}

/**
 * From each text that was handed over since `sinceMs` to its reply, in milliseconds, of the phones that are wanted;
 * what a text waited for in the SMSC is not counted.
 */
export function replyTimes(
  lines: readonly LedgerLine[],
  { sinceMs = 0, wants = () => true }: { readonly sinceMs?: number; readonly wants?: (phone: string) => boolean } = {},
): number[] {
  const sentAt = new Map<string, number>()
  const times: number[] = []
  for (const line of lines) {
    if (line.type === 'mo sent' && line.at >= sinceMs && wants(line.phone)) {
      const name = `${line.phone} ${line.text}`
      if (!sentAt.has(name)) sentAt.set(name, line.at)
    } else if (line.type === 'mt received') {
      const name = `${line.phone} ${line.text.slice(line.text.indexOf(' ') + 1)}`
      const since = sentAt.get(name)
      if (since !== undefined) times.push(line.at - since)
      sentAt.delete(name)
    }
  }
  return times
}

/** The time that so many of a hundred are within; 0 for none. */
export function percentile(times: readonly number[], percent: number): number {
  const sorted = times.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0
}
