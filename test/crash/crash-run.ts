import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { FlowDocument } from '@textloom/core'
import type { Storage } from '@textloom/runtime/testing/system'
import {
  countingFlow,
  type Instance,
  type InstanceOptions,
  makeInstance,
  type RunningRuntime,
} from '@textloom/runtime/testing/system'
import { PretendSmsc, type PretendSmscOptions } from '@textloom/transports/pretend-smsc'
import { type Account, type CheckOptions, checkLedger, type Violation } from './check-ledger.ts'
import type { Choices } from './choices.ts'
import { Ledger } from './ledger.ts'
import { type Phones, startPhones } from './phones.ts'

/** What is ended at once; the link goes first where it goes at all, so that acknowledgements are lost on their way. */
export type KillKind = 'runtime' | 'link, runtime' | 'runtime, database'

export interface CrashRunOptions {
  readonly storage: Storage
  readonly random: Choices
  readonly kinds: readonly KillKind[]
  /** How the SMSC behaves otherwise. */
  readonly smsc?: PretendSmscOptions
  /** Default: fifty who write 170 texts a second between them. */
  readonly load?: Load
  /** Beside the one that counts, for phones of the scenario's own. */
  readonly flows?: readonly FlowDocument[]
  /** How many processes share the storage. Default 1. */
  readonly processes?: number
  /** How long the SMSC takes to answer a submit_sm. Default: it does at once. */
  readonly slowMs?: number
  /** What else the instance declares. */
  readonly instance?: Pick<InstanceOptions, 'link' | 'channel' | 'more'>
  readonly env?: NodeJS.ProcessEnv
  /** What runs instead of `textloom start`. */
  readonly program?: readonly string[]
  /** Whether the processes write to the phones by themselves, too; only `doorless.ts` can be told to. */
  readonly withNews?: boolean
}

/** How many talk, and how much. */
export interface Load {
  readonly phones: number
  /** Between two texts of one phone, on average. */
  readonly pauseMs: number
  /** A phone that waits for so many answers writes no more. Default 3. */
  readonly mostUnanswered?: number
}

/** A run that goes on: phones talk, the runtime is killed and started again. */
export interface CrashRun {
  readonly smsc: PretendSmsc
  readonly ledger: Ledger
  readonly phones: Phones
  readonly runtimes: readonly RunningRuntime[]
  /** Kills once more, at a moment the seed decides, and starts again. */
  kill(): Promise<void>
  /** Breaks the link at a moment the seed decides; nobody dies. */
  breakLink(): Promise<void>
  /** Ends the first process as an operator does, at a moment the seed decides, and starts it again. */
  stopGracefully(): ReturnType<RunningRuntime['stop']>
  /** Kills the first process, and leaves it so. */
  down(): Promise<void>
  /** Starts it again. */
  up(): Promise<RunningRuntime>
  /**
   * @param checks where other times than the usual ones hold
   * @param others phones that talk to other flows
   */
  violations(account?: Account, checks?: Partial<CheckOptions>, others?: ReadonlySet<string>): Violation[]
  /** Where the ledger was written, for whoever has to find out. */
  keepLedger(name: string): string
  stop(): Promise<void>
}

const MANY = 1_000_000
const WINDOW_SIZE = 10
const usualLoad: Load = { phones: 50, pauseMs: 300 }
const NEWS = /^news \d+$/
const NEWS_EVERY_MS = 50

/** Starts everything; the phones talk at once. */
export async function startCrashRun(options: CrashRunOptions): Promise<CrashRun> {
  const { storage, random, kinds, program, env, slowMs, processes = 1, load = usualLoad } = options
  // An MO that was not taken comes again soon: the sooner, the more of them meet a runtime that knows them already.
  const smsc = await new PretendSmsc({ retryMs: 50, window: WINDOW_SIZE, ...options.smsc }).start()
  if (slowMs !== undefined) smsc.fault({ submit: 'delay', ms: slowMs, times: MANY })
  const ledger = new Ledger(smsc)
  const instance: Instance = await makeInstance({
    storage,
    smscPort: smsc.port,
    flows: [countingFlow, ...(options.flows ?? [])],
    ...options.instance,
    link: { windowSize: WINDOW_SIZE, ...options.instance?.link },
    ...(env && { env }),
    ...(program && { program }),
  })
  const runtimes: RunningRuntime[] = []
  for (let one = 0; one < processes; one++) runtimes.push(await instance.start())
  const phones = startPhones(smsc, {
    count: load.phones,
    to: '4040',
    random,
    pauseMs: load.pauseMs,
    mostUnanswered: load.mostUnanswered ?? 3,
  })
  const startAgain = async (index: number) => {
    const runtime = await instance.start()
    runtimes[index] = runtime
    ledger.started()
    return runtime
  }
  const run: CrashRun = {
    smsc,
    ledger,
    phones,
    runtimes,
    async kill() {
      await pause(random.between(300, 2_200))
      const kind = random.pick(kinds)
      const victim = Math.floor(random.between(0, runtimes.length))
      if (kind === 'link, runtime') {
        smsc.dropConnections()
        await pause(random.between(0, 15))
      }
      ledger.killed(kind)
      await Promise.all([runtimes[victim]?.kill(), kind === 'runtime, database' && storage.killDatabase()])
      await startAgain(victim)
    },
    async breakLink() {
      await pause(random.between(300, 1_500))
      const bound = smsc.next('bound')
      smsc.dropConnections()
      await bound
    },
    async stopGracefully() {
      await pause(random.between(500, 2_000))
      const ended = await runtimes[0]?.stop()
      if (ended === undefined) throw new Error('Nothing runs.')
      await startAgain(0)
      return ended
    },
    async down() {
      ledger.killed('runtime')
      await runtimes[0]?.kill()
    },
    up: () => startAgain(0),
    violations(account, checks, others) {
      const lines = ledger.lines.filter((line) => !('phone' in line && others?.has(line.phone)))
      return checkLedger(lines, account, { windowSize: WINDOW_SIZE, unasked: NEWS, ...checks })
    },
    keepLedger(name) {
      const file = join(tmpdir(), `textloom-ledger-${name}-${process.pid}.jsonl`)
      writeFileSync(file, ledger.toString())
      return file
    },
    async stop() {
      clearInterval(telling)
      await phones.silence()
      await Promise.all(runtimes.map((runtime) => runtime.kill()))
      await smsc.stop()
      await storage.remove()
    },
  }
  let news = 0
  const telling = setInterval(() => {
    if (!options.withNews) return
    for (const runtime of runtimes) runtime.write(`${random.pick(phones.numbers)} news ${++news}`)
  }, NEWS_EVERY_MS)
  return run
}
