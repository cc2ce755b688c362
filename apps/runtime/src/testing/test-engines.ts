import { randomBytes } from 'node:crypto'
import { lstatSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { distribute } from '../db/distribute.ts'
import { type Account, accountFor } from '../db/engine/account.ts'
import { type Binaries, findBinaries, tryOut } from '../db/engine/binaries.ts'
import { localeOf } from '../db/engine/cluster.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../db/engine/embedded-postgres.ts'
import { migrate, releasedMigrations } from '../db/migrate.ts'
import { openPglite } from '../db/pglite.ts'
import { connectPostgres } from '../db/postgres-js.ts'
import type { Sql, SqlEngine } from '../db/sql.ts'
import { askSharedServer } from './ask-shared-server.ts'
import { copyTemplate, databaseTemplate, temporaryFolder } from './template.ts'

/** An engine that tests can be run on. */
export interface TestEngine {
  readonly engine: SqlEngine
  /** How it reads in a test's title. */
  readonly name: string
  /** Why it cannot be used here; undefined when it can. */
  unavailable(): Promise<string | undefined>
  /** A server for one test file: on the one of the whole run, where there is one (`shared-servers.ts`). */
  start(options?: StartOptions): Promise<TestServer>
}

interface StartOptions {
  /** One by itself that waits for the disk, as the product does: for benchmarks and whole processes. */
  readonly isDurable?: boolean
  /** More of its environment; then it is one by itself. */
  readonly env?: NodeJS.ProcessEnv
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
  start: async (options) => databasesOn('embedded', await runningServer('embedded', options)),
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
    return url === undefined ? databasesOn('server', await runningServer('server', options)) : givenServer(url)
  },
}

/** A coordinator that holds its own shards: it plans and refuses as one with nodes does. */
const citus: TestEngine = {
  engine: 'server',
  name: 'Citus',
  unavailable: async () =>
    process.env.CITUS_URL === undefined ? 'no Citus here: set CITUS_URL to a server that loads it' : undefined,
  start: async () => {
    const url = given(process.env.CITUS_URL)
    const admin = connectPostgres({ url }, { engine: 'server', connections: 1 })
    const stop = () => admin.close()
    return databasesOn('server', { url, stop }, { isDistributed: true })
  },
}

function given(url: string | undefined): string {
  if (url === undefined) throw new Error('CITUS_URL is not set.')
  return url
}

/** A new database of Citus: each has an extension, nodes and tables of its own. */
async function distributeNew(url: string): Promise<void> {
  const sql = connectPostgres({ url }, { engine: 'server', connections: 1 })
  const { hostname, port } = new URL(url)
  // A few large shards: making one takes its time.
  await sql.script(`create extension citus with schema pg_catalog; select citus_set_coordinator_host('${hostname}', ${port || 5432});
    select citus_set_node_property('${hostname}', ${port || 5432}, 'shouldhaveshards', true);
    do $$ begin execute format('alter database %I set citus.shard_count = 4', current_database()); end $$`)
  await sql.close()
  const again = connectPostgres({ url }, { engine: 'server', connections: 1 })
  await migrate(again, await releasedMigrations())
  await distribute(again)
  await again.close()
}

/** Every engine that the runtime supports, and Citus. */
export const testEngines: readonly TestEngine[] = [embedded, pglite, server, citus]

/** For tests to which the engine does not matter: the one that has a database soonest, of those that run here. */
export async function quickestEngine(): Promise<TestEngine> {
  return (await embedded.unavailable()) === undefined ? embedded : pglite
}

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

/** A server that runs, with a migrated, empty database `textloom_template`. */
export interface RunningServer {
  /** Of its database `postgres`. */
  readonly url: string
  stop(): Promise<void>
}

/** The one of the test run, or one by itself. */
async function runningServer(engine: 'embedded' | 'server', options: StartOptions = {}): Promise<RunningServer> {
  const isOwn = options.isDurable === true || options.env !== undefined
  const shared = isOwn ? undefined : await askSharedServer(engine)
  return shared === undefined ? startServer(engine, options) : { url: shared, stop: async () => undefined }
}

/** Starts a server on a copy of a migrated cluster. */
export async function startServer(
  engine: 'embedded' | 'server',
  { isDurable = false, env }: StartOptions = {},
): Promise<RunningServer> {
  const found = await foundOf(engine)
  const { binaries, account } = found
  const dataDir = await mkdtemp(join(await temporaryFolder(), 'textloom-test-'))
  await copyTemplate(await clusterTemplate(found), dataDir)
  // PostgreSQL 15 walks to its folder (18 does not), and under root that walker is somebody else.
  await chmod(dataDir, 0o711)
  const running = await startEmbeddedPostgres({
    dataDir,
    binaries,
    account,
    endpoint: 'loopback',
    isDisposable: !isDurable,
    ...(env && { env }),
  })
  const killOnExit = () => killSoon(running)
  process.once('exit', killOnExit)
  return {
    url: urlOf(running.address, 'postgres'),
    stop: async () => {
      await running.stop()
      process.off('exit', killOnExit)
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Fills a data folder as a first start on the embedded engine would, and with a database for tests beside. */
export async function copyCluster(dataDir: string): Promise<void> {
  await copyTemplate(await clusterTemplate(await foundOf('embedded')), dataDir)
  await chmod(dataDir, 0o711)
}

async function foundOf(engine: 'embedded' | 'server'): Promise<Found> {
  const found = engine === 'embedded' ? await npmBinaries() : await systemBinaries()
  if (found === undefined || 'reason' in found) throw new Error(found?.reason ?? 'no PostgreSQL server here')
  return found
}

function clusterTemplate(found: Found): Promise<string> {
  const { binaries } = found
  const parts = [binaries.postgres, ...localeOf(binaries)]
  return databaseTemplate(`cluster${binaries.major}`, parts, (path) => makeCluster(path, found))
}

async function makeCluster(dataDir: string, { binaries, account }: Found): Promise<void> {
  await mkdir(dataDir, { mode: 0o711 })
  const running = await startEmbeddedPostgres({ dataDir, binaries, account, endpoint: 'loopback' })
  const admin = connectPostgres(running.address, { engine: 'server', connections: 1 })
  await makeTemplate(admin, urlOf(running.address, TEMPLATE), TEMPLATE)
  await admin.close()
  await running.stop()
}

async function makeTemplate(admin: Sql, url: string, name: string): Promise<void> {
  await admin.script(`create database ${name}`)
  const sql = connectPostgres({ url }, { engine: 'server', connections: 1 })
  await migrate(sql, await releasedMigrations())
  await sql.close()
}

/** A server that was given to us has no template before we make one. */
async function givenServer(url: string): Promise<TestServer> {
  const admin = connectPostgres({ url }, { engine: 'server', connections: 1 })
  const template = newName()
  await makeTemplate(admin, withDatabase(url, template), template)
  const stop = async () => {
    await admin.script(`drop database ${template}`)
    await admin.close()
  }
  return databasesOn('server', { url, stop }, { template })
}

/** Databases in names of their own, dropped when the test file is done with the server. */
function databasesOn(
  engine: 'embedded' | 'server',
  { url, stop }: RunningServer,
  { template = TEMPLATE, isDistributed = false } = {},
): TestServer {
  const admin = connectPostgres({ url }, { engine, connections: 1 })
  const opened = new Map<string, Sql>()
  return {
    database: async (): Promise<TestDatabase> => {
      const name = newName()
      const sql = connectPostgres({ url: withDatabase(url, name) }, { engine, isDistributed })
      opened.set(name, sql)
      if (isDistributed) {
        await admin.script(`create database ${name}`)
        await distributeNew(withDatabase(url, name))
      } else await admin.script(`create database ${name} template ${template}`)
      return { sql, url: withDatabase(url, name) }
    },
    stop: async () => {
      await Promise.all([...opened.values()].map((sql) => sql.close()))
      for (const name of opened.keys()) await admin.script(`drop database if exists ${name} with (force)`)
      await admin.close()
      await stop()
    },
  }
}

function newName(): string {
  return `textloom_test_${randomBytes(6).toString('hex')}`
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
