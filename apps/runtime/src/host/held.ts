import { SqlError } from '../db/sql.ts'
import { type Pauses, pauseOf, realPauses } from './pauses.ts'
import { StoreUnavailable } from './store-unavailable.ts'

const HOLD_MS = 10_000
const FIRST_PAUSE_MS = 25
const LONGEST_PAUSE_MS = 1_000

/**
 * Does something with the database on behalf of somebody who waits for an acknowledgement: while the database cannot be
 * asked it is tried again, for as long as the answer is held.
 * @throws StoreUnavailable after that
 */
export async function held<Result>(
  work: () => Promise<Result>,
  { holdMs = HOLD_MS, pauses = realPauses }: { readonly holdMs?: number; readonly pauses?: Pauses } = {},
): Promise<Result> {
  const startedAtMs = pauses.nowMs()
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof SqlError) || error.isPoison) throw error
      if (pauses.nowMs() - startedAtMs + pauseMs > holdMs) throw new StoreUnavailable(error)
      await pauseOf(pauseMs, pauses)
    }
  }
}
