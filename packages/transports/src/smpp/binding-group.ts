import type { LinkStatus } from '@textloom/core'
import type { Binding } from './binding.ts'

/** The binds of one link, as many and of such kinds as its settings say: one that is lost leaves its work to the others. */
export class BindingGroup {
  readonly #bindings: readonly Binding[]
  readonly #windowSize: number
  /** Where the next search for a sender begins, so that equals take turns. */
  #turn = 0

  constructor(bindings: readonly Binding[], { windowSize }: { readonly windowSize: number }) {
    this.#bindings = bindings
    this.#windowSize = windowSize
  }

  start(): void {
    for (const binding of this.#bindings) binding.start()
  }

  async stop(unbindTimeoutMs: number): Promise<void> {
    await Promise.all(this.#bindings.map((binding) => binding.stop(unbindTimeoutMs)))
  }

  /** False for a link of receivers only. */
  get canSend(): boolean {
    return this.#senders.length > 0
  }

  /** Is any bind there by which MOs come? */
  get isReceiving(): boolean {
    return this.#receivers.some(({ state }) => state === 'bound')
  }

  /** The bind for the next MT: of those that are bound the one with least to do. */
  nextSender(): Binding | undefined {
    const bound = this.#senders.filter(({ session }) => session !== undefined)
    const start = this.#turn++ % Math.max(bound.length, 1)
    const inTurn = [...bound.slice(start), ...bound.slice(0, start)]
    return inTurn.reduce<Binding | undefined>(
      (least, one) => (least && load(least) <= load(one) ? least : one),
      undefined,
    )
  }

  /**
   * The whole link: as good as the best of its binds in each direction, and as bad as the worse direction. The window is
   * that of all binds that are there.
   */
  status(now: number): LinkStatus {
    const best = [this.#senders, this.#receivers].map((role) => role.toSorted(bySeverity)[0])
    const worst = best
      .filter((one) => one !== undefined)
      .toSorted(bySeverity)
      .at(-1)
    const sending = this.#senders.flatMap(({ session }) => session ?? [])
    const lastError = worst?.lastError ?? this.#bindings.find(({ lastError }) => lastError !== undefined)?.lastError
    return {
      state: worst?.state ?? 'stopped',
      since: worst?.since ?? now,
      inFlight: sending.reduce((sum, { inFlight }) => sum + inFlight, 0),
      windowSize: this.#windowSize * Math.max(1, sending.length),
      ...(lastError === undefined ? {} : { lastError }),
      ...(this.#isOne ? {} : { facts: this.#facts() }),
    }
  }

  get #senders(): readonly Binding[] {
    return this.#bindings.filter(({ mode }) => mode !== 'receiver')
  }

  get #receivers(): readonly Binding[] {
    return this.#bindings.filter(({ mode }) => mode !== 'transmitter')
  }

  get #isOne(): boolean {
    return this.#bindings.length === 1
  }

  /** Each bind by its number: `{ binds: '1 of 2', bind1: 'transceiver bound', bind2: 'transceiver waiting: …' }`. */
  #facts(): NonNullable<LinkStatus['facts']> {
    const bound = this.#bindings.filter(({ state }) => state === 'bound').length
    const each = this.#bindings.map(({ mode, state, lastError }, index) => {
      const why = lastError === undefined ? '' : `: ${lastError}`
      return [`bind${index + 1}`, `${mode} ${state}${why}`]
    })
    return { binds: `${bound} of ${this.#bindings.length}`, ...Object.fromEntries(each) }
  }
}

function load({ session }: Binding): number {
  return session === undefined ? 0 : session.inFlight + session.waiting
}

const severity: Readonly<Record<LinkStatus['state'], number>> = {
  bound: 0,
  connecting: 1,
  waiting: 2,
  refused: 3,
  stopped: 4,
}

/** The best first; of equals the one that has been so for longest. */
function bySeverity(a: Binding, b: Binding): number {
  return severity[a.state] - severity[b.state] || a.since - b.since
}
