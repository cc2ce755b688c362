import { DatabaseError } from './engine/database-error.ts'
import { lockSchema } from './migrate.ts'
import type { Sql } from './sql.ts'

/** Tables whose rows lie on the nodes of Citus, by their bucket; the rows of one bucket are on one node. */
export const distributedTables = [
  'session',
  'run',
  'inbox',
  'pending_start',
  'ticket',
  'ticket_note',
  'tracked_link',
] as const

/** Tables with a bucket that stay on the coordinator, and why. */
export const keptTogether: Readonly<Record<string, string>> = {
  outbox: 'a link claims what is due of all buckets in one statement with its lease, which Citus refuses',
  event: 'a trigger on it tells webhooks, and Citus distributes no table with triggers',
  part: 'what may be overwritten depends on times, which Citus takes for volatile',
  dead_letter: 'few rows, and read by people only',
}

/**
 * Spreads the tables of conversations over the nodes of Citus, with the rows they have. Returns those that were not
 * spread before; nothing happens to the others. Processes of Textloom must be started again afterwards.
 * @throws DatabaseError where the database has no Citus
 */
export async function distribute(sql: Sql): Promise<string[]> {
  if (!(await hasCitus(sql))) {
    throw new DatabaseError(
      'server',
      'The database at DATABASE_URL has no Citus: run CREATE EXTENSION citus there, add its nodes, and try again.',
    )
  }
  const done: string[] = []
  for (const table of distributedTables) {
    const isNew = await sql.transaction(async (tx) => {
      await lockSchema(tx)
      if (await isSpread(tx, table)) return false
      const together = table === 'session' ? 'none' : 'session'
      await tx.query(`select create_distributed_table('${table}', 'bucket', colocate_with => '${together}')`)
      return true
    })
    if (isNew) done.push(table)
  }
  return done
}

/** True when this database was distributed. */
export async function isDistributed(sql: Sql): Promise<boolean> {
  return (await hasCitus(sql)) && (await isSpread(sql, 'session'))
}

async function hasCitus(sql: Sql): Promise<boolean> {
  const [row] = await sql.query<{ has: boolean }>(
    "select to_regclass('pg_catalog.pg_dist_partition') is not null as has",
  )
  return row?.has === true
}

async function isSpread(sql: Sql, table: string): Promise<boolean> {
  const rows = await sql.query('select 1 from pg_dist_partition where logicalrelid = to_regclass($1::text)', [table])
  return rows.length > 0
}
