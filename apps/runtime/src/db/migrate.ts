import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Sql } from './sql.ts'

/** One step of the schema. */
export interface Migration {
  /** Its file without `.sql`: `0000_first`. */
  readonly name: string
  readonly text: string
}

/** The migrations of this release, in order. */
export async function releasedMigrations(folder = new URL('./migrations/', import.meta.url)): Promise<Migration[]> {
  const journal: { entries: { tag: string }[] } = JSON.parse(
    await readFile(new URL('meta/_journal.json', folder), 'utf8'),
  )
  return Promise.all(
    journal.entries.map(async ({ tag }) => ({
      name: tag,
      text: await readFile(new URL(`${tag}.sql`, folder), 'utf8'),
    })),
  )
}

/** The database cannot be brought to what this release expects; nothing was changed. */
export class MigrationError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'MigrationError'
  }
}

/**
 * Brings the schema to what `migrations` say: each in a transaction of its own, recorded with its hash, so that a
 * second run applies nothing and a killed one goes on where it stopped. Several processes may call it at once.
 * Returns the names of those applied.
 * @throws MigrationError when the database was migrated by a newer release, or by files that read otherwise
 */
export async function migrate(sql: Sql, migrations: readonly Migration[]): Promise<string[]> {
  await sql.transaction(async (tx) => {
    await lockSchema(tx)
    await tx.script(
      'create table if not exists schema_migration (name text primary key, hash text not null, applied_at timestamptz not null)',
    )
  })
  const applied: string[] = []
  for (const [index, migration] of migrations.entries()) {
    const isApplied = await sql.transaction(async (tx) => {
      await lockSchema(tx)
      if (await isRecorded(tx, migrations, index)) return false
      await tx.script(migration.text)
      await tx.query('insert into schema_migration (name, hash, applied_at) values ($1, $2, clock_timestamp())', [
        migration.name,
        hashOf(migration),
      ])
      return true
    })
    if (isApplied) applied.push(migration.name)
  }
  return applied
}

/** One process at a time, until its transaction ends: for migrations, and what else no start may come between. */
export async function lockSchema(tx: Sql): Promise<void> {
  // The number is "tl" and "migrate" in ASCII, nothing else takes it.
  await tx.query('select pg_advisory_xact_lock(29804, 1835624306)')
}

/** True when migration `index` is recorded; refuses a history that is not a beginning of `migrations`. */
async function isRecorded(tx: Sql, migrations: readonly Migration[], index: number): Promise<boolean> {
  const recorded = await tx.query<{ name: string; hash: string }>(
    'select name, hash from schema_migration order by name',
  )
  for (const [position, { name, hash }] of recorded.entries()) {
    const known = migrations[position]
    if (known === undefined || (known.name !== name && !migrations.some((migration) => migration.name === name))) {
      throw new MigrationError(
        `The database was written by a newer release: it has migration "${name}", which this one does not know. Start that release again, or restore a backup of this one.`,
      )
    }
    if (known.name !== name || hashOf(known) !== hash) {
      throw new MigrationError(
        `Migration "${name}" was applied with another text than this release has. Restore the file, or restore the database from a backup.`,
      )
    }
  }
  return recorded.length > index
}

function hashOf({ text }: Migration): string {
  return createHash('sha256').update(text).digest('hex')
}
