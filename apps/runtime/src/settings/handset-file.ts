import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'

/** What `textloom phone` must know of a runtime on this machine; a new one at each start. */
export interface HandsetFile {
  /** Where the runtime is reached. */
  readonly url: string
  /** Opens the handsets' route and nothing else. */
  readonly key: string
  /** Channels on loopback links when the runtime started, the first to be taken first. */
  readonly channels: readonly string[]
}

const fileName = 'handset.json'
const fileSchema = z.object({ url: z.url(), key: z.string().min(1), channels: z.array(z.string()) })

/** A key for the handsets of one run. */
export function newHandsetKey(): string {
  return `tlh_${randomBytes(32).toString('base64url')}`
}

/** Leaves the file in the data folder, readable by its owner only: whoever may read the folder may pick up the phone. */
export async function writeHandsetFile(dataDir: string, file: HandsetFile): Promise<void> {
  const path = join(dataDir, fileName)
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await writeFile(`${path}.tmp`, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 })
  await rename(`${path}.tmp`, path)
}

/** Undefined where no runtime left one. */
export async function readHandsetFile(dataDir: string): Promise<HandsetFile | undefined> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(join(dataDir, fileName), 'utf8')))
  } catch {
    return undefined
  }
}

/** The runtime ends: nobody is to ring there any more. */
export async function removeHandsetFile(dataDir: string): Promise<void> {
  await rm(join(dataDir, fileName), { force: true })
}
