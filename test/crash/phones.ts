import { setTimeout as pause } from 'node:timers/promises'
import { until } from '@textloom/runtime/testing/system'
import type { PretendSmsc } from '@textloom/transports/pretend-smsc'
import type { Choices } from './choices.ts'

export interface PhonesOptions {
  readonly count: number
  readonly to: string
  readonly random: Choices
  /** Between two texts of one phone, on average. */
  readonly pauseMs: number
  /** A phone that waits for so many answers writes no more. */
  readonly mostUnanswered: number
  /** The number of the first, after +3630. Default 1000000. */
  readonly firstNumber?: number
}

/** Phones that talk. */
export interface Phones {
  readonly numbers: readonly string[]
  /** How many texts were written so far. */
  readonly written: () => number
  /** How many of them were answered. */
  readonly answered: () => number
  /** Everybody says one last thing and waits for its answer. @throws Error naming those who waited in vain */
  finish(withinMs: number): Promise<void>
  /** Everybody falls silent at once. */
  silence(): Promise<void>
}

/** Phones that write `t1`, `t2`, … steadily, whatever happens to the other side, to the flow that counts. */
export function startPhones(smsc: Pick<PretendSmsc, 'hears' | 'onEvent'>, options: PhonesOptions): Phones {
  const { count, firstNumber = 1_000_000 } = options
  const phones = Array.from({ length: count }, (_, index) => new Phone(`+3630${firstNumber + index}`, smsc, options))
  const byNumber = new Map(phones.map((phone) => [phone.number, phone]))
  smsc.onEvent((event) => {
    if (event.type === 'mt') byNumber.get(event.to)?.got(event.text)
  })
  const talking = phones.map((phone) => phone.talk())
  const sumOf = (what: (phone: Phone) => number) => phones.reduce((sum, phone) => sum + what(phone), 0)
  const silence = async () => {
    for (const phone of phones) phone.isTalking = false
    await Promise.all(talking)
  }
  return {
    numbers: [...byNumber.keys()],
    written: () => sumOf(({ written }) => written),
    answered: () => sumOf(({ written, unanswered }) => written - unanswered),
    silence,
    async finish(withinMs) {
      await silence()
      for (const phone of phones) phone.say()
      const silent = () => phones.filter(({ unanswered }) => unanswered > 0).map(({ number }) => number)
      await until(
        () => silent().length === 0,
        () => `answers to ${silent().join(', ')}`,
        withinMs,
      )
    },
  }
}

class Phone {
  readonly number: string
  readonly #smsc: Pick<PretendSmsc, 'hears'>
  readonly #options: PhonesOptions
  readonly #waiting = new Set<string>()
  isTalking = true
  written = 0

  constructor(number: string, smsc: Pick<PretendSmsc, 'hears'>, options: PhonesOptions) {
    this.number = number
    this.#smsc = smsc
    this.#options = options
  }

  get unanswered(): number {
    return this.#waiting.size
  }

  async talk(): Promise<void> {
    const { random, pauseMs, mostUnanswered } = this.#options
    while (this.isTalking) {
      await pause(random.between(0, 2 * pauseMs))
      if (this.isTalking && this.unanswered < mostUnanswered) this.say()
    }
  }

  say(): void {
    const text = `t${++this.written}`
    this.#waiting.add(text)
    void this.#smsc.hears({ from: this.number, to: this.#options.to, text })
  }

  got(text: string): void {
    this.#waiting.delete(text.slice(text.indexOf(' ') + 1))
  }
}
