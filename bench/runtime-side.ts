import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  countingFlow,
  engineOf,
  type Instance,
  makeInstance,
  type RunningRuntime,
  type Storage,
  storageOn,
} from '@textloom/runtime/testing/system'
import { PretendSmsc, type PretendSmscOptions } from '@textloom/transports/pretend-smsc'

/** A window of both sides, as operators usually grant it. */
export const WINDOW = 50

/** `textloom start` in a process of its own, and the pretend SMSC in this one that it is bound to. */
export interface RuntimeSide {
  readonly smsc: PretendSmsc
  readonly storage: Storage
  readonly instance: Instance
  readonly runtime: RunningRuntime
  /** The runtime and its PostgreSQL, which may outlive it and then is no child of it. */
  readonly pids: readonly number[]
  stop(): Promise<void>
}

export interface RuntimeSideOptions {
  /** Default: the embedded PostgreSQL, as `npm start` has it. */
  readonly storage?: Storage
  readonly smsc?: PretendSmscOptions
  readonly env?: NodeJS.ProcessEnv
}

/** Starts both and waits for the bind: the counting flow on 4040, a send window of 50, no receipts unless asked for. */
export async function startRuntimeSide(options: RuntimeSideOptions = {}): Promise<RuntimeSide> {
  const smsc = await new PretendSmsc({ window: WINDOW, keepRecords: false, dlr: null, ...options.smsc }).start()
  const storage = options.storage ?? (await storageOn(engineOf('embedded')))
  const instance = await makeInstance({
    storage,
    smscPort: smsc.port,
    flows: [countingFlow],
    link: { windowSize: WINDOW },
    env: { LOG_LEVEL: 'warn', ...options.env },
  })
  const bound = smsc.next('bound')
  const runtime = await instance.start()
  await bound
  return {
    smsc,
    storage,
    instance,
    runtime,
    pids: [runtime.pid, await databasePid(storage)],
    async stop() {
      await runtime.stop()
      await smsc.stop()
      await storage.remove()
    },
  }
}

/** The process of a storage's PostgreSQL: the first line of the file that it leaves while it runs. */
async function databasePid({ dataDir, sql }: Storage): Promise<number> {
  const [row] = (await sql?.query<{ file: string }>(`select pg_read_file('postmaster.pid') as file`)) ?? []
  const file = row?.file ?? (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'))
  return Number(file.split('\n')[0])
}
