import { makeEventDays } from '../event-partitions.ts'
import { lockSchema, type Migration, migrate } from '../migrate.ts'
import { type Sql, SqlError } from '../sql.ts'
import { BackupError } from './backup-error.ts'
import { type Column, columnsOf, hasRelation, quoted, recordedMigrations } from './columns.ts'
import type { BackupHeader } from './format.ts'
import { type Batch, type OpenBackup, openBackup } from './read-backup.ts'
import { isKeptTable, keptSequences, keptTables, leftOutTables } from './tables.ts'
import { type QueuedPolicy, settleUncertainMts, type UncertainMts } from './uncertain-mts.ts'

export interface RestoreOptions {
  readonly queued: QueuedPolicy
  /** The migrations that this release knows. */
  readonly migrations: readonly Migration[]
}

/** What a restore did. */
export interface Restored {
  readonly header: BackupHeader
  readonly rows: { readonly [table: string]: number }
  readonly uncertain: UncertainMts
}

/**
 * Fills an empty database with a backup: all of it in one transaction, or nothing. A backup of an older release is
 * restored at its schema, which is brought to this release's then.
 * @throws BackupError when the backup is at fault, or the database is not empty; MigrationError, SqlError
 */
export async function restoreBackup(
  sql: Sql,
  source: AsyncIterable<Uint8Array>,
  options: RestoreOptions,
): Promise<Restored> {
  const backup = await openBackup(source)
  try {
    return await restoreOpened(sql, backup, options)
  } finally {
    await backup.close()
  }
}

async function restoreOpened(
  sql: Sql,
  { header, batches }: OpenBackup,
  { queued, migrations }: RestoreOptions,
): Promise<Restored> {
  const upTo = migrationsOf(header, migrations)
  await refuseUnlessEmpty(sql)
  const recorded = await recordedMigrations(sql)
  if (recorded.length > upTo.length) {
    throw new BackupError(
      'database',
      `The backup is of an older release (${header.release}, migration "${upTo.at(-1)?.name}"), and the database has the tables of a newer one. Restore it into a database without tables; it is brought to this release then.`,
    )
  }
  await migrate(sql, upTo)
  const restored = await sql.transaction(async (tx) => {
    // A runtime that starts meanwhile waits here, and a second restore.
    await lockSchema(tx)
    await refuseUnlessEmpty(tx)
    await tx.script(
      `set local datestyle to 'ISO, YMD'; set local timezone to 'UTC'; set local textloom.is_restoring to 'on'`,
    )
    await makeEventDays(tx, header.eventDays)
    const constraints = await foreignKeys(tx)
    await tx.script(constraints.map(({ alter }) => `${alter} deferrable initially deferred;`).join('\n'))
    const rows = await insertAll(tx, batches)
    // All at once: what is referred to may stand behind what refers to it.
    await tx.script('set constraints all immediate')
    await tx.script(constraints.map(({ alter }) => `${alter} not deferrable;`).join('\n'))
    for (const name of keptSequences) await moveOn(tx, name, header.sequences[name] ?? 0)
    return { header, rows, uncertain: await settleUncertainMts(tx, queued) }
  })
  await migrate(sql, migrations)
  // Statements of the first minutes would be planned for empty tables.
  await sql.script('analyze')
  return restored
}

/** Those of `known` that the backup's schema had: a beginning of them. */
function migrationsOf({ migrations, release }: BackupHeader, known: readonly Migration[]): readonly Migration[] {
  const odd = migrations.find((name, index) => known[index]?.name !== name)
  if (odd === undefined) return known.slice(0, migrations.length)
  throw new BackupError(
    'file',
    `The backup was written by a newer release (${release}): it has migration "${odd}", which this one does not know. Restore it with that release.`,
  )
}

async function refuseUnlessEmpty(sql: Sql): Promise<void> {
  for (const table of [...keptTables, ...Object.keys(leftOutTables)]) {
    if (table === 'schema_migration') continue
    if ((await columnsOf(sql, table)).length === 0) continue
    if ((await sql.query(`select 1 from ${table} limit 1`)).length === 0) continue
    throw new BackupError(
      'database',
      `The database is not empty: table "${table}" has rows. A restore overwrites nothing: set TEXTLOOM_DATA_DIR to a new folder, or DATABASE_URL to a new database.`,
    )
  }
}

/** The foreign keys of our tables, and how a statement that changes them begins. */
async function foreignKeys(tx: Sql): Promise<{ alter: string }[]> {
  const rows = await tx.query<{ table: string; name: string }>(
    `select c.relname::text as table, f.conname::text as name from pg_constraint f join pg_class c on c.oid = f.conrelid
     where f.contype = 'f' and f.conparentid = 0 and pg_table_is_visible(c.oid)`,
  )
  return rows
    .filter(({ table }) => isKeptTable(table))
    .map(({ table, name }) => ({ alter: `alter table ${table} alter constraint ${quoted(name)}` }))
}

async function insertAll(tx: Sql, batches: AsyncIterable<Batch>): Promise<{ [table: string]: number }> {
  const counts: { [table: string]: number } = {}
  let table: string | undefined
  let statement = ''
  for await (const batch of batches) {
    if (batch.table !== table) {
      table = batch.table
      statement = insertion(await columnsFor(tx, batch), table)
    }
    if (batch.rows.length > 0) await insert(tx, statement, batch)
    counts[table] = (counts[table] ?? 0) + batch.rows.length
  }
  return counts
}

/** The columns that the batch names, with their types. */
async function columnsFor(tx: Sql, { table, columns, line }: Batch): Promise<Column[]> {
  if (!isKeptTable(table)) {
    throw new BackupError(
      'file',
      `Line ${line} of the backup is of table "${table}", which no backup holds. Nothing was restored.`,
    )
  }
  const known = await columnsOf(tx, table)
  const found = columns.map((name) => known.find((column) => column.name === name))
  if (columns.length !== known.length || new Set(columns).size !== known.length || found.includes(undefined)) {
    throw new BackupError(
      'file',
      `Line ${line} of the backup: table "${table}" has other columns than its release made. Nothing was restored.`,
    )
  }
  return found.filter((column) => column !== undefined)
}

/** One parameter for each column: the texts of all rows, as a JSON list. */
function insertion(columns: readonly Column[], table: string): string {
  const lists = columns.map((_, index) => `json_array_elements_text($${index + 1}::text::json)`)
  const texts = columns.map((_, index) => `c${index}`)
  return `insert into ${table} (${columns.map(({ name }) => quoted(name)).join(', ')})
    select ${columns.map(({ type }, index) => `c${index}::${type}`).join(', ')}
    from rows from (${lists.join(', ')}) as x(${texts.join(', ')})`
}

async function insert(tx: Sql, statement: string, { table, columns, rows, line }: Batch): Promise<void> {
  try {
    await tx.query(
      statement,
      columns.map((_, index) => JSON.stringify(rows.map((row) => row[index] ?? null))),
    )
  } catch (error) {
    if (!(error instanceof SqlError) || !error.isPoison) throw error
    throw new BackupError(
      'file',
      `A row of table "${table}" cannot be stored (lines ${line} to ${line + rows.length - 1} of the backup): ${error.message}. Nothing was restored.`,
      error,
    )
  }
}

/** Beyond all that was counted by it, also by rows that were written while the backup was made. */
async function moveOn(tx: Sql, sequence: (typeof keptSequences)[number], last: number): Promise<void> {
  if (!(await hasRelation(tx, sequence))) return
  const used = { lease_epoch: 'max(epoch)', webhook_message: '-min(rev)' }[sequence]
  await tx.query(`select setval('${sequence}', greatest($1::bigint, (select coalesce(${used}, 0) from outbox)) + 1)`, [
    last,
  ])
}
