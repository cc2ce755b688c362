import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { releasedMigrations } from '../db/migrate.ts'

/**
 * A migrated, empty database as files, made once and copied by every test run: making one takes seconds. `make`
 * writes it at the path it is given; what is made depends on `parts` and the migrations. Returns its path.
 */
export async function databaseTemplate(
  name: string,
  parts: readonly string[],
  make: (path: string) => Promise<void>,
): Promise<string> {
  const key = createHash('sha256').update(JSON.stringify([parts, process.getuid?.(), await releasedMigrations()]))
  const place = join(await cacheFolder(), `${name}-${key.digest('hex').slice(0, 16)}`)
  if ((await lstat(place).catch(() => null)) !== null) return place
  const draft = await mkdtemp(`${place}.`)
  await chmod(draft, 0o711)
  try {
    await make(join(draft, 'made'))
    await rename(join(draft, 'made'), place)
    await removeOutdated(name, place)
  } catch (error) {
    // Another test file may have been faster.
    if ((await lstat(place).catch(() => null)) === null) throw error
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return place
}

/** Fills a folder with what is in a template, owners and modes included. */
export async function copyTemplate(template: string, folder: string): Promise<void> {
  // Node's own copy of a thousand files takes a second of the processor.
  if (process.platform === 'win32') await cp(template, folder, { recursive: true })
  else await promisify(execFile)('cp', ['-Rp', `${template}/.`, folder])
}

const ROOM_FOR_CLUSTERS = 2_000_000_000

/**
 * Where databases of tests lie: in memory where the system keeps room for that, else on disk. What a killed process
 * wrote is there afterwards either way; nobody here can pull the plug.
 */
export async function temporaryFolder(): Promise<string> {
  const memory = await statfs('/dev/shm').catch(() => undefined)
  return memory !== undefined && memory.bavail * memory.bsize > ROOM_FOR_CLUSTERS ? '/dev/shm' : tmpdir()
}

/** Templates of earlier migrations: 40 MB each. Young ones may still be read by a test that runs beside this one. */
async function removeOutdated(name: string, place: string): Promise<void> {
  const cache = dirname(place)
  for (const entry of await readdir(cache)) {
    const path = join(cache, entry)
    const found = entry.startsWith(`${name}-`) && path !== place ? await lstat(path).catch(() => null) : null
    if (found !== null && Date.now() - found.mtimeMs > 3_600_000) await rm(path, { recursive: true, force: true })
  }
}

/** `node_modules/.cache` of the checkout: ignored by git, gone with the next clean install. */
async function cacheFolder(): Promise<string> {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!(await readFile(join(folder, 'package.json'), 'utf8').catch(() => '')).includes('"workspaces"')) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('The checkout has no package.json with workspaces.')
    folder = parent
  }
  const cache = join(folder, 'node_modules', '.cache', 'textloom')
  await mkdir(cache, { recursive: true })
  return cache
}
