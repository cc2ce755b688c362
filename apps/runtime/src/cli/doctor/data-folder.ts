import { constants } from 'node:fs'
import { access, lstat, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Settings } from '../../settings/environment.ts'
import { secretFile } from '../../settings/secret.ts'
import { type Finding, fine, remark, trouble, wordsOf } from './finding.ts'

/** The data folder: there, writable, and nobody else's to read. */
export async function lookAtDataFolder({ dataDir, secret }: Settings): Promise<Finding[]> {
  const folder = await stat(dataDir).catch(() => undefined)
  if (folder === undefined) return [await toBeMade(dataDir)]
  if (!folder.isDirectory()) return [trouble('data folder', `${dataDir} is a file. Set TEXTLOOM_DATA_DIR to a folder.`)]
  const writable = await access(dataDir, constants.W_OK | constants.X_OK).then(
    () => undefined,
    (error: unknown) => error,
  )
  if (writable !== undefined) {
    return [
      trouble(
        'data folder',
        `${dataDir} cannot be written: ${wordsOf(writable)}. Give it to the user that runs Textloom.`,
      ),
    ]
  }
  const secretStat = secret === undefined ? await lstat(join(dataDir, secretFile)).catch(() => undefined) : undefined
  return [
    // Others may pass through it, for PostgreSQL runs under an account of its own, but not read what it holds.
    (folder.mode & 0o044) === 0
      ? fine('data folder', `${dataDir} is writable, and not readable by others.`)
      : remark('data folder', `${dataDir} is readable by other users of this machine: chmod go-rw ${dataDir}.`),
    ...(secretStat !== undefined && (secretStat.mode & 0o077) !== 0
      ? [
          trouble(
            'secret',
            `${join(dataDir, secretFile)} is readable by others: chmod 600 it, and change the passwords it protects.`,
          ),
        ]
      : []),
  ]
}

async function toBeMade(dataDir: string): Promise<Finding> {
  let parent = dirname(dataDir)
  while ((await stat(parent).catch(() => undefined)) === undefined && dirname(parent) !== parent)
    parent = dirname(parent)
  const writable = await access(parent, constants.W_OK | constants.X_OK).catch((error: unknown) => wordsOf(error))
  return writable === undefined
    ? fine('data folder', `${dataDir} is made by the first start.`)
    : trouble(
        'data folder',
        `${dataDir} cannot be made: ${writable}. Set TEXTLOOM_DATA_DIR to a place that can be written.`,
      )
}
