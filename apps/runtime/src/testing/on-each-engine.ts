import { afterAll, beforeAll, beforeEach, describe } from 'vitest'
import { type TestDatabase, type TestEngine, type TestServer, testEngines } from './test-engines.ts'

/** What a group of tests is given: its own database, opened before its first test. */
export interface EngineUnderTest {
  readonly engine: TestEngine['engine']
  /** The database of this group. */
  readonly database: () => TestDatabase
  /** Another empty one. */
  readonly anotherDatabase: () => Promise<TestDatabase>
}

/**
 * The same tests on embedded PostgreSQL, PGlite and a real server; where one cannot run here its tests are skipped
 * with the reason. Call it once per file: each call starts the engines it tests.
 */
export function onEachEngine(tests: (under: EngineUnderTest) => void): void {
  describe.each(testEngines)('on $name', (engine) => {
    let reason: string | undefined
    let server: TestServer | undefined
    let database: TestDatabase | undefined

    beforeAll(async () => {
      reason = await engine.unavailable()
      if (reason !== undefined) return
      server = await engine.start()
      database = await server.database()
    }, 120_000)

    beforeEach(({ skip }) => {
      if (reason !== undefined) skip(reason)
    })

    afterAll(async () => {
      await server?.stop()
    }, 30_000)

    tests({
      engine: engine.engine,
      database: () => given(database, engine),
      anotherDatabase: () => given(server, engine).database(),
    })
  })
}

function given<Value>(value: Value | undefined, engine: TestEngine): Value {
  if (value === undefined) throw new Error(`${engine.name} was not started: ask for its database within a test.`)
  return value
}
