import { setTimeout as pause } from 'node:timers/promises'
import type { CrashRun } from '../crash/crash-run.ts'
import { percentile, replyTimes } from './timings.ts'

/** A machine that others use too is never quieter than this, and nobody notices it in an SMS. */
const UNNOTICED_MS = 250

/** How those fared who had nothing to do with what went on. */
export interface Bystanders {
  readonly figures: { readonly p95BeforeMs: number; readonly p95MeanwhileMs: number }
  readonly violations: readonly string[]
}

/**
 * Measures how long phones wait for replies, first while nothing is wrong and then while something is.
 * @param meanwhile makes it wrong, and ends when it is over
 * @param factor how much longer they may wait, unless it is not noticed anyway
 */
export async function besideBystanders(
  run: CrashRun,
  { calmMs, factor }: { readonly calmMs: number; readonly factor: number },
  meanwhile: () => Promise<void>,
): Promise<Bystanders> {
  const own = new Set(run.phones.numbers.map((number) => number.slice(1)))
  const wants = (phone: string) => own.has(phone)
  const begunAt = Date.now()
  await pause(calmMs)
  const p95BeforeMs = percentile(replyTimes(run.ledger.lines, { sinceMs: begunAt, wants }), 95)
  const wrongAt = Date.now()
  await meanwhile()
  const p95MeanwhileMs = percentile(replyTimes(run.ledger.lines, { sinceMs: wrongAt, wants }), 95)
  const isNoticed = p95MeanwhileMs > Math.max(UNNOTICED_MS, factor * p95BeforeMs)
  const sentence = `others: 95 % of their replies took up to ${p95MeanwhileMs} ms instead of ${p95BeforeMs} ms.`
  return { figures: { p95BeforeMs, p95MeanwhileMs }, violations: isNoticed ? [sentence] : [] }
}
