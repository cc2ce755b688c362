import type { Pauses } from '../../host/pauses.ts'
import type { Dice } from './dice.ts'
import type { Timeline } from './timeline.ts'

/**
 * What a program runs in: it can be killed, after which nothing of it happens any more, and be stopped for a while,
 * after which all happens at once that was to happen meanwhile.
 */
export class SimulatedProcess {
  readonly pauses: Pauses
  readonly #timeline: Timeline
  readonly #dying: (() => void)[] = []
  /** Until then whatever it asks of the storage gets there very late. */
  farUntilMs = 0
  #isAlive = true
  #awakeAtMs = 0

  constructor(timeline: Timeline, dice: Dice) {
    this.#timeline = timeline
    this.pauses = {
      nowMs: () => timeline.nowMs,
      after: (ms, done) => this.after(ms, done),
      nextTurn: () => new Promise((resolve) => this.after(0, resolve)),
      random: dice.next,
    }
  }

  get isAlive(): boolean {
    return this.#isAlive
  }

  /** Lets something happen in it, if it lives by then; returns how to take that back. */
  after(ms: number, what: () => void): () => void {
    let isWanted = true
    const happen = () => {
      if (!isWanted || !this.#isAlive) return
      const leftMs = this.#awakeAtMs - this.#timeline.nowMs
      if (leftMs > 0) this.#timeline.after(leftMs, happen)
      else what()
    }
    this.#timeline.after(ms, happen)
    return () => {
      isWanted = false
    }
  }

  /** SIGSTOP, and SIGCONT after so long. */
  stopFor(ms: number): void {
    this.#awakeAtMs = Math.max(this.#awakeAtMs, this.#timeline.nowMs + ms)
  }

  /** SIGKILL: its memory is gone, and the other ends of its connections hear that they are closed. */
  kill(): void {
    this.#isAlive = false
    for (const die of this.#dying) die()
  }

  onDeath(die: () => void): void {
    this.#dying.push(die)
  }
}
