import { lstatSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { type Account, accountFor } from '../db/engine/account.ts'
import { type Binaries, findBinaries, tryOut } from '../db/engine/binaries.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../db/engine/embedded-postgres.ts'
import { migrate, releasedMigrations } from '../db/migrate.ts'
import { openPglite } from '../db/pglite.ts'
import { connectPostgres } from '../db/postgres-js.ts'
import type { Sql, SqlEngine } from '../db/sql.ts'
import { databaseTemplate } from './template.ts'

/** An engine that tests can be run on. */
export interface TestEngine {
  readonly engine: SqlEngine
  /** How it reads in a test's title. */
  readonly name: string
  /** Why it cannot be used here; undefined when it can. */
  unavailable(): Promise<string | undefined>
  /** `isDurable`: it waits for the disk, as the product does; benchmarks and whole processes want that. */
  start(options?: StartOptions): Promise<TestServer>
}

interface StartOptions {
  readonly isDurable?: boolean
}

/** A running engine that makes databases. */
export interface TestServer {
  /** A migrated, empty database of its own; gone with the server. */
  database(): Promise<TestDatabase>
  stop(): Promise<void>
}

/** A database for one group of tests. */
export interface TestDatabase {
  readonly sql: Sql
  /** `DATABASE_URL` for other processes; absent on PGlite, which only one process can open. */
  readonly url?: string
}

const TEMPLATE = 'textloom_template'

const embedded: TestEngine = {
  engine: 'embedded',
  name: 'embedded PostgreSQL',
  unavailable: async () => {
    const found = await npmBinaries()
    return 'reason' in found ? found.reason : undefined
  },
  start: async (options) => {
    const found = await npmBinaries()
    if ('reason' in found) throw new Error(found.reason)
    return serverOf('embedded', found, options)
  },
}

const pglite: TestEngine = {
  engine: 'pglite',
  name: 'PGlite',
  unavailable: async () => undefined,
  start: async () => {
    const template = await readFile(await databaseTemplate('pglite', [], dumpPglite))
    const opened: Sql[] = []
    return {
      database: async () => {
        const sql = await openPglite({ dataDir: null, template })
        opened.push(sql)
        return { sql }
      },
      stop: async () => void (await Promise.all(opened.map((sql) => sql.close()))),
    }
  },
}

const server: TestEngine = {
  engine: 'server',
  name: 'PostgreSQL server',
  unavailable: async () => {
    if (process.env.TEXTLOOM_TEST_DATABASE_URL !== undefined) return undefined
    return (await systemBinaries()) === undefined
      ? 'no PostgreSQL server here: install postgresql, or set TEXTLOOM_TEST_DATABASE_URL'
      : undefined
  },
  start: async (options) => {
    const url = process.env.TEXTLOOM_TEST_DATABASE_URL
    if (url !== undefined) return givenServer(url)
    const found = await systemBinaries()
    if (found === undefined) throw new Error('no PostgreSQL server here')
    return serverOf('server', found, options)
  },
}

/** Every engine that the runtime supports. */
export const testEngines: readonly TestEngine[] = [embedded, pglite, server]

interface Found {
  readonly binaries: Binaries
  readonly account: Account
}

async function npmBinaries(): Promise<Found | { reason: string }> {
  const account = await accountFor(undefined)
  if (account === null) return { reason: 'no unprivileged account to run PostgreSQL as' }
  const binaries = await findBinaries(account)
  return 'reason' in binaries ? binaries : { binaries, account }
}

async function systemBinaries(): Promise<Found | undefined> {
  const account = await accountFor(undefined)
  if (account === null) return undefined
  const majors = [18, 17, 16, 15].map((major) => `/usr/lib/postgresql/${major}`)
  for (const prefix of [...majors, '/usr/local', '/usr', '/opt/homebrew']) {
    const binaries = await tryOut(prefix, account)
    if (!('reason' in binaries) && binaries.major >= 15) return { binaries, account }
  }
  return undefined
}

/** A server of our own on a copy of a migrated cluster. */
async function serverOf(
  engine: 'embedded' | 'server',
  { binaries, account }: Found,
  { isDurable = false }: StartOptions = {},
): Promise<TestServer> {
  const template = await databaseTemplate(`cluster${binaries.major}`, [binaries.postgres], (path) =>
    makeCluster(path, { binaries, account }),
  )
  const dataDir = await mkdtemp(join(tmpdir(), 'textloom-test-'))
  // PostgreSQL 15 walks to its folder (18 does not), and under root that walker is somebody else.
  await chmod(dataDir, 0o711)
  await cp(template, dataDir, { recursive: true })
  const running = await startEmbeddedPostgres({
    dataDir,
    binaries,
    account,
    endpoint: 'loopback',
    isDisposable: !isDurable,
  })
  const killOnExit = () => killSoon(running)
  process.once('exit', killOnExit)
  const databases = databasesOn(engine, urlOf(running.address, 'postgres'))
  return {
    database: databases.database,
    stop: async () => {
      await databases.close()
      await running.stop()
      process.off('exit', killOnExit)
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function makeCluster(dataDir: string, { binaries, account }: Found): Promise<void> {
  await mkdir(dataDir, { mode: 0o711 })
  const running = await startEmbeddedPostgres({ dataDir, binaries, account, endpoint: 'loopback' })
  const admin = connectPostgres(running.address, { engine: 'server', connections: 1 })
  await makeTemplate(admin, urlOf(running.address, TEMPLATE))
  await admin.close()
  await running.stop()
}

async function makeTemplate(admin: Sql, url: string): Promise<void> {
  await admin.script(`create database ${TEMPLATE}`)
  const sql = connectPostgres({ url }, { engine: 'server', connections: 1 })
  await migrate(sql, await releasedMigrations())
  await sql.close()
}

/** Databases on a server that was given to us: in names of their own, dropped afterwards. */
async function givenServer(url: string): Promise<TestServer> {
  const admin = connectPostgres({ url }, { engine: 'server', connections: 1 })
  const prefix = `textloom_test_${process.pid}_${Date.now()}`
  const databases = databasesOn('server', url, prefix)
  await admin.script(`create database ${prefix}`)
  const template = connectPostgres({ url: withDatabase(url, prefix) }, { engine: 'server', connections: 1 })
  await migrate(template, await releasedMigrations())
  await template.close()
  return {
    database: databases.database,
    stop: async () => {
      for (const name of [...(await databases.close()), prefix]) await admin.script(`drop database ${name}`)
      await admin.close()
    },
  }
}

function databasesOn(engine: 'embedded' | 'server', url: string, template = TEMPLATE) {
  const admin = connectPostgres({ url }, { engine, connections: 1 })
  const opened = new Map<string, Sql>()
  return {
    database: async (): Promise<TestDatabase> => {
      const name = `${template}_${opened.size + 1}`
      await admin.script(`create database ${name} template ${template}`)
      const sql = connectPostgres({ url: withDatabase(url, name) }, { engine })
      opened.set(name, sql)
      return { sql, url: withDatabase(url, name) }
    },
    close: async (): Promise<string[]> => {
      await Promise.all([...opened.values(), admin].map((sql) => sql.close()))
      return [...opened.keys()]
    },
  }
}

async function dumpPglite(path: string): Promise<void> {
  const sql = await openPglite({ dataDir: `${path}.files` })
  await migrate(sql, await releasedMigrations())
  await sql.close()
  const database = await PGlite.create(`${path}.files`)
  await writeFile(path, new Uint8Array(await (await database.dumpDataDir('none')).arrayBuffer()))
  await database.close()
}

function urlOf({ host, port, user, password }: EmbeddedPostgres['address'], database: string): string {
  return `postgres://${user}:${password}@${host}:${port}/${database}`
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

/** For a test run that ends without `stop`: nobody is left to adopt the server. */
function killSoon({ pid }: EmbeddedPostgres): void {
  try {
    if (lstatSync(`/proc/${pid}`, { throwIfNoEntry: false }) !== undefined) process.kill(pid, 'SIGQUIT')
  } catch {
    // Gone already.
  }
}
