import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { type TestDatabase, type TestEngine, type TestServer, testEngines } from '../../testing/index.ts'

/**
 * A fresh database for each test, on the first engine that runs here. For tests of the host's own logic; what depends
 * on the engine is tested with `onEachEngine`.
 */
export function withDatabase(): () => TestDatabase {
  let server: TestServer | undefined
  let database: TestDatabase | undefined

  beforeAll(async () => {
    server = await (await firstAvailable()).start()
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

async function firstAvailable(): Promise<TestEngine> {
  for (const engine of testEngines) if ((await engine.unavailable()) === undefined) return engine
  throw new Error('No database engine runs here, not even PGlite.')
}
