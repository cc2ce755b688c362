import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sql } from '../../db/sql.ts'
import { temporaryFolder } from '../template.ts'
import { copyCluster, quickestEngine, type TestEngine, testEngines } from '../test-engines.ts'
import { until } from './until.ts'

/** Where an instance keeps its data: a folder of its own, and the settings that make it use one of the engines. */
export interface Storage {
  readonly engine: TestEngine['engine']
  readonly dataDir: string
  readonly env: NodeJS.ProcessEnv
  /** A way in beside the runtime's; only where it is a server by itself. */
  readonly sql?: Sql
  /** Ends the database process of this storage as a power cut would; nothing where it has none of its own. */
  killDatabase(): Promise<void>
  /** Ends what still runs and removes the folder. */
  remove(): Promise<void>
}

export interface StorageOptions {
  /** A server by itself that several processes use, even where the engine is one that a runtime keeps to itself. */
  readonly shared?: boolean
  /** False lets that server be the one of the whole test run, and lose what it has with the machine. */
  readonly isDurable?: boolean
  /** The folder that the data folder is made in. Default: where room is. */
  readonly within?: string
  /** More of the environment of that server. */
  readonly serverEnv?: NodeJS.ProcessEnv
}

/** Makes storage on one of the engines. Ask `unavailable()` of the engine first. */
export async function storageOn(engine: TestEngine, options: StorageOptions = {}): Promise<Storage> {
  const { shared = engine.engine === 'server', isDurable = true, within, serverEnv } = options
  const dataDir = await mkdtemp(join(within ?? (await temporaryFolder()), `textloom-${engine.engine}-`))
  // PostgreSQL never runs as root: whoever it runs as must be able to reach its files.
  await chmod(dataDir, 0o711)
  const server = shared ? await engine.start({ isDurable, ...(serverEnv && { env: serverEnv }) }) : undefined
  const database = await server?.database()
  const url = database?.url
  // Making a cluster takes seconds, and what a start finds of one is tested with `openDatabase`.
  if (engine.engine === 'embedded' && !shared) await copyCluster(dataDir)
  // A folder keeps the engine it began with.
  if (engine.engine === 'pglite') await mkdir(join(dataDir, 'pglite'))
  return {
    engine: engine.engine,
    dataDir,
    env: { TEXTLOOM_DATA_DIR: dataDir, ...(url !== undefined && { DATABASE_URL: url }) },
    ...(database && { sql: database.sql }),
    killDatabase: () => endPostgres(dataDir, 'SIGKILL'),
    async remove() {
      await endPostgres(dataDir, 'SIGQUIT')
      await server?.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Storage on the server of the test run, which has a database in no time; for tests of what stands on top of it. */
export async function quickStorage(): Promise<Storage> {
  const engine = await quickestEngine()
  return storageOn(engine, { shared: engine.engine !== 'pglite', isDurable: false })
}

/** The engine of that name. */
export function engineOf(name: TestEngine['engine']): TestEngine {
  const engine = testEngines.find(({ engine }) => engine === name)
  if (engine === undefined) throw new Error(`There is no engine ${name}.`)
  return engine
}

/** An embedded PostgreSQL outlives a killed runtime, on purpose: the next one adopts it. */
async function endPostgres(dataDir: string, signal: NodeJS.Signals): Promise<void> {
  const pidFile = join(dataDir, 'postgres', 'postmaster.pid')
  const pid = Number((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0])
  if (!(pid > 0) || !isAlive(pid)) return
  process.kill(pid, signal)
  await until(() => !isAlive(pid), `PostgreSQL (process ${pid}) to end`)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
