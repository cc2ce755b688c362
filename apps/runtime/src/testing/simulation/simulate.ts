import type { Clock } from '@textloom/core'
import type { StartRequested } from '../../host/incoming.ts'
import { checkHistory } from './check-history.ts'
import { type Dice, diceOf } from './dice.ts'
import type { LedgerLine, Part } from './ledger.ts'
import { allGuards, type Guards } from './mutants.ts'
import { Network } from './network.ts'
import { orderFlows } from './orders.ts'
import { type Habit, type Phone, phoneOf } from './phones.ts'
import { type RuntimeProcess, startRuntime } from './runtime-process.ts'
import { serviceOf } from './service.ts'
import { SimulatedProcess } from './simulated-process.ts'
import { Storage } from './storage.ts'
import { storageConnection } from './storage-connection.ts'
import { Timeline } from './timeline.ts'

/** One history, as its seed made it. */
export interface History {
  readonly seed: number
  readonly lines: readonly LedgerLine[]
  /** A sentence for each promise that was not kept. */
  readonly wrong: readonly string[]
}

const BEGAN_AT = Date.UTC(2026, 0, 1, 12)
/** How long phones write and things go wrong. */
const EVENTFUL_MS = 60_000
/**
 * Longer than anything that is still under way may take: what has not come after so much silence never will, unless it
 * waits for another try.
 */
const SILENCE_MS = 45_000
/** So long it is watched that nothing follows once all is as it should be. */
const CALM_MS = 20_000
const LONGEST_MS = 900_000
/** Whoever asks waits no longer for an answer. */
const ANSWER_WITHIN_MS = 15_000

/**
 * Plays one history: phones text the runtime over a network, in one to three processes that share a storage, while
 * answers get lost, processes are killed, stopped for a while and started again. Everything is drawn by the seed, so
 * the same seed gives the same history.
 */
export async function simulate(seed: number, guards: Guards = allGuards): Promise<History> {
  const dice = diceOf(seed)
  const timeline = new Timeline()
  const lines: LedgerLine[] = []
  const note = (line: LedgerLine) => void lines.push(line)
  const clock: Clock = { now: () => BEGAN_AT + Math.floor(timeline.nowMs) }

  const storage = new Storage({
    now: clock.now,
    guards,
    stored: ({ phone, rev }) => note({ at: timeline.nowMs, what: 'stored', phone, rev }),
  })
  const trouble = { isGone: false, failing: dice.one([0, 0.01, 0.05]), late: dice.one([0, 0.005, 0.02]) }
  const networkTrouble = { doubled: dice.one([0, 0.1, 0.3]), refusing: dice.one([0, 0.05, 0.2]) }
  const phones = new Map<string, Phone>()
  const network = new Network({
    timeline,
    dice,
    note,
    trouble: networkTrouble,
    arrived: (phone, text) => phones.get(phone)?.hears(text),
  })
  const service = serviceOf({ timeline, dice, note })
  const house = new House({ timeline, dice, clock, storage, network, service, guards, trouble })
  const habits: readonly Habit[] = ['counting', 'counting', 'waiting', 'asked', 'long', 'asking', 'ordered']
  for (const [index, habit] of habits.entries()) {
    const number = `+1555000${index + 1}`
    const write = (channel: string, text: string, part?: Part) => network.write(number, channel, text, part)
    if (habit === 'ordered') orderFlows({ timeline, dice, clock, note, phone: number, untilMs: EVENTFUL_MS, house })
    phones.set(number, phoneOf(habit, { timeline, dice, number, untilMs: EVENTFUL_MS, write }))
  }

  const goWrong = () => {
    if (timeline.nowMs >= EVENTFUL_MS) return
    note({ at: timeline.nowMs, what: 'fault', how: house.goWrong() })
    timeline.after(dice.between(1_000, 15_000), goWrong)
  }
  timeline.after(dice.between(1_000, 15_000), goWrong)
  await timeline.runUntil(EVENTFUL_MS)
  Object.assign(trouble, { failing: 0, late: 0 })
  Object.assign(networkTrouble, { doubled: 0, refusing: 0 })
  const judge = () => checkHistory(lines, new Map(storage.mts.map((mt) => [mt.id, mt])), [...phones.values()])
  for (;;) {
    await timeline.runUntil(timeline.nowMs + 5_000)
    const spokeAtMs = Math.max(EVENTFUL_MS, lines.at(-1)?.at ?? 0, storage.lastTryAt - BEGAN_AT)
    const silenceMs = timeline.nowMs - spokeAtMs
    const wrong = silenceMs < CALM_MS ? undefined : judge()
    if (wrong?.length === 0 || silenceMs >= SILENCE_MS || timeline.nowMs >= LONGEST_MS)
      return { seed, lines, wrong: wrong ?? judge() }
  }
}

interface HouseDeps
  extends Pick<Parameters<typeof startRuntime>[0], 'clock' | 'storage' | 'network' | 'service' | 'guards'> {
  readonly timeline: Timeline
  readonly dice: Dice
  readonly trouble: { isGone: boolean; failing: number; late: number }
}

interface Inhabitant {
  readonly pid: number
  readonly process: SimulatedProcess
  readonly runtime: RuntimeProcess
}

/** The processes, and what befalls them. */
class House {
  readonly #deps: HouseDeps
  /** True where processes are on one machine, and can tell which others are gone. */
  readonly #isOneMachine: boolean
  readonly #living: Inhabitant[] = []
  #pids = 0

  constructor(deps: HouseDeps) {
    this.#deps = deps
    this.#isOneMachine = deps.dice.chance(0.5)
    const count = deps.dice.between(1, 3)
    for (let index = 0; index < count; index += 1) this.#start()
  }

  /** Asks one of the processes to begin a flow; resolves with whether it said that it does or will. */
  request(event: StartRequested): Promise<boolean> {
    const { timeline, dice } = this.#deps
    const one = this.#living.length === 0 ? undefined : dice.one(this.#living)
    const { promise, resolve } = Promise.withResolvers<boolean>()
    timeline.after(ANSWER_WITHIN_MS, () => resolve(false))
    one?.process.after(dice.between(1, 30), () => void one.runtime.request(event).then(resolve))
    return promise
  }

  /** Lets something go wrong; what, in words. */
  goWrong(): string {
    const { timeline, dice, network, trouble } = this.#deps
    const one = this.#living.length === 0 ? undefined : dice.one(this.#living)
    const kinds = ['kill', 'kill', 'stop for a while', 'stop in order', 'far', 'no storage', 'connection'] as const
    const kind = dice.one(kinds)
    if (kind === 'no storage') {
      trouble.isGone = true
      timeline.after(dice.between(500, 15_000), () => {
        trouble.isGone = false
      })
      return kind
    }
    if (kind === 'connection' || one === undefined) {
      network.breakOne()
      return 'connection'
    }
    if (kind === 'far') one.process.farUntilMs = timeline.nowMs + dice.between(500, 3_000)
    else if (kind === 'stop for a while') one.process.stopFor(dice.between(500, 40_000))
    else if (kind === 'kill') this.#end(one)
    else void one.runtime.stop().then(() => this.#end(one))
    return `${kind} ${one.pid}`
  }

  #start(): void {
    const { timeline, dice, trouble } = this.#deps
    const pid = ++this.#pids
    const process = new SimulatedProcess(timeline, dice)
    const ask = storageConnection({ timeline, dice, process, trouble })
    const runtime = startRuntime({
      ...this.#deps,
      process,
      pid,
      ask,
      isGone: (other) => this.#isOneMachine && !this.#living.some((one) => one.pid === other),
      signal: (link) => this.#signal(link),
    })
    this.#living.push({ pid, process, runtime })
  }

  #end(one: Inhabitant): void {
    if (!one.process.isAlive) return
    one.process.kill()
    this.#living.splice(this.#living.indexOf(one), 1)
    this.#deps.timeline.after(this.#deps.dice.between(100, 8_000), () => this.#start())
  }

  #signal(link: string): void {
    for (const { process, runtime } of this.#living) process.after(2, () => runtime.wake(link))
  }
}
