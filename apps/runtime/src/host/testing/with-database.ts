import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { quickestEngine, type TestDatabase, type TestServer } from '../../testing/index.ts'

/**
 * A fresh database for each test, on the quickest engine that runs here. For tests of the host's own logic; what depends
 * on the engine is tested with `onEachEngine`.
 */
export function withDatabase(): () => TestDatabase {
  let server: TestServer | undefined
  let database: TestDatabase | undefined

  beforeAll(async () => {
    server = await (await quickestEngine()).start()
  }, 120_000)
  beforeEach(async () => {
    database = await server?.database()
  })
  // Its connections would count against the server's.
  afterEach(() => database?.sql.close())
  afterAll(async () => {
    await server?.stop()
  }, 120_000)

  return () => {
    if (database === undefined) throw new Error('The database is there within tests only.')
    return database
  }
}
