import { execFile } from 'node:child_process'
import { chmod, mkdtemp, open, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A file system of a limited size, in memory. */
export interface LimitedDisk {
  readonly folder: string
  /** Takes all that is free. */
  fill(): Promise<void>
  /** Gives it back. */
  free(): Promise<void>
  remove(): Promise<void>
}

/** Why there can be none here; undefined where there can. */
export async function whyNoLimitedDisk(): Promise<string | undefined> {
  const disk = await limitedDisk(1).catch(() => undefined)
  await disk?.remove()
  return disk === undefined ? 'needs the right to mount a file system of a limited size' : undefined
}

/** @throws Error where this machine, or this user, may not mount one */
export async function limitedDisk(megabytes: number): Promise<LimitedDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'textloom-disk-'))
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0711`, 'tmpfs', folder])
  } catch (error) {
    await rm(folder, { recursive: true })
    throw error
  }
  await chmod(folder, 0o711)
  const balloon = join(folder, 'balloon')
  return {
    folder,
    async fill() {
      const file = await open(balloon, 'a')
      try {
        for (let octets = 1 << 20; octets >= 4_096; ) {
          const written = await file.write(Buffer.alloc(octets)).catch(() => ({ bytesWritten: 0 }))
          if (written.bytesWritten === 0) octets /= 2
        }
      } finally {
        await file.close()
      }
      const { bavail } = await statfs(folder)
      if (bavail > 1) throw new Error(`The disk at ${folder} could not be filled.`)
    },
    free: () => rm(balloon, { force: true }),
    async remove() {
      // Processes that end a moment later may still stand in it.
      await run('umount', ['-l', folder])
      await rm(folder, { recursive: true, force: true })
    },
  }
}
