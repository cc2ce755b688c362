import { lstat, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { accountFor } from './engine/account.ts'
import { type Binaries, findBinaries, type NoBinaries } from './engine/binaries.ts'
import { clusterOf } from './engine/cluster.ts'
import { DatabaseError } from './engine/database-error.ts'
import { startEmbeddedPostgres } from './engine/embedded-postgres.ts'
import { lockFolder } from './engine/folder-lock.ts'
import { connectServer } from './engine/server.ts'
import { openPglite } from './pglite.ts'
import { connectPostgres } from './postgres-js.ts'
import type { Sql, SqlEngine } from './sql.ts'

export interface OpenOptions {
  /** `DATABASE_URL`; absent = a database of our own in `dataDir`. */
  readonly databaseUrl?: string | undefined
  readonly dataDir: string
  readonly log?: (level: 'info' | 'warn' | 'error', message: string) => void
  /** Which engine a new folder gets; for tests and for people who want PGlite. */
  readonly prefer?: Exclude<SqlEngine, 'server'>
  /** PostgreSQL to run instead of the one npm brought. */
  readonly binaries?: Binaries | NoBinaries
}

/** An open database, before migrations. */
export interface Database {
  readonly sql: Sql
  readonly engine: SqlEngine
  /** One line for the operator: `PostgreSQL 18 in ./data/postgres`. */
  readonly describe: string
  /** What the operator must know about this storage; also for `/readyz` and `doctor`. */
  readonly warnings: readonly string[]
  /** True when no other process can be using this database: leases of others may be taken at once. */
  readonly isExclusive: boolean
  close(): Promise<void>
}

/**
 * Opens the database: `databaseUrl` when given, else PostgreSQL from npm in the data folder, else PGlite where that
 * cannot run. A folder keeps the engine it began with.
 * @throws DatabaseError with a sentence that says what to do
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const { databaseUrl, log = () => undefined } = options
  const dataDir = resolve(options.dataDir)
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const database = databaseUrl ? await openServer(databaseUrl, dataDir) : await openFolder(dataDir, options)
  log('info', `Storage: ${database.describe}.`)
  for (const warning of database.warnings) log('warn', warning)
  return database
}

async function openServer(databaseUrl: string, dataDir: string): Promise<Database> {
  const { sql, version, warnings } = await connectServer(databaseUrl)
  const left = await engineOf(dataDir)
  const ignored = left && `${dataDir} also holds a database of its own, which is not used while DATABASE_URL is set.`
  return {
    sql,
    engine: 'server',
    describe: `PostgreSQL ${version} at DATABASE_URL`,
    warnings: ignored ? [...warnings, ignored] : warnings,
    isExclusive: false,
    close: () => sql.close(),
  }
}

async function openFolder(dataDir: string, options: OpenOptions): Promise<Database> {
  const lock = await lockFolder(dataDir)
  try {
    const opened = await openEngine(dataDir, options)
    return {
      ...opened,
      isExclusive: true,
      close: async () => {
        await opened.close()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function openEngine(dataDir: string, options: OpenOptions): Promise<Omit<Database, 'isExclusive'>> {
  const kept = await engineOf(dataDir)
  if (kept === 'pglite') return openPgliteIn(dataDir, 'The folder began with PGlite and keeps it.')
  if (kept === undefined && options.prefer === 'pglite') return openPgliteIn(dataDir, 'PGlite was asked for.')

  const owner = await lstat(clusterOf(dataDir)).catch(() => null)
  const account = await accountFor(owner?.uid)
  const binaries: Binaries | NoBinaries =
    account === null
      ? { reason: 'this process is root, and there is no user "postgres" or "nobody" to run PostgreSQL as' }
      : (options.binaries ?? (await findBinaries(account)))
  if ('reason' in binaries) {
    if (kept === undefined) return openPgliteIn(dataDir, `PostgreSQL cannot run here: ${binaries.reason}.`)
    throw new DatabaseError(
      'folder',
      `${clusterOf(dataDir)} holds a PostgreSQL database, and PostgreSQL cannot run here: ${binaries.reason}.`,
    )
  }
  const server = await startEmbeddedPostgres({ ...options, dataDir, binaries, account: account ?? undefined })
  const sql = connectPostgres(server.address, { engine: 'embedded' })
  const adopted = server.origin === 'adopted' ? ', found running' : ''
  return {
    sql,
    engine: 'embedded',
    describe: `PostgreSQL ${binaries.major} in ${clusterOf(dataDir)}${adopted}`,
    warnings: [],
    close: async () => {
      await sql.close()
      await server.stop()
    },
  }
}

async function openPgliteIn(dataDir: string, why: string): Promise<Omit<Database, 'isExclusive'>> {
  const sql = await openPglite({ dataDir: pgliteOf(dataDir) })
  return {
    sql,
    engine: 'pglite',
    describe: `PGlite in ${pgliteOf(dataDir)}`,
    warnings: [`${why} PGlite is not safe against power loss: what was acknowledged in the last moments can be gone.`],
    close: () => sql.close(),
  }
}

const pgliteOf = (dataDir: string): string => join(dataDir, 'pglite')

/** The engine whose files lie in this folder. */
async function engineOf(dataDir: string): Promise<'embedded' | 'pglite' | undefined> {
  const exists = async (path: string) => (await lstat(path).catch(() => null)) !== null
  if (await exists(clusterOf(dataDir))) return 'embedded'
  return (await exists(pgliteOf(dataDir))) ? 'pglite' : undefined
}
