import type { LinkHost, LinkStatus } from '@textloom/core'
import type { Timers } from '../timers.ts'
import type { Frame, Unnumbered } from './frame.ts'
import type { FramedSession } from './session.ts'

/** What an errand has brought: facts for the status of the link, or what the operator should know. */
export interface Brought {
  readonly facts?: NonNullable<LinkStatus['facts']>
  readonly problem?: string
}

/** A request that a link makes on its own account once it is logged in: not for an MT, and not to stay alive. */
export interface Errand<F extends Frame> {
  /** For the log: `the clock of the SMSC`. */
  readonly name: string
  readonly request: Unnumbered<F>
  /** How long after its answer it is made again; left out, once a login. */
  readonly everyMs?: number
  hear(answer: F): Brought
}

/** The errands of a link: made at each login, one after the other, and again while it lasts. */
export class Errands<F extends Frame> {
  readonly #timers: Timers
  readonly #log: LinkHost['log']
  readonly #onFacts: () => void
  readonly #cancels = new Set<() => void>()
  #facts: NonNullable<LinkStatus['facts']> = {}

  constructor(timers: Timers, log: LinkHost['log'], onFacts: () => void) {
    this.#timers = timers
    this.#log = log
    this.#onFacts = onFacts
  }

  /** What the errands have brought so far, the newest of each. */
  get facts(): NonNullable<LinkStatus['facts']> {
    return this.#facts
  }

  /** Makes them by a session that is logged in. Those of the session before are over. */
  async make(errands: readonly Errand<F>[], session: FramedSession<F>): Promise<void> {
    this.stop()
    for (const errand of errands) await this.#make(errand, session)
  }

  /** Makes none of them again. */
  stop(): void {
    for (const cancel of this.#cancels) cancel()
    this.#cancels.clear()
  }

  async #make(errand: Errand<F>, session: FramedSession<F>): Promise<void> {
    if (session.state !== 'bound') return
    const { facts, problem } = await session.request(errand.request).then(
      (answer) => errand.hear(answer),
      (error: unknown): Brought => ({ problem: String(error) }),
    )
    if (problem !== undefined) this.#log('warn', `${errand.name}: ${problem}`)
    if (facts !== undefined) {
      this.#facts = { ...this.#facts, ...facts }
      this.#onFacts()
    }
    if (errand.everyMs === undefined || session.state !== 'bound') return
    const cancel = this.#timers.after(errand.everyMs, () => {
      this.#cancels.delete(cancel)
      void this.#make(errand, session)
    })
    this.#cancels.add(cancel)
  }
}
