import { createHash } from 'node:crypto'
import { eventDays } from '../event-partitions.ts'
import type { Migration } from '../migrate.ts'
import type { Sql } from '../sql.ts'
import { BackupError } from './backup-error.ts'
import { columnsOf, hasRelation, quoted, recordedMigrations } from './columns.ts'
import { BACKUP_FORMAT, type BackupHeader } from './format.ts'
import { type KeptTable, keptSequences, keptTables } from './tables.ts'

export interface WriteOptions {
  /** The version of this Textloom. */
  readonly release: string
  /** The migrations that this release knows. */
  readonly migrations: readonly Migration[]
}

/** Counted while a backup is written. */
export interface Written {
  readonly rows: { readonly [table: string]: number }
}

/**
 * Takes a backup of the whole instance as it is at one moment, while it runs: one transaction reads one snapshot and
 * keeps nobody waiting. `write` gets the lines (`format.ts`), not yet packed, as fast as it takes them.
 * @throws BackupError when the database holds no instance, or one of a newer release
 */
export function writeBackup(
  sql: Sql,
  { release, migrations }: WriteOptions,
  write: (lines: AsyncIterable<string>) => Promise<void>,
): Promise<Written> {
  return sql.transaction(async (tx) => {
    // The texts of times must not depend on how a server is set.
    await tx.script(`set transaction isolation level repeatable read, read only;
      set local datestyle to 'ISO, YMD'; set local timezone to 'UTC'`)
    const header = await headerOf(tx, release, migrations)
    const rows: { [table: string]: number } = {}
    await write(hashed(header, tx, rows))
    return { rows }
  })
}

async function headerOf(tx: Sql, release: string, known: readonly Migration[]): Promise<BackupHeader> {
  const migrations = await recordedMigrations(tx)
  if (migrations.length === 0) {
    throw new BackupError('database', 'The database is empty: nothing was ever started on it. Check the settings.')
  }
  const newer = migrations.find((name) => !known.some((migration) => migration.name === name))
  if (newer !== undefined) {
    throw new BackupError(
      'database',
      `The database was written by a newer release: it has migration "${newer}", which this one does not know. Take the backup with that release.`,
    )
  }
  const [clock] = await tx.query<{ now: Date }>('select now() as now')
  if (clock === undefined) throw new Error('`select now()` returned no row')
  const sequences: { [name: string]: number } = {}
  // Read after the snapshot was taken, so never behind a row in it.
  for (const name of keptSequences) {
    if (!(await hasRelation(tx, name))) continue
    const [sequence] = await tx.query<{ last: number }>(`select last_value as last from ${name}`)
    sequences[name] = sequence?.last ?? 0
  }
  const createdAt = clock.now.toISOString()
  return { format: BACKUP_FORMAT, release, createdAt, migrations, sequences, eventDays: await eventDays(tx) }
}

async function* hashed(header: BackupHeader, tx: Sql, rows: { [table: string]: number }): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const said = (lines: string): string => {
    hash.update(lines)
    return lines
  }
  yield said(`${JSON.stringify(header)}\n`)
  for (const table of keptTables) {
    const columns = (await columnsOf(tx, table)).map(({ name }) => name)
    // A schema of an older release may not have it yet.
    if (columns.length === 0) continue
    yield said(`${JSON.stringify({ table, columns })}\n`)
    rows[table] = 0
    for await (const batch of rowsOf(tx, table, columns)) {
      rows[table] += batch.length
      yield said(`${batch.join('\n')}\n`)
    }
  }
  yield `${JSON.stringify({ rows, sha256: hash.digest('hex') })}\n`
}

/** What is read at once: characters, about. A flow can be as long as many thousand messages. */
const BATCH_LENGTH = 1_000_000
const MOST_ROWS = 2_000

async function* rowsOf(tx: Sql, table: KeptTable, columns: readonly string[]): AsyncGenerator<string[]> {
  // Each column as its text, so that numbers and JSON come back to the last digit and blank.
  const texts = columns.map((column) => `${quoted(column)}::text`).join(', ')
  await tx.script(`declare backup_rows no scroll cursor for select json_build_array(${texts})::text from ${table}`)
  let count = 10
  for (;;) {
    const batch = (await tx.values(`fetch ${count} from backup_rows`)).map(([row]) => String(row))
    if (batch.length > 0) yield batch
    if (batch.length < count) break
    const length = batch.reduce((sum, row) => sum + row.length, 0)
    count = Math.min(MOST_ROWS, Math.max(1, Math.round((count * BATCH_LENGTH) / length)))
  }
  await tx.script('close backup_rows')
}
