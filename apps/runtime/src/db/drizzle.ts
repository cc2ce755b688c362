import { drizzle, type PgRemoteDatabase } from 'drizzle-orm/pg-proxy'
import * as schema from './schema/index.ts'
import type { Sql, SqlParam } from './sql.ts'

/** The query builder for everything but the hot path: CRUD of the API and the app. */
export type Db = PgRemoteDatabase<typeof schema>

/**
 * Drizzle over the port, whatever engine stands behind it. `db.transaction` does not exist here: a caller that needs
 * one uses `inTransaction`, and hands the `Db` it is given down to queries. Raw SQL goes to `Sql` itself.
 */
export function drizzleOver(sql: Sql): Db {
  return drizzle(async (text, params: SqlParam[]) => ({ rows: await sql.values(text, params) }), { schema })
}

/** Runs `work` in one transaction; its `Db` is valid until it ends. */
export function inTransaction<Result>(sql: Sql, work: (tx: Db) => Promise<Result>): Promise<Result> {
  return sql.transaction((tx) => work(drizzleOver(tx)))
}
