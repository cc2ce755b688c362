import postgres from 'postgres'
import { parseDatabaseUrl } from './database-url.ts'
import { type Sql, type SqlEngine, SqlError, type SqlParam } from './sql.ts'
import { exactNumber, jsonText, timeText } from './values.ts'

/** How to reach a PostgreSQL server: a URL, maybe with several hosts of one cluster, or what the embedded one listens on. */
export type ServerAddress =
  | { readonly url: string }
  | {
      /** A host name, or the directory of a unix socket. */
      readonly host: string
      readonly port: number
      readonly user: string
      readonly password: string
      readonly database: string
    }

export interface ConnectOptions {
  readonly engine: Extract<SqlEngine, 'embedded' | 'server'>
  /** Connections for the hot path; as many again for everything else. */
  readonly connections?: number
  /** True where Citus has spread the tables: it plans each statement by itself. */
  readonly isDistributed?: boolean
}

/**
 * PostgreSQL through postgres.js. Opens no connection before the first statement, and again by itself after a
 * connection was lost: to whichever host is the primary then.
 */
export function connectPostgres(
  address: ServerAddress,
  { engine, connections = 8, isDistributed = false }: ConnectOptions,
): Sql {
  const hot = poolTo(address, connections, isDistributed ? {} : HOT_PATH)
  const ordinary = poolTo(address, connections, {})
  const listening = open(address, 1, {})
  return {
    engine,
    isDistributed,
    query: (text, params) => hot.use((client) => rowsOf(client, text, params)),
    values: (text, params) => ordinary.use((client) => valuesOf(client, text, params)),
    script: (text) => ordinary.use((client) => scriptOf(client, text)),
    transaction: (work) => ordinary.use((client) => transactionOn(client, engine, work)),
    listen: async (channel, heard) => {
      const { unlisten } = await asSqlError(listening.listen(channel, heard))
      return unlisten
    },
    close: async () => {
      await Promise.all([hot.close(), ordinary.close(), listening.end({ timeout: CLOSE_TIMEOUT_S })])
    },
  }
}

interface Pool {
  use<Result>(work: (client: Client) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

/**
 * Connections that are left for new ones as soon as one of them turns out to be read-only: its server is a standby, or has
 * become one, and would stay open as such for ever.
 */
function poolTo(address: ServerAddress, connections: number, settings: { readonly [name: string]: string }): Pool {
  let client = open(address, connections, settings)
  // A connection that never came about would be waited for without end.
  const end = (one: Client) => one.end({ timeout: CLOSE_TIMEOUT_S })
  return {
    async use(work) {
      const used = client
      try {
        return await work(used)
      } catch (error) {
        if (error instanceof SqlError && error.code === READ_ONLY && client === used) {
          client = open(address, connections, settings)
          void end(used).catch(() => undefined)
        }
        throw error
      }
    },
    close: () => end(client),
  }
}

/**
 * Hot statements address rows by their keys and are planned once per connection, often while tables are still empty:
 * left to itself the planner would choose a scan then and keep it until the next ANALYZE, however large the table
 * has become. So: index access and nested loops, always.
 */
export const HOT_PATH = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_indexonlyscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
}

/** How long running statements may take to finish when the database is closed. */
const CLOSE_TIMEOUT_S = 3

/** SQLSTATE read_only_sql_transaction. */
const READ_ONLY = '25006'

// OIDs of pg_type.
const BIGINT = 20
const JSON_TYPES = [114, 3802]
const TIMES = [1114, 1184]

function open(address: ServerAddress, max: number, settings: { readonly [name: string]: string }) {
  const options: postgres.Options<Record<string, postgres.PostgresType>> = {
    max,
    // Array types would cost a query per connection, and nothing here uses them.
    fetch_types: false,
    onnotice: () => undefined,
    // The default waits up to 20 s; a database that is back should be used at once.
    backoff: (attempt) => Math.min(1, 0.05 * 2 ** attempt),
    connect_timeout: 10,
    idle_timeout: 0,
    max_lifetime: null,
    connection: { application_name: 'textloom', TimeZone: 'UTC', ...settings },
    types: {
      bigint: { to: BIGINT, from: [BIGINT], serialize: String, parse: exactNumber },
      json: { to: 114, from: JSON_TYPES, serialize: jsonText, parse: (text: string) => JSON.parse(text) },
      date: { to: 1184, from: TIMES, serialize: timeText, parse: (text: string) => new Date(text) },
    },
  }
  if (!('url' in address)) return postgres({ ...options, ...address })
  const isCluster = (parseDatabaseUrl(address.url)?.hosts.length ?? 1) > 1
  // The driver takes `read-write` for "not read-only by default", which a standby is too.
  return postgres(address.url, isCluster ? { ...options, target_session_attrs: 'primary' } : options)
}

type Client = ReturnType<typeof open>
type Runner = Pick<Client, 'unsafe'>

async function rowsOf<Row>(
  client: Runner,
  text: string,
  params: readonly SqlParam[] = [],
  prepare = true,
): Promise<Row[]> {
  const rows = await asSqlError(client.unsafe(text, bind(params), { prepare }))
  // What the columns hold is the statement's promise: its caller names the row type next to the text.
  return Array.from(rows as unknown as Row[])
}

/** Not prepared by name: texts that a query builder makes are many, and a connection never forgets one. */
async function valuesOf(client: Runner, text: string, params: readonly SqlParam[] = []): Promise<unknown[][]> {
  return Array.from(await asSqlError(client.unsafe(text, bind(params)).values()))
}

async function scriptOf(client: Runner, text: string): Promise<void> {
  await asSqlError(client.unsafe(text).simple())
}

async function transactionOn<Result>(
  client: Client,
  engine: SqlEngine,
  work: (tx: Sql) => Promise<Result>,
): Promise<Result> {
  // Whatever `work` throws is its caller's, and not of the database, even where it has a code too.
  let thrown: { readonly error: unknown } | undefined
  const outcome = await asSqlError(
    client.begin(async (tx) => {
      const given: Sql = {
        engine,
        query: (text, params) => rowsOf(tx, text, params, false),
        values: (text, params) => valuesOf(tx, text, params),
        script: (text) => scriptOf(tx, text),
        transaction: () => Promise.reject(new Error('A transaction cannot contain another one.')),
        close: () => Promise.reject(new Error('A transaction ends with its function.')),
      }
      try {
        // In a box: postgres.js would await an array of promises instead of handing it through.
        return { result: await work(given) }
      } catch (error) {
        thrown = { error }
        throw error
      }
    }),
  ).catch((error: unknown) => {
    throw thrown === undefined ? error : thrown.error
  })
  return outcome.result
}

/** postgres.js changes the array it is given; its parameter type knows only its own type map. */
function bind(params: readonly SqlParam[]): postgres.ParameterOrJSON<never>[] {
  return [...params] as postgres.ParameterOrJSON<never>[]
}

async function asSqlError<Result>(running: PromiseLike<Result>): Promise<Result> {
  try {
    return await running
  } catch (error) {
    if (error instanceof postgres.PostgresError) {
      throw new SqlError(error.message, error.code, { constraint: error.constraint_name, cause: error })
    }
    // The driver's own failures carry a word as code (CONNECTION_CLOSED, ECONNREFUSED); anything else is a bug.
    if (error instanceof Error && 'code' in error && typeof error.code === 'string' && !(error instanceof SqlError)) {
      throw new SqlError(error.message, error.code, { cause: error })
    }
    throw error
  }
}
