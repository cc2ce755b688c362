import type { Sql } from '../db/sql.ts'
import type { ImportRow } from './imports.ts'
import { troubledRows } from './rows.ts'

const PAGE = 1_000

/** Rows that were refused, as they stood in the file, or contacts that an undo left as they are: why, a page at a time. */
export async function* troubledLines(
  sql: Sql,
  { id, look }: Pick<ImportRow, 'id' | 'look'>,
  of: 'refused' | 'kept',
): AsyncGenerator<readonly (readonly string[])[]> {
  yield [of === 'refused' ? [...look.columns, 'Row', 'Why it was not imported'] : ['Phone', 'Row', 'Why it stays']]
  for (let after = 0; ; ) {
    const rows = await troubledRows(sql, { id, of, after, limit: PAGE })
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map(({ n, phone, detail, cells }) =>
      of === 'refused'
        ? [...look.columns.map((_name, column) => cells?.[column] ?? ''), String(n), detail]
        : [phone ?? '', String(n), detail],
    )
    after = last.n
  }
}
