import { open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Command } from 'commander'
import manifest from '../../package.json' with { type: 'json' }
import { type WriteOptions, type Written, writeBackup } from '../db/backup/write-backup.ts'
import { releasedMigrations } from '../db/migrate.ts'
import { readSettings, type Settings } from '../settings/environment.ts'
import { secretFile } from '../settings/secret.ts'
import { CliError, exitCodes } from './cli-error.ts'
import type { Io } from './io.ts'
import { withDatabase } from './with-database.ts'
import { inTheWorld } from './world-errors.ts'

interface BackupOptions {
  readonly out: string
  readonly json?: boolean
}

/** `textloom backup`: the whole instance as it is at one moment, in one file, while it runs. */
export function configure(command: Command, io: Io): void {
  command
    .description('Write the whole instance into one file, while it runs. Passwords of links stay encrypted in it.')
    .requiredOption('--out <file>', 'the file to write, which must not be there yet; - for stdout')
    .option('--json', 'print what was written as JSON')
    .action((options: BackupOptions) => inTheWorld(() => backup(options, io)))
}

async function backup({ out, json }: BackupOptions, io: Io): Promise<void> {
  if (out === '-' && json) throw new CliError(exitCodes.use, '--json has no place beside a backup on stdout.')
  const settings = readSettings(io.env)
  await refuseWithoutFolder(settings)
  const options = { release: manifest.version, migrations: await releasedMigrations() }
  const { rows } = await (out === '-' ? toStdout(settings, options, io) : toFile(out, settings, options))
  const count = Object.values(rows).reduce((sum, table) => sum + table, 0)
  if (json) await io.print(`${JSON.stringify({ file: out, rows })}\n`)
  else if (out !== '-') await io.print(`Wrote ${count} rows to ${out}.\n`)
  await io.remark(
    `The secret that passwords of links are encrypted with is not in the backup. It is ${placeOfSecret(settings)}: keep a copy apart from the backup.\n`,
  )
}

/** A wrong setting must not make a new instance and back that up. */
async function refuseWithoutFolder({ databaseUrl, dataDir }: Settings): Promise<void> {
  if (databaseUrl !== undefined || (await isThere(dataDir))) return
  throw new CliError(exitCodes.use, `There is no data folder ${dataDir}. Set TEXTLOOM_DATA_DIR to the one to back up.`)
}

function toStdout(settings: Settings, options: WriteOptions, io: Io): Promise<Written> {
  const stdout = new Writable({
    write: (octets: Uint8Array, _encoding, done) => void io.write(octets).then(() => done(), done),
  })
  return withDatabase(settings, (sql) => writeBackup(sql, options, (lines) => packed(lines, stdout)))
}

/** Under another name first, so that a file of this name is a whole backup, on the disk. */
async function toFile(out: string, settings: Settings, options: WriteOptions): Promise<Written> {
  if (await isThere(out)) {
    throw new CliError(exitCodes.use, `${out} is there already, and a backup overwrites nothing. Choose another name.`)
  }
  const draft = `${out}.${process.pid}.tmp`
  const file = await open(draft, 'wx', 0o600).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error)
    throw new CliError(exitCodes.use, `Cannot write ${out}: ${why}.`, { cause: error })
  })
  try {
    // Closes the file once all of it is on the disk.
    const sink = file.createWriteStream({ flush: true })
    const written = await withDatabase(settings, (sql) => writeBackup(sql, options, (lines) => packed(lines, sink)))
    await rename(draft, out)
    await syncFolder(dirname(out))
    return written
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(draft, { force: true })
    throw error
  }
}

function packed(lines: AsyncIterable<string>, sink: Writable): Promise<void> {
  return pipeline(Readable.from(lines, { objectMode: false }), createGzip({ level: 5 }), sink)
}

/** So that the name outlives a power cut. Windows cannot open folders, and needs it not. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined)
  await folder?.sync().catch(() => undefined)
  await folder?.close()
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}

function placeOfSecret({ secret, dataDir }: Settings): string {
  return secret === undefined ? `in ${join(dataDir, secretFile)}` : 'what TEXTLOOM_SECRET says'
}
