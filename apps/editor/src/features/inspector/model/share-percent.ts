import type { Json } from '@textloom/core'
import { isObject } from './row-model.ts'

/** What a weight comes to among those of all entries, in percent: whole, or with one digit below ten. */
export function sharePercent(weight: number, rows: readonly Json[], key: string): number {
  const total = rows.reduce<number>((sum, row) => sum + (isObject(row) ? Number(row[key] ?? 0) : 0), 0)
  if (!(total > 0)) return 0
  const percent = (weight / total) * 100
  return percent < 10 ? Math.round(percent * 10) / 10 : Math.round(percent)
}
