import { DatabaseError } from '../db/engine/database-error.ts'
import { connectRunningServer } from '../db/engine/running-server.ts'
import { openDatabase } from '../db/open-database.ts'
import type { Sql } from '../db/sql.ts'
import type { Settings } from '../settings/environment.ts'

/**
 * Gives a command the database of an instance, whether the instance runs or not, and closes it.
 * @throws DatabaseError where it cannot be opened; PGlite cannot be opened twice
 */
export async function withDatabase<Result>(settings: Settings, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  const database = await openOrJoin(settings)
  try {
    return await work(database.sql)
  } finally {
    await database.close()
  }
}

async function openOrJoin(settings: Settings): Promise<{ sql: Sql; close(): Promise<void> }> {
  try {
    return await openDatabase(settings)
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== 'folder-held') throw error
    const sql = await connectRunningServer(settings.dataDir)
    if (sql === undefined) throw error
    return { sql, close: () => sql.close() }
  }
}
