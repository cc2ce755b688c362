import { parseDuration } from '@textloom/core'

const units = [
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const

/** A duration as people say it: `PT90M` is "1 hour 30 minutes", `P7D` is "7 days". */
export function inWords(duration: string): string {
  let restMs = parseDuration(duration)
  if (restMs < 1_000) return restMs === 0 ? 'no time' : `${restMs} milliseconds`
  const parts: string[] = []
  for (const [unit, unitMs] of units) {
    const count = unit === 'second' ? restMs / unitMs : Math.floor(restMs / unitMs)
    // Seven days are a week, but nobody calls ten days a week and three days.
    if (unit === 'week' && restMs % unitMs !== 0) continue
    if (unit === 'week' && count < 2) continue
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? '' : 's'}`)
    restMs -= count * unitMs
  }
  return parts.join(' ')
}
