import type { Command } from 'commander'
import { migrate, releasedMigrations } from '../db/migrate.ts'
import { readSettings } from '../settings/environment.ts'
import type { Io } from './io.ts'
import { withDatabase } from './with-database.ts'
import { inTheWorld } from './world-errors.ts'

/** `textloom migrate`: the schema of this release, without starting anything. */
export function configure(command: Command, io: Io): void {
  command
    .description('Bring the database to what this release needs. A start does it too; this is for doing it beforehand.')
    .action(() =>
      inTheWorld(async () => {
        const applied = await withDatabase(readSettings(io.env), async (sql) =>
          migrate(sql, await releasedMigrations()),
        )
        await io.print(
          applied.length === 0 ? 'The database is up to date.\n' : applied.map((name) => `Applied ${name}.\n`).join(''),
        )
      }),
    )
}
