import { afterAll, beforeAll, beforeEach, describe } from 'vitest'
import type { Sql } from '../db/sql.ts'
import { type TestDatabase, type TestEngine, type TestServer, testEngines } from './test-engines.ts'

/** What a group of tests is given: its own database, opened before its first test. */
export interface EngineUnderTest {
  readonly engine: TestEngine['engine']
  /** The database of this group. */
  readonly database: () => TestDatabase
  /** The same, with every row gone: for tests that look at whole tables. */
  readonly emptyDatabase: () => Promise<TestDatabase>
  /** Another one: for tests that change the schema, or close it. Takes a second on PGlite. */
  readonly anotherDatabase: () => Promise<TestDatabase>
  /** Writes what all tests of the group read, once, before the first; nothing where the engine cannot run. */
  readonly prepare: (write: (database: TestDatabase) => Promise<void>) => void
}

/**
 * The same tests on embedded PostgreSQL, PGlite and a real server; where one cannot run here its tests are skipped
 * with the reason. Call it once per file: each call starts the engines it tests.
 */
export function onEachEngine(tests: (under: EngineUnderTest) => void): void {
  // Opening another PGlite takes seconds where many tests share few processors.
  describe.each(testEngines)('on $name', { timeout: 60_000 }, (engine) => {
    let reason: string | undefined
    let server: TestServer | undefined
    let database: TestDatabase | undefined
    const preparations: ((database: TestDatabase) => Promise<void>)[] = []

    beforeAll(async () => {
      reason = await engine.unavailable()
      if (reason !== undefined) return
      server = await engine.start()
      database = await server.database()
      for (const write of preparations) await write(database)
    }, 120_000)

    beforeEach(({ skip }) => {
      if (reason !== undefined) skip(reason)
    })

    afterAll(async () => {
      await server?.stop()
    }, 120_000)

    tests({
      engine: engine.engine,
      database: () => given(database, engine),
      emptyDatabase: async () => {
        const opened = given(database, engine)
        await opened.sql.script(await deletion(opened.sql))
        return opened
      },
      anotherDatabase: () => given(server, engine).database(),
      prepare: (write) => void preparations.push(write),
    })
  })
}

/** Deletes rather than TRUNCATE, which syncs every file of every table. What others refer to goes last. */
async function deletion(sql: Sql): Promise<string> {
  const tables = await sql.query<{ name: string }>(
    `select relname as name from pg_class c where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
     and not relispartition and relname <> 'schema_migration'
     order by (select count(*) from pg_constraint where confrelid = c.oid)`,
  )
  return tables.map(({ name }) => `delete from ${name};`).join(' ')
}

function given<Value>(value: Value | undefined, engine: TestEngine): Value {
  if (value === undefined) throw new Error(`${engine.name} was not started: ask for its database within a test.`)
  return value
}
