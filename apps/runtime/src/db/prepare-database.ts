import { prepareEventPartitions } from './event-partitions.ts'
import { migrate, releasedMigrations } from './migrate.ts'
import type { Sql } from './sql.ts'

/**
 * Makes an open database ready for this release: its schema, and room for the events of the coming days. Returns the
 * names of the migrations applied.
 * @throws MigrationError when the database belongs to a newer release
 */
export async function prepareDatabase(sql: Sql, now: number): Promise<string[]> {
  const applied = await migrate(sql, await releasedMigrations())
  await prepareEventPartitions(sql, now)
  return applied
}
