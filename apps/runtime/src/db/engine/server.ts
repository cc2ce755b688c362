import { parseDatabaseUrl } from '../database-url.ts'
import { isDistributed } from '../distribute.ts'
import { connectPostgres } from '../postgres-js.ts'
import type { Sql } from '../sql.ts'
import { DatabaseError } from './database-error.ts'

/** The oldest server whose SQL the hot statements are tested against. */
const OLDEST_MAJOR = 15

/** A server of the operator's, checked for what the runtime relies on. */
export interface Server {
  readonly sql: Sql
  readonly version: string
  /** Sentences about settings that break the promises of storage. */
  readonly warnings: readonly string[]
}

interface Facts {
  readonly version: string
  readonly number: number
  readonly encoding: string
  readonly fsync: string
  readonly commit: string
  readonly recovering: boolean
}

/**
 * Connects to `databaseUrl`.
 * @throws DatabaseError when it cannot be reached or is too old; nothing in it shows the URL's password
 */
export async function connectServer(databaseUrl: string): Promise<Server> {
  const where = describeUrl(databaseUrl)
  let sql = connectPostgres({ url: databaseUrl }, { engine: 'server' })
  try {
    const [facts] = await sql.query<Facts>(`
      select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
        current_setting('server_encoding') as encoding, current_setting('fsync') as fsync,
        current_setting('synchronous_commit') as commit, pg_is_in_recovery() as recovering`)
    if (facts === undefined) throw new DatabaseError('server', `The database at ${where} answers nothing.`)
    refuse(facts, where)
    if (await isDistributed(sql)) {
      await sql.close()
      sql = connectPostgres({ url: databaseUrl }, { engine: 'server', isDistributed: true })
    }
    return { sql, version: facts.version, warnings: warningsOf(facts, where) }
  } catch (error) {
    await sql.close().catch(() => undefined)
    if (error instanceof DatabaseError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new DatabaseError(
      'server',
      `The database at ${where} cannot be used: ${why}. Check DATABASE_URL and that the server runs.`,
      error,
    )
  }
}

function refuse({ version, number, encoding, recovering }: Facts, where: string): void {
  if (number < OLDEST_MAJOR * 10_000) {
    throw new DatabaseError(
      'server',
      `The database at ${where} is PostgreSQL ${version}; Textloom needs ${OLDEST_MAJOR} or newer.`,
    )
  }
  if (encoding !== 'UTF8') {
    throw new DatabaseError(
      'server',
      `The database at ${where} stores text as ${encoding}; create it with encoding UTF8.`,
    )
  }
  if (recovering) {
    throw new DatabaseError(
      'server',
      `The database at ${where} is a standby and takes no writes; name its primary in DATABASE_URL.`,
    )
  }
}

function warningsOf({ fsync, commit }: Facts, where: string): string[] {
  const warnings: string[] = []
  if (fsync === 'off') warnings.push(`fsync is off at ${where}: a power cut can destroy the database.`)
  if (commit === 'off') warnings.push(`synchronous_commit is off at ${where}: a crash can lose acknowledged messages.`)
  return warnings
}

/** Hosts, ports and database of a URL, without user, password and options. */
function describeUrl(databaseUrl: string): string {
  const address = parseDatabaseUrl(databaseUrl)
  if (address === undefined) {
    throw new DatabaseError('server', 'DATABASE_URL is not a URL like postgres://user:password@host:5432/database.')
  }
  return `${address.hosts.map(({ host }) => host || 'localhost').join(',')}${address.hosts[0]?.pathname ?? ''}`
}
