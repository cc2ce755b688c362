import type { StepInput, StoredTimer } from '@textloom/core'
import { expiryTimerId } from '../compile.ts'

/** The timers of a session while a step changes them. */
export class TimerSet {
  readonly #timers: Map<string, StoredTimer>
  readonly #now: number
  readonly #rev: number

  constructor({ timers, now, rev }: Pick<StepInput, 'timers' | 'now' | 'rev'>) {
    this.#timers = new Map(timers.map((timer) => [timer.id, timer]))
    this.#now = now
    this.#rev = rev
  }

  set(id: string, delayMs: number): void {
    this.#timers.set(id, { id, setAtRev: this.#rev, dueAt: this.#now + delayMs })
  }

  cancel(id: string): void {
    this.#timers.delete(id)
  }

  /** The flow that set them is over. */
  cancelNodes(): void {
    for (const { id } of this.ofNodes()) this.#timers.delete(id)
  }

  /** The timers of nodes: all but the session's expiry. */
  ofNodes(): StoredTimer[] {
    return [...this.#timers.values()].filter(({ id }) => id !== expiryTimerId)
  }

  /** Moves the session's expiry. Where it already stands there, it stays the same timer. */
  expireAt(dueAt: number): void {
    if (this.#timers.get(expiryTimerId)?.dueAt === dueAt) return
    this.#timers.set(expiryTimerId, { id: expiryTimerId, setAtRev: this.#rev, dueAt })
  }

  all(): StoredTimer[] {
    return [...this.#timers.values()]
  }
}

/** Is a timer event that of a timer which is still stored, and due? */
export function isDue(event: { id: string; setAtRev: number; dueAt: number }, input: StepInput): boolean {
  return (
    event.dueAt <= input.now &&
    input.timers.some(
      ({ id, setAtRev, dueAt }) => id === event.id && setAtRev === event.setAtRev && dueAt === event.dueAt,
    )
  )
}
