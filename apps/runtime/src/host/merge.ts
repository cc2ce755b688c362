import type { StoreBatch } from '../db/hot/types.ts'
import type { TakenTurn } from './turn/take-turn.ts'
import { type OpenBatch, openBatch } from './turn/turn.ts'

/** The rows of several turns as one batch. */
export function merged(turns: readonly TakenTurn[]): StoreBatch {
  const whole = openBatch()
  for (const { turn } of turns) {
    for (const name of Object.keys(whole) as (keyof OpenBatch)[]) append(whole, turn.batch, name)
  }
  return whole
}

function append<Name extends keyof OpenBatch>(whole: OpenBatch, batch: OpenBatch, name: Name): void {
  const rows: readonly unknown[] = batch[name]
  if (rows.length > 0) (whole[name] as unknown[]).push(...rows)
}
