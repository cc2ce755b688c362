import { SqlError } from '../../db/sql.ts'
import type { Dice } from './dice.ts'
import type { SimulatedProcess } from './simulated-process.ts'
import type { Timeline } from './timeline.ts'

/** What is wrong with the way to the storage. */
export interface StorageTrouble {
  /** Nothing can be asked. */
  isGone: boolean
  /** Share of the statements that fail before they are carried out, and of those whose answer is lost. */
  failing: number
  /** Share of the statements that take many seconds. */
  late: number
}

/** Has statements carried out: some time after they were asked for, whatever became of who asked. */
export type Ask = <Result>(statement: () => Result) => Promise<Result>

/** Code of a connection that went away: nobody knows whether the statement was carried out. */
const CONNECTION_GONE = '08006'
/** "deadlock detected" */
const DEADLOCK = '40P01'

export function storageConnection({
  timeline,
  dice,
  process,
  trouble,
}: {
  readonly timeline: Timeline
  readonly dice: Dice
  readonly process: SimulatedProcess
  readonly trouble: StorageTrouble
}): Ask {
  return (statement) => {
    const { promise, resolve, reject } = Promise.withResolvers<ReturnType<typeof statement>>()
    const answer = (what: () => void) => process.after(dice.between(1, 4), what)
    const fail = (code = CONNECTION_GONE) => answer(() => reject(new SqlError('The storage does not answer.', code)))
    const isFar = timeline.nowMs < process.farUntilMs
    const delayMs = isFar
      ? dice.between(5_000, 45_000)
      : dice.chance(trouble.late)
        ? dice.between(2_000, 25_000)
        : dice.between(1, 4)
    timeline.after(delayMs, () => {
      if (trouble.isGone || dice.chance(trouble.failing)) return fail()
      if (dice.chance(trouble.failing / 4)) return fail(DEADLOCK)
      const result = statement()
      if (dice.chance(trouble.failing)) return fail()
      answer(() => resolve(result))
    })
    return promise
  }
}
