/** The engines that can stand behind the port. */
export type SqlEngine = 'embedded' | 'pglite' | 'server'

/**
 * What may be bound to `$1, $2, …`. A JSON value for the hot path is passed as text (`JSON.stringify`) to a
 * `$n::text::json` placeholder; lists are passed as JSON too, never as PostgreSQL arrays.
 */
export type SqlParam = string | number | boolean | null | Date | Uint8Array | { readonly [key: string]: unknown }

/**
 * PostgreSQL as the runtime sees it: the only code that knows an engine stands behind this port.
 *
 * Values are the same on every engine: `timestamptz` is a `Date`, `bigint` a `number` (a count beyond 2^53 is
 * refused), `json` and `jsonb` are parsed, `bytea` is a `Uint8Array`, everything else is what its text says.
 * Statements are prepared and cached by their text, so texts should come from a small set.
 */
export interface Sql {
  readonly engine: SqlEngine
  /** True where the tables of conversations are spread over the nodes of Citus (distribute.ts). */
  readonly isDistributed?: boolean
  /**
   * Runs one statement in a transaction of its own and returns its rows by column name.
   * @throws SqlError
   */
  query<Row = Record<string, unknown>>(text: string, params?: readonly SqlParam[]): Promise<Row[]>
  /** As `query`, but each row is the array of its columns: for joins whose column names meet. */
  values(text: string, params?: readonly SqlParam[]): Promise<unknown[][]>
  /** Runs several statements separated by semicolons, without parameters: migrations. */
  script(text: string): Promise<void>
  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it rejects. For CRUD and
   * migrations; the hot path is single statements.
   */
  transaction<Result>(work: (tx: Sql) => Promise<Result>): Promise<Result>
  /** Hears NOTIFY on `channel` until the returned function is called. A wake-up only: polling remains. */
  listen?(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>
  /** Lets running statements finish, then closes every connection. */
  close(): Promise<void>
}

/** Why a statement failed. */
export class SqlError extends Error {
  /** The five characters of SQLSTATE when the database answered, else the driver's own code (`ECONNREFUSED`). */
  readonly code: string
  /** The constraint that was broken, when one was. */
  readonly constraint: string | undefined

  constructor(message: string, code: string, options: { constraint?: string | undefined; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'SqlError'
    this.code = code
    this.constraint = options.constraint
  }

  /**
   * True when the database could not be asked, or could not answer, and may later: nothing is wrong with the
   * statement. Whether it was carried out is unknown when the connection died under it.
   */
  get isUnavailable(): boolean {
    // Appendix A of the PostgreSQL manual: 08 connection, 53 resources (disk full, too many clients), 57P shutdown, 58 I/O.
    return !isSqlState(this.code) || /^(?:08|53|57P|58|25006)/.test(this.code)
  }

  /** True when the statement lost against another and may simply be tried again (deadlock, serialisation). */
  get isContention(): boolean {
    return this.code === '40P01' || this.code === '40001' || this.code === '55P03'
  }

  /** True when the data itself cannot be stored: class 22 data, 23 integrity, 54 program limit. */
  get isPoison(): boolean {
    return isSqlState(this.code) && /^(?:22|23|54)/.test(this.code)
  }
}

/** A SQLSTATE is five digits or capitals that begin with a digit or P/H/F/X; driver codes have words. */
function isSqlState(code: string): boolean {
  return /^[0-9FHPX][0-9A-Z]{4}$/.test(code) && /[0-9]/.test(code)
}
