import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, lstat, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { DatabaseError } from './database-error.ts'

/** The superuser of an embedded cluster. */
export const CLUSTER_USER = 'textloom'

/**
 * PostgreSQL's programs are told to find the cluster by their working directory. The account they run under may not
 * be allowed to walk there (a data folder below /root, mode 0700), but a directory that one stands in needs no walk.
 */
export const HERE = process.platform === 'linux' ? '/proc/self/cwd' : '.'

/**
 * Sorted by code points, as ever, and with capitals of every script known: in the plain C locale a search for "größe"
 * misses "GRÖßE". PostgreSQL brings that itself from 17 on.
 */
export const localeOf = ({ major }: Pick<Binaries, 'major'>): readonly string[] =>
  major >= 17 ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : ['--no-locale']

/** Where the cluster of a data folder lies. */
export const clusterOf = (dataDir: string): string => join(dataDir, 'postgres')

/** The password that only this data folder knows; made at the first call. */
export async function clusterPassword(dataDir: string): Promise<string> {
  const path = join(dataDir, 'postgres.password')
  const existing = await readFile(path, 'utf8').catch(() => null)
  if (existing !== null) return existing.trim()
  const password = randomBytes(24).toString('base64url')
  await writeFile(path, `${password}\n`, { mode: 0o600 })
  return password
}

/** Makes the cluster. Done beside its place and moved there when complete: a first start may be killed half-way. */
export async function initCluster(dataDir: string, binaries: Binaries, account: Account): Promise<void> {
  const draft = join(dataDir, 'postgres.new')
  const passwordFile = join(dataDir, 'postgres.new.password')
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { mode: 0o700 })
  await writeFile(passwordFile, await clusterPassword(dataDir), { mode: 0o600 })
  try {
    if (account !== undefined) {
      await chown(draft, account.uid, account.gid)
      await chown(passwordFile, account.uid, account.gid)
    }
    await runInitdb(draft, passwordFile, binaries, account)
    await rename(draft, clusterOf(dataDir))
  } finally {
    await rm(passwordFile, { force: true })
  }
}

async function runInitdb(cluster: string, passwordFile: string, binaries: Binaries, account: Account): Promise<void> {
  const password = await open(passwordFile)
  try {
    const isPosix = process.platform !== 'win32'
    const args = [
      ['-D', isPosix ? HERE : cluster],
      ['-U', CLUSTER_USER],
      ['--auth=scram-sha-256', '--encoding=UTF8', ...localeOf(binaries), '--no-instructions'],
      // By descriptor, for the same reason as HERE.
      [`--pwfile=${isPosix ? '/dev/fd/3' : passwordFile}`],
    ].flat()
    const child = spawn(binaries.initdb, args, {
      cwd: cluster,
      stdio: ['ignore', 'ignore', 'pipe', password.fd],
      env: bareEnvironment(),
      ...identityOf(account),
    })
    let complaint = ''
    child.stderr?.on('data', (chunk) => {
      complaint += chunk
    })
    const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
    if (code !== 0) throw new DatabaseError('start', `initdb could not make ${cluster}: ${complaint.trim()}`)
  } finally {
    await password.close()
  }
}

/** Refuses a cluster of another major version, or one that this process may not use. */
export async function checkCluster(dataDir: string, binaries: Binaries, account: Account): Promise<void> {
  const cluster = clusterOf(dataDir)
  const made = Number(await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => 'NaN'))
  if (Number.isNaN(made)) {
    throw new DatabaseError(
      'folder',
      `${cluster} holds no PostgreSQL database. Restore it from a backup, or move it away to begin with an empty one.`,
    )
  }
  if (made !== binaries.major) {
    throw new DatabaseError(
      'folder',
      `${cluster} was made by PostgreSQL ${made}, this release runs ${binaries.major}. Make a backup with the release that wrote it and restore that into a new folder.`,
    )
  }
  const { uid } = await lstat(cluster)
  const own = account?.uid ?? process.getuid?.()
  if (own === undefined || uid === own) return
  if (account === undefined) {
    throw new DatabaseError(
      'folder',
      `${cluster} belongs to user ${uid}, and this process runs as ${own}. Start it as that user, or give the folder to ${own}.`,
    )
  }
  await giveTo(cluster, account)
}

/** A folder that root restored or copied. */
async function giveTo(cluster: string, account: NonNullable<Account>): Promise<void> {
  for (const entry of await readdir(cluster, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isSymbolicLink()) await chown(path, account.uid, account.gid)
  }
  await chown(cluster, account.uid, account.gid)
  await chmod(cluster, 0o700)
}

/** What a child needs to become that account. */
export function identityOf(account: Account): { uid?: number; gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid }
}

/** Nothing of ours leaks into PostgreSQL: PGDATA, PGPORT, LD_PRELOAD or secrets. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env
  return { ...(PATH && { PATH }), ...(SystemRoot && { SystemRoot }), ...(TEMP && { TEMP }), LC_ALL: 'C', TZ: 'UTC' }
}
