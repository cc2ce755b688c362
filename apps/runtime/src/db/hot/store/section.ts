import { type Columns, names, recordset } from '../recordset.ts'
import type { StoreBatch } from '../types.ts'

/** One list of a batch: how its rows travel, and the part of the STORE statement that writes them. */
export interface Section {
  /** Names the list within the statement. */
  readonly name: string
  readonly columns: Columns
  /** The rows of this list in `batch`, ready for JSON. */
  rows(batch: StoreBatch): readonly object[]
  /** Writes them; `source` is the list as a table named `x`, `list` its column names. */
  write(source: string, list: string): string
  /**
   * Present where every row must be written or the whole batch is undone: which of the rows that `write` returns
   * count as written.
   */
  readonly guard?: string
}

/** A list whose rows are inserted as they are. */
export function insertion(name: string, table: string, columns: Columns, rows: Section['rows']): Section {
  const write: Section['write'] = (source, list) => `insert into ${table} (${list}) select ${list} from ${source}`
  return { name, columns, rows, write }
}

/** The section as one CTE that reads its rows from parameter `placeholder`. */
export function cte({ name, columns, write }: Section, placeholder: number): string {
  return `${name} as (${write(recordset(placeholder, 'x', columns), names(columns))})`
}
