import { spawn } from 'node:child_process'
import { lstat, open, readFile, realpath, truncate } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ServerAddress } from '../postgres-js.ts'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import {
  bareEnvironment,
  CLUSTER_USER,
  checkCluster,
  clusterOf,
  clusterPassword,
  HERE,
  identityOf,
  initCluster,
} from './cluster.ts'
import { DatabaseError } from './database-error.ts'
import { disownPostmasterPid, type Postmaster, readPostmaster, servesCluster } from './postmaster-file.ts'
import { isPidInUse } from './process-identity.ts'

export interface EmbeddedOptions {
  /** Absolute, locked by us. */
  readonly dataDir: string
  readonly binaries: Binaries
  readonly account: Account
  /** How it is reached: by default a unix socket in its own folder where that works. */
  readonly endpoint?: 'socket' | 'loopback'
  /** True for databases that a power cut may take: tests need not wait for the disk. */
  readonly isDisposable?: boolean
  /** More of its environment, for tests. */
  readonly env?: NodeJS.ProcessEnv
  readonly log?: (level: 'info' | 'warn' | 'error', message: string) => void
}

/** A PostgreSQL server of our own. */
export interface EmbeddedPostgres {
  readonly address: Exclude<ServerAddress, { url: string }>
  /** Whether it was `made` now, `started` on existing files, or found running and `adopted`. */
  readonly origin: 'made' | 'started' | 'adopted'
  /** Its process now; changes when it had to be started again. */
  readonly pid: number
  /** Shuts it down: running statements are cancelled, everything committed is on disk. */
  stop(): Promise<void>
}

/** How long a start may take: WAL replay after a crash included. */
const START_TIMEOUT_MS = 120_000
/** A fast shutdown checkpoints first; after this, an immediate one, which is repaired by WAL replay. */
const STOP_TIMEOUT_MS = 8_000
const WATCH_MS = 500

/**
 * Runs PostgreSQL on `<dataDir>/postgres`, making the cluster if there is none, adopting the server that a killed
 * process of ours left running. It is started again should it die, and survives us: the next start adopts it.
 * @throws DatabaseError when it cannot be made to run
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { binaries, account, log = () => undefined } = options
  const dataDir = await realpath(options.dataDir)
  const cluster = clusterOf(dataDir)
  const isNew = (await lstat(cluster).catch(() => null)) === null
  if (isNew) await initCluster(dataDir, binaries, account)
  else await checkCluster(dataDir, binaries, account)

  const adopted = isNew ? null : await runningServer(cluster)
  let server = adopted ?? (await startServer(cluster, options))
  const address = await addressOf(dataDir, server)

  let restarting: Promise<void> | undefined
  const restart = async (): Promise<void> => {
    log('error', `PostgreSQL (process ${server.pid}) died; starting it again.`)
    try {
      server = await startServer(cluster, { ...options, port: address.port })
      log('info', `PostgreSQL runs again as process ${server.pid}.`)
    } catch (error) {
      log('error', error instanceof Error ? error.message : String(error))
    }
    restarting = undefined
  }
  const watch = setInterval(() => {
    if (!isPidInUse(server.pid)) restarting ??= restart()
  }, WATCH_MS)
  watch.unref()

  return {
    address,
    origin: isNew ? 'made' : adopted === null ? 'started' : 'adopted',
    get pid() {
      return server.pid
    },
    stop: async () => {
      clearInterval(watch)
      await restarting
      await stopServer(server.pid)
    },
  }
}

/** The server that already runs on this cluster, once it is ready; null when there is none. */
async function runningServer(cluster: string): Promise<Postmaster | null> {
  const found = await readPostmaster(cluster)
  if (found === null || !(await servesCluster(found.pid, cluster))) {
    await disownPostmasterPid(cluster)
    return null
  }
  const ready = await waitUntilReady(cluster, found.pid, () => isPidInUse(found.pid))
  return ready === 'ended' ? null : ready
}

async function startServer(cluster: string, options: EmbeddedOptions & { port?: number }): Promise<Postmaster> {
  const { binaries, account } = options
  const logPath = join(cluster, '..', 'postgres.log')
  const deadline = Date.now() + START_TIMEOUT_MS
  while (true) {
    await disownPostmasterPid(cluster)
    const endpoint = await endpointOf(cluster, options)
    const log = await openLog(logPath)
    const from = (await log.stat()).size
    const child = spawn(
      binaries.postgres,
      [...settings(endpoint, binaries.major, options), '-D', process.platform === 'win32' ? cluster : HERE],
      {
        cwd: cluster,
        // A session of its own: neither Ctrl-C nor our end is its end.
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
        env: { ...bareEnvironment(), ...options.env },
        ...identityOf(account),
      },
    )
    let hasEnded = false
    child.once('exit', () => {
      hasEnded = true
    })
    child.once('error', () => {
      hasEnded = true
    })
    child.unref()
    await log.close()
    const server = child.pid === undefined ? 'ended' : await waitUntilReady(cluster, child.pid, () => !hasEnded)
    if (server !== 'ended') return server
    const said = (await readFile(logPath, 'utf8')).slice(from)
    // Children of a killed postmaster take a moment to notice; a port may have been taken since it was found free.
    const isPassing = /shared memory block|is being used|already in use|could not create any TCP/.test(said)
    if (!isPassing || Date.now() > deadline) {
      throw new DatabaseError('start', `PostgreSQL does not start on ${cluster}. ${lastComplaint(said)}See ${logPath}.`)
    }
    await delay(100)
  }
}

async function waitUntilReady(cluster: string, pid: number, isAlive: () => boolean): Promise<Postmaster | 'ended'> {
  const deadline = Date.now() + START_TIMEOUT_MS
  while (Date.now() < deadline) {
    const found = await readPostmaster(cluster)
    if (found?.pid === pid && found.status === 'ready') return found
    if (!isAlive()) return 'ended'
    await delay(10)
  }
  throw new DatabaseError(
    'start',
    `PostgreSQL (process ${pid}) was not ready on ${cluster} after ${START_TIMEOUT_MS / 1000} s.`,
  )
}

interface Endpoint {
  readonly listenAddress: string
  readonly port: number
}

/** sockaddr_un holds 108 octets on Linux, 104 on macOS, NUL included. */
const SOCKET_PATH_MAX = 103

async function endpointOf(cluster: string, { endpoint, port }: EmbeddedOptions & { port?: number }): Promise<Endpoint> {
  const socketPath = join(cluster, '.s.PGSQL.5432')
  const canSocket = process.platform !== 'win32' && Buffer.byteLength(socketPath) <= SOCKET_PATH_MAX
  if (endpoint !== 'loopback' && canSocket) return { listenAddress: '', port: 5432 }
  return { listenAddress: '127.0.0.1', port: port ?? (await freePort()) }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new DatabaseError('start', 'No free port on 127.0.0.1.')
  return address.port
}

function settings(
  { listenAddress, port }: Endpoint,
  major: number,
  { isDisposable = false }: Pick<EmbeddedOptions, 'isDisposable'>,
): string[] {
  const durable = isDisposable ? 'off' : 'on'
  const values = {
    listen_addresses: listenAddress,
    port,
    // Relative to the cluster, which the server stands in: no limit of length on its side.
    unix_socket_directories: listenAddress === '' ? '.' : '',
    unix_socket_permissions: '0700',
    // What an acknowledged message rests on; said here so that no file can say otherwise.
    fsync: durable,
    synchronous_commit: 'on',
    full_page_writes: durable,
    // A whole test run shares one that is disposable.
    max_connections: isDisposable ? 300 : 60,
    shared_buffers: '64MB',
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_logical_replication_workers: 0,
    // Reads are few and small: no workers for them.
    ...(major >= 18 ? { io_method: 'sync' } : {}),
    jit: 'off',
    autovacuum_naptime: '20s',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Statements and details would carry texts and phone numbers into the log.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

async function addressOf(dataDir: string, server: Postmaster): Promise<EmbeddedPostgres['address']> {
  return {
    host: server.listenAddress === '' ? clusterOf(dataDir) : server.listenAddress,
    port: server.port,
    user: CLUSTER_USER,
    password: await clusterPassword(dataDir),
    database: 'postgres',
  }
}

async function stopServer(pid: number): Promise<void> {
  // SIGINT = fast, SIGQUIT = immediate (PostgreSQL manual §18.5).
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    const deadline = Date.now() + STOP_TIMEOUT_MS
    while (Date.now() < deadline) {
      if (!isPidInUse(pid)) return
      await delay(10)
    }
  }
}

/** PostgreSQL's own words, small: it only writes here when something is wrong. */
async function openLog(path: string) {
  const size = (await lstat(path).catch(() => null))?.size ?? 0
  if (size > 10_000_000) await truncate(path)
  return open(path, 'a', 0o600)
}

function lastComplaint(said: string): string {
  const line = said.split('\n').findLast((text) => /FATAL|PANIC|ERROR/.test(text))
  return line === undefined ? '' : `${line.replace(/^.*?(?=FATAL|PANIC|ERROR)/, '')}. `
}
