import { type Address, type DlrState, parseDuration } from '@textloom/core'
import type { Timers } from '../timers.ts'
import type { ReceivedMt, SmscEvent, SmscHappening } from './events.ts'
import { Inbox } from './inbox.ts'
import type { ExpectedMt, Handsets, Step } from './script-steps.ts'

/** A script expected something that did not happen. */
export class UnmetExpectation extends Error {
  override readonly name = 'UnmetExpectation'
}

/** A pretend SMSC, as scripts use it. */
export interface ScriptedSmsc {
  /** Those that are connected. */
  readonly connections: readonly { readonly state: string }[]
  /** Resolves once the other side has taken it: with false if it was refused for good. */
  hears(mo: { readonly from: Address; readonly to: Address; readonly text: string }): Promise<boolean>
  /** @param fault as the protocol's schema has made it. */
  fault(fault: unknown): void
  setDlr(dlr: { readonly afterMs?: number; readonly state?: DlrState } | null): void
  dropConnections(): void
  onEvent(listener: (event: SmscEvent) => void): () => void
  next(type: 'bound'): Promise<unknown>
}

/** Plays the steps of a script on a pretend SMSC, one after another. */
export class ScriptPlayer {
  readonly #smsc: ScriptedSmsc
  readonly #timers: Timers
  readonly #inbox: Inbox
  readonly #startedAt: number
  readonly #onEvent: (event: SmscHappening) => void
  /** MOs that no ESME has taken yet. */
  readonly #untaken = new Set<Promise<boolean>>()

  /** @param onEvent is told what the player itself has to say: how handsets fared. */
  constructor(smsc: ScriptedSmsc, timers: Timers, onEvent: (event: SmscHappening) => void) {
    this.#smsc = smsc
    this.#timers = timers
    this.#onEvent = onEvent
    this.#inbox = new Inbox(timers)
    this.#startedAt = timers.now()
    smsc.onEvent((event) => {
      if (event.type === 'mt') this.#inbox.add(event)
    })
  }

  /**
   * Plays one step and resolves when the next may begin: with the exit code, if the script ends here.
   *
   * @throws UnmetExpectation
   */
  async play(step: Step): Promise<number | undefined> {
    if ('mo' in step) this.#hears(step.mo.from, step.mo.to, step.mo.text)
    else if ('wait' in step) await this.#wait(step.wait)
    else if ('at' in step) await this.#pause(this.#startedAt + parseDuration(step.at) - this.#timers.now())
    else if ('expect' in step) await this.#expect(step.expect.mt, step.within)
    else if ('silence' in step) await this.#expectSilence(step.to, step.silence)
    else if ('fault' in step) this.#smsc.fault(step.fault)
    else if ('drop' in step) this.#smsc.dropConnections()
    else if ('dlr' in step) this.#smsc.setDlr(dlrOf(step))
    else if ('handsets' in step) await this.#handsets(step.handsets)
    else return step.exit
    return undefined
  }

  #hears(from: string, to: string, text: string): void {
    const taken = this.#smsc.hears({ from, to, text })
    this.#untaken.add(taken)
    taken.then(() => this.#untaken.delete(taken)).catch(() => undefined)
  }

  async #wait(what: string): Promise<void> {
    if (what === 'acknowledged') await Promise.all([...this.#untaken])
    else if (what !== 'bound') await this.#pause(parseDuration(what))
    else if (this.#smsc.connections.every(({ state }) => state !== 'bound')) await this.#smsc.next('bound')
  }

  async #pause(ms: number): Promise<void> {
    if (ms > 0) await new Promise<void>((resolve) => this.#timers.after(ms, resolve))
  }

  async #expect(expected: ExpectedMt, within: string): Promise<void> {
    const mt = await this.#inbox.next(expected.to, parseDuration(within))
    const problem = mt === undefined ? `none came within ${within}` : difference(expected, mt)
    if (problem !== undefined) throw new UnmetExpectation(`Expected an MT ${JSON.stringify(expected)}: ${problem}.`)
  }

  async #expectSilence(to: string | undefined, duration: string): Promise<void> {
    const mt = await this.#inbox.next(to, parseDuration(duration))
    const whom = to === undefined ? '' : ` for ${to}`
    if (mt !== undefined)
      throw new UnmetExpectation(`Expected no MT${whom} for ${duration}: ${JSON.stringify(mt)} came.`)
  }

  async #handsets(handsets: Handsets): Promise<void> {
    const tally = { count: handsets.count, said: 0, replies: 0, silences: 0 }
    const talks = Array.from({ length: handsets.count }, (_, index) => this.#handset(handsets, index, tally))
    const done = Promise.all(talks).then(() => this.#onEvent({ type: 'handsets', ...tally }))
    if (!handsets.background) await done
  }

  async #handset(
    { from, to, say, repeat, reply, within, every }: Handsets,
    index: number,
    tally: { said: number; replies: number; silences: number },
  ): Promise<void> {
    const phone = from.replace(/\d+$/, (digits) => String(BigInt(digits) + BigInt(index)).padStart(digits.length, '0'))
    for (let round = 0; round < repeat; round++) {
      for (const text of say) {
        await this.#pause(parseDuration(every))
        this.#hears(phone, to, text)
        tally.said++
        if (!reply) continue
        const mt = await this.#inbox.next(phone, parseDuration(within))
        if (mt === undefined) tally.silences++
        else tally.replies++
      }
    }
  }
}

function dlrOf({ dlr, after }: { dlr: string | null; after: string }) {
  return dlr === null ? null : { state: dlr as DlrState, afterMs: parseDuration(after) }
}

function difference({ from, text, matches }: ExpectedMt, mt: ReceivedMt): string | undefined {
  const isAsExpected =
    (from === undefined || from === mt.from) &&
    (text === undefined || text === mt.text) &&
    (matches === undefined || new RegExp(matches, 'u').test(mt.text))
  return isAsExpected ? undefined : `${JSON.stringify(mt)} came`
}
