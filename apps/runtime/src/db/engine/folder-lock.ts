import { randomUUID } from 'node:crypto'
import { link, readFile, rm, stat, unlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { DatabaseError } from './database-error.ts'
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.ts'

/** The sole right to a data folder, until released. */
export interface FolderLock {
  release(): Promise<void>
}

/** What stands in the lock file. */
interface Holder extends ProcessIdentity {
  readonly id: string
  /** ISO time at which it took the folder. */
  readonly since: string
}

/** A holder touches its file this often; that is how those who cannot see its process know that it lives. */
const HEARTBEAT_MS = 2_000
/** A file not touched for so long is left behind: by a container or machine that is gone. */
const SILENCE_MS = 10_000

/**
 * Takes the folder for this process. PGlite takes no lock at all, and PostgreSQL's own cannot tell a person who
 * holds it. A lock that a killed process left is taken over at once.
 * @throws DatabaseError `folder-held`, naming the process that holds it
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, 'textloom.lock')
  const mine: Holder = { ...(await ownIdentity()), id: randomUUID(), since: new Date().toISOString() }
  const draft = `${path}.${mine.id}`
  await writeFile(draft, JSON.stringify(mine), { mode: 0o600 })
  try {
    while (!(await isLinked(draft, path))) {
      const holder = await readHolder(path)
      if (holder === null) continue
      if (await isAlive(path, holder)) throw heldBy(folder, holder)
      await clearStale(path, draft, holder)
    }
  } finally {
    await unlink(draft)
  }
  const heartbeat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), HEARTBEAT_MS)
  heartbeat.unref()
  return {
    release: async () => {
      clearInterval(heartbeat)
      if ((await readHolder(path))?.id === mine.id) await rm(path, { force: true })
    },
  }
}

/** `link` fails when the target exists: the one atomic step by which the folder changes hands. */
async function isLinked(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

/** Null when the lock was released in the meantime. A file that cannot be read as one was cut short: nobody's. */
async function readHolder(path: string): Promise<Holder | null> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
  try {
    return JSON.parse(text)
  } catch {
    return { id: text, pid: 0, host: '', world: null, startTicks: null, since: '' }
  }
}

async function isAlive(path: string, holder: Holder): Promise<boolean> {
  const running = await isRunning(holder)
  if (running !== 'unknown') return running
  // Watch the heartbeat rather than compare it with our clock: the two may be set differently.
  const first = await touchedAt(path)
  const silentMs = Date.now() - (first ?? 0)
  const deadline = Date.now() + Math.max(0, Math.min(SILENCE_MS, SILENCE_MS - silentMs))
  while (Date.now() < deadline) {
    await delay(100)
    const now = await touchedAt(path)
    if (now !== first) return now !== null
  }
  return false
}

async function touchedAt(path: string): Promise<number | null> {
  return (await stat(path).catch(() => null))?.mtimeMs ?? null
}

/**
 * Removes a dead process's lock. Of several that found it dead only the one that gets the guard may, and it looks
 * again first: otherwise the slower would remove the faster one's new lock.
 */
async function clearStale(path: string, draft: string, dead: Holder): Promise<void> {
  const guard = `${path}.clearing`
  if (!(await isLinked(draft, guard))) {
    // Its holder needs microseconds; one that was killed in between leaves it behind.
    if (Date.now() - ((await touchedAt(guard)) ?? Date.now()) > SILENCE_MS) await rm(guard, { force: true })
    await delay(20)
    return
  }
  try {
    if ((await readHolder(path))?.id === dead.id) await rm(path, { force: true })
  } finally {
    await unlink(guard)
  }
}

function heldBy(folder: string, { pid, host, since }: Holder): DatabaseError {
  return new DatabaseError(
    'folder-held',
    `The data folder ${folder} is held by another Textloom: process ${pid} on ${host}, since ${since}. Stop that one, or give this one a folder of its own with TEXTLOOM_DATA_DIR.`,
  )
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
