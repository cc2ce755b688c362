import type { GuardedFetch } from '../../host/guarded-fetch.ts'
import { OutgoingError } from '../../host/guarded-fetch.ts'
import type { Dice } from './dice.ts'
import type { LedgerLine } from './ledger.ts'
import type { SimulatedProcess } from './simulated-process.ts'
import type { Timeline } from './timeline.ts'

/** What is at the end of the requests of flows: it numbers them, and knows one again by its key. */
export interface Service {
  seenFrom(process: SimulatedProcess): Pick<GuardedFetch, 'fetch'>
}

/** A service that is slow at times, and at times cannot be reached. */
export function serviceOf(deps: {
  readonly timeline: Timeline
  readonly dice: Dice
  note(line: LedgerLine): void
}): Service {
  const { timeline, dice, note } = deps
  const answers = new Map<string, number>()

  function answerTo(key: string): number {
    const answer = answers.get(key) ?? answers.size + 1
    answers.set(key, answer)
    note({ at: timeline.nowMs, what: 'asked', key, answer })
    return answer
  }

  return {
    seenFrom: (process) => ({
      fetch({ headers, timeoutMs }) {
        const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<GuardedFetch['fetch']>>>()
        const failWith = (kind: 'timeout' | 'network') => reject(new OutgoingError(kind, 'Nothing came back.'))
        process.after(timeoutMs, () => failWith('timeout'))
        timeline.after(dice.between(1, 300), () => {
          if (dice.chance(0.1)) return void process.after(1, () => failWith('network'))
          const said = answerTo(headers['idempotency-key'] ?? '')
          const isSlow = dice.chance(0.15)
          const text = JSON.stringify({ said: `${said}` })
          const answer = { status: 200, mediaType: 'application/json', text }
          process.after(dice.between(1, isSlow ? 12_000 : 800), () => resolve(answer))
        })
        return promise
      },
    }),
  }
}
