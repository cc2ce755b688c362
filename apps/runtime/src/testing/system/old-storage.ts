import { migrate, releasedMigrations } from '../../db/migrate.ts'
import { connectPostgres } from '../../db/postgres-js.ts'
import type { Storage } from './storage.ts'

const NAME = 'first_schema'

/** The same server with another database: empty, and as the first migration made it. */
export async function oldStorage(storage: Storage): Promise<Storage> {
  const url = new URL(storage.env.DATABASE_URL ?? '')
  await storage.sql?.script(`create database ${NAME}`)
  url.pathname = `/${NAME}`
  const sql = connectPostgres({ url: url.href }, { engine: 'embedded', connections: 1 })
  await migrate(sql, (await releasedMigrations()).slice(0, 1))
  return {
    ...storage,
    sql,
    env: { ...storage.env, DATABASE_URL: url.href },
    async remove() {
      await sql.close()
      await storage.remove()
    },
  }
}
