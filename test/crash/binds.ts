import type { LedgerLine } from './ledger.ts'

/** How many binds there were at once, at most, and how many there are at the end. */
export function bindsOver(lines: readonly LedgerLine[]): { readonly most: number; readonly last: number } {
  const open = new Set<number>()
  let most = 0
  for (const line of lines) {
    if (line.type === 'bind') open.add(line.connection)
    if (line.type === 'closed') open.delete(line.connection)
    most = Math.max(most, open.size)
  }
  return { most, last: open.size }
}
