import { durationSchema, parseDuration } from '@textloom/core'
import * as z from 'zod'
import type { Timers } from '../../timers.ts'
import type { PretendModem } from './modem.ts'

const faultSchema = z.strictObject({
  isSilent: z.boolean().optional(),
  refuseNext: z.int().min(0).max(999).optional(),
  delayNextMs: z.int().min(0).optional(),
  isChatty: z.boolean().optional(),
  isQuiet: z.boolean().optional(),
  isOffline: z.boolean().optional(),
  unplugAfterOctets: z.int().min(0).optional(),
  errorsNext: z.int().min(0).optional(),
  simBusyNext: z.int().min(0).optional(),
  isPromptless: z.boolean().optional(),
})

/** One line of a script for the pretend modem (docs/guides/modem.md). */
export const modemStepSchema = z.union([
  z.strictObject({ mo: z.strictObject({ from: z.string(), text: z.string() }) }),
  z.strictObject({ wait: z.union([z.literal('deleted'), durationSchema]) }),
  z.strictObject({
    expect: z.strictObject({ mt: z.strictObject({ to: z.string().optional(), text: z.string().optional() }) }),
    within: durationSchema.default('PT10S'),
  }),
  z.strictObject({ fault: faultSchema }),
  z.strictObject({ unplug: z.literal(true) }),
  z.strictObject({ restart: z.literal(true) }),
  z.strictObject({ exit: z.int().min(0).max(255) }),
])

/** A step with its defaults filled in. */
export type ModemStep = z.output<typeof modemStepSchema>

/** A script expected a text that did not come. */
export class UnmetModemExpectation extends Error {
  override readonly name = 'UnmetModemExpectation'
}

/** Plays the steps of a script on a pretend modem, one after another. */
export class ModemPlayer {
  readonly #modem: PretendModem
  readonly #timers: Timers
  readonly #underway = new Set<Promise<void>>()
  /** How many texts of the modem an expectation has seen. */
  #seen = 0

  constructor(modem: PretendModem, timers: Timers) {
    this.#modem = modem
    this.#timers = timers
  }

  /** Plays one step; answers the exit code, if the script ends here. @throws UnmetModemExpectation */
  async play(step: ModemStep): Promise<number | undefined> {
    if ('mo' in step) this.#hears(step.mo.from, step.mo.text)
    else if ('wait' in step) await this.#wait(step.wait)
    else if ('expect' in step) await this.#expect(step.expect.mt, parseDuration(step.within))
    else if ('fault' in step) Object.assign(this.#modem.faults, step.fault)
    else if ('unplug' in step) this.#modem.unplug()
    else if ('restart' in step) this.#modem.restart()
    else return step.exit
    return undefined
  }

  #hears(from: string, text: string): void {
    const deleted = this.#modem.hears(from, text)
    this.#underway.add(deleted)
    void deleted.then(() => this.#underway.delete(deleted))
  }

  async #wait(what: string): Promise<void> {
    if (what === 'deleted') await Promise.all([...this.#underway])
    else await new Promise<void>((resolve) => this.#timers.after(parseDuration(what), resolve))
  }

  async #expect(expected: { to?: string | undefined; text?: string | undefined }, withinMs: number): Promise<void> {
    const { promise: tooLate, resolve } = Promise.withResolvers<undefined>()
    const cancel = this.#timers.after(withinMs, () => resolve(undefined))
    const mt = this.#modem.texts[this.#seen] ?? (await Promise.race([this.#modem.next(), tooLate]))
    cancel()
    const wanted = `Expected a text ${JSON.stringify(expected)}`
    if (mt === undefined) throw new UnmetModemExpectation(`${wanted}: none came within ${withinMs / 1000} s.`)
    this.#seen += 1
    const isAsExpected = (expected.to ?? mt.to) === mt.to && (expected.text ?? mt.text) === mt.text
    if (!isAsExpected) throw new UnmetModemExpectation(`${wanted}: ${JSON.stringify(mt)} came.`)
  }
}
