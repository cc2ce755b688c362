import type { Sql } from '../sql.ts'

/** The database's clock, epoch milliseconds: what the host's clock is set by. */
export async function databaseNow(sql: Sql): Promise<number> {
  const rows = await sql.query<{ now: Date }>('select clock_timestamp() as now')
  if (rows[0] === undefined) throw new Error('`select clock_timestamp()` returned no row')
  return rows[0].now.getTime()
}
