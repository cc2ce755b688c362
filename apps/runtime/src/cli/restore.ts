import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { type Restored, restoreBackup } from '../db/backup/restore-backup.ts'
import { type QueuedPolicy, queuedPolicies } from '../db/backup/uncertain-mts.ts'
import { releasedMigrations } from '../db/migrate.ts'
import { readSettings, type Settings } from '../settings/environment.ts'
import { secretFile } from '../settings/secret.ts'
import { CliError, exitCodes } from './cli-error.ts'
import type { Io } from './io.ts'
import { withDatabase } from './with-database.ts'
import { inTheWorld } from './world-errors.ts'

interface RestoreOptions {
  readonly queued: QueuedPolicy
  readonly json?: boolean
}

/** `textloom restore`: fills an empty database with a backup, all of it or nothing. */
export function configure(command: Command, io: Io): void {
  command
    .description('Fill an empty database with a backup: all of it, or nothing.')
    .argument('<file>', 'a backup; - for stdin')
    .addOption(
      new Option(
        '--queued <policy>',
        'texts that waited when the backup was made, and may have left since: hold them as "unknown" until somebody decides, send them, or drop them',
      )
        .choices(queuedPolicies)
        .default('hold'),
    )
    .option('--json', 'print what was restored as JSON')
    .action((file: string, options: RestoreOptions) => inTheWorld(() => restore(file, options, io)))
}

async function restore(file: string, { queued, json }: RestoreOptions, io: Io): Promise<void> {
  const settings = readSettings(io.env)
  const migrations = await releasedMigrations()
  const restored = await reading(file, io, (source) =>
    withDatabase(settings, (sql) => restoreBackup(sql, source, { queued, migrations })),
  )
  await io.print(json ? `${JSON.stringify(restored)}\n` : saying(restored))
  await io.remark(
    `Passwords of links open only with the secret of the instance that was backed up. Have it ${placeForSecret(settings)} before the start; textloom doctor says which cannot be read.\n`,
  )
}

/** @throws CliError with exit code 2 when there is no such file, before any database is opened or made */
async function reading<Result>(
  path: string,
  io: Io,
  work: (source: AsyncIterable<Uint8Array>) => Promise<Result>,
): Promise<Result> {
  if (path === '-') return work(io.stdin)
  const file = await open(path).catch((error: unknown) => {
    throw unreadable(path, error instanceof Error ? error.message : String(error))
  })
  try {
    if ((await file.stat()).isDirectory()) throw unreadable(path, 'it is a folder')
    return await work(file.createReadStream({ autoClose: false }))
  } finally {
    await file.close()
  }
}

function unreadable(path: string, why: string): CliError {
  return new CliError(exitCodes.use, `Cannot read ${path}: ${why}.`)
}

function saying({ header, rows, uncertain }: Restored): string {
  const count = Object.values(rows).reduce((sum, table) => sum + table, 0)
  const { held, queued, dropped } = uncertain
  return [
    `Restored ${count} rows of ${header.createdAt}, written by release ${header.release}.`,
    ...(held > 0
      ? [
          `${held} texts may have left since and are held: status "unknown", code runtime/restored. They leave by POST /api/v1/messages/{id}/resend.`,
        ]
      : []),
    ...(queued > 0 ? [`${queued} texts that waited leave at the next start.`] : []),
    ...(dropped > 0 ? [`${dropped} texts that waited are dropped: status "failed", code runtime/restored.`] : []),
  ]
    .map((line) => `${line}\n`)
    .join('')
}

function placeForSecret({ secret, dataDir }: Settings): string {
  return secret === undefined ? `in ${join(dataDir, secretFile)} (or TEXTLOOM_SECRET)` : 'in TEXTLOOM_SECRET'
}
