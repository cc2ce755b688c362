import type { StoredContext } from '@textloom/core'
import { StepFailure } from './failure.ts'

/** Most characters that a flow may keep in variables and results, numbers and names counted: all of it is stored with every step. */
export const maxMemoryCharacters = 1_000_000

/** @throws StepFailure when a flow has come to remember too much */
export function checkMemory(
  { vars, results }: Pick<StoredContext, 'vars' | 'results'>,
  before: Pick<StoredContext, 'vars' | 'results'>,
): void {
  if (vars === before.vars && results === before.results) return
  if (countUpTo(maxMemoryCharacters, [vars, results]) <= maxMemoryCharacters) return
  const message = `The session remembers more than ${maxMemoryCharacters} characters. Keep less in its variables.`
  throw new StepFailure('engine/memory', message)
}

/** Roughly the characters that a value takes as JSON; counts no further than a little over `limit`. */
function countUpTo(limit: number, value: unknown): number {
  if (typeof value === 'string') return value.length + 2
  if (typeof value !== 'object' || value === null) return 8
  let count = 2
  for (const [name, item] of Object.entries(value)) {
    count += name.length + countUpTo(limit - count, item)
    if (count > limit) return count
  }
  return count
}
