import {
  type ChannelInfo,
  type Contact,
  changedContact,
  type Random,
  type SessionEvent,
  type StepInput,
  type StepResult,
  type StoredSession,
  type StoredTimer,
  type TimerEvent,
} from '@textloom/core'
import type { CompiledFlow } from '../compile.ts'
import { step } from '../step.ts'

/** Most timers that one advance fires: a year of hourly ones. A flow that wakes each second must not hang its test. */
const maxFirings = 10_000

/** What a simulated session plays with. */
export interface SessionHostOptions {
  readonly machineOf: (revision: string) => CompiledFlow
  /** Whom it begins with; what flows change of them, it keeps. */
  readonly contact: Contact
  readonly channel: ChannelInfo
  /** Epoch milliseconds at which it begins. */
  readonly now: number
  readonly random: Random
  readonly revisionOf?: NonNullable<StepInput['revisionOf']>
}

/**
 * The smallest host of `step`: one contact, a clock that is moved by hand, and one variable where the runtime has a
 * table. What it stores it writes as JSON and reads again before every event, so that nothing can live in memory only.
 */
export class SessionHost {
  readonly #options: SessionHostOptions
  #stored = JSON.stringify({ session: null, timers: [] })
  #rev = 0
  #now: number
  #contact: Contact

  constructor(options: SessionHostOptions) {
    this.#options = options
    this.#now = options.now
    this.#contact = options.contact
  }

  /** Epoch milliseconds. */
  get now(): number {
    return this.#now
  }

  get contact(): Contact {
    return this.#contact
  }

  get session(): StoredSession | null {
    return this.#read().session
  }

  get timers(): readonly StoredTimer[] {
    return this.#read().timers
  }

  /** Steps the session by an event. `revision` names the flow of a start. */
  deliver(event: SessionEvent, revision?: string): StepResult {
    const { session, timers } = this.#read()
    this.#rev += 1
    const { machineOf, channel, random, revisionOf } = this.#options
    const result = step(machineOf, {
      ...(revision === undefined ? {} : { revision }),
      stored: session,
      timers,
      event,
      now: this.#now,
      random,
      rev: this.#rev,
      contact: this.#contact,
      channel,
      ...(revisionOf ? { revisionOf } : {}),
    })
    for (const effect of result.effects) {
      if (effect.kind === 'contact') this.#contact = changedContact(this.#contact, effect.change)
    }
    this.#stored = JSON.stringify({ session: result.stored, timers: result.timers })
    return result
  }

  /**
   * Moves the clock, firing each timer that falls due on the way with the clock at its due time. Timers that firing one
   * sets are fired too if they are due by then.
   * @throws RangeError when they are too many
   */
  *advance(durationMs: number): Generator<StepResult> {
    const end = this.#now + durationMs
    let firings = 0
    for (let timer = this.#nextDue(end); timer; timer = this.#nextDue(end)) {
      firings += 1
      if (firings > maxFirings) {
        throw new RangeError(`More than ${maxFirings} timers fire within that time. Move the clock by less at once.`)
      }
      this.#now = Math.max(this.#now, timer.dueAt)
      yield this.deliver(timerEvent(timer))
    }
    this.#now = end
  }

  #read(): { session: StoredSession | null; timers: readonly StoredTimer[] } {
    return JSON.parse(this.#stored)
  }

  #nextDue(end: number): StoredTimer | undefined {
    return this.timers.filter(({ dueAt }) => dueAt <= end).sort((a, b) => a.dueAt - b.dueAt)[0]
  }
}

function timerEvent({ id, setAtRev, dueAt }: StoredTimer): TimerEvent {
  return { type: 'timer', id, setAtRev, dueAt }
}
