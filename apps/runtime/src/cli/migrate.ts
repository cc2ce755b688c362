import type { Command } from 'commander'
import { distribute } from '../db/distribute.ts'
import { migrate, releasedMigrations } from '../db/migrate.ts'
import { readSettings } from '../settings/environment.ts'
import type { Io } from './io.ts'
import { withDatabase } from './with-database.ts'
import { inTheWorld } from './world-errors.ts'

/** `textloom migrate`: the schema of this release, without starting anything. */
export function configure(command: Command, io: Io): void {
  command
    .description('Bring the database to what this release needs. A start does it too; this is for doing it beforehand.')
    .option('--distribute', 'also spread the tables of conversations over the nodes of Citus')
    .action((options: { readonly distribute?: true }) =>
      inTheWorld(() =>
        withDatabase(readSettings(io.env), async (sql) => {
          const applied = await migrate(sql, await releasedMigrations())
          const spread = options.distribute ? await distribute(sql) : []
          const lines = [...applied.map((name) => `Applied ${name}.`), ...spread.map((name) => `Distributed ${name}.`)]
          await io.print(`${lines.length === 0 ? 'The database is up to date.' : lines.join('\n')}\n`)
        }),
      ),
    )
}
