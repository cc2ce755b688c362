import { iso } from '../db/hot/recordset.ts'
import type { Sql } from '../db/sql.ts'

const DAY_MS = 86_400_000

/** How long a file waits to be imported, and how long what an import did can be looked at and undone. */
export const importRetention = { fileDays: 7, rowDays: 30 } as const

/** Deletes files that were never imported, and the rows of imports that are long past. What they did stays. */
export async function forgetImports(sql: Sql, now: number): Promise<void> {
  const before = (days: number) => iso(now - days * DAY_MS)
  const resting = "state not in ('checking', 'running', 'undoing')"
  await sql.query(
    `delete from contact_import_piece where import_id in
       (select id from contact_import where updated_at < $1::timestamptz and ${resting})`,
    [before(importRetention.fileDays)],
  )
  await sql.query(
    `delete from contact_import_row where import_id in
       (select id from contact_import where updated_at < $1::timestamptz and ${resting})`,
    [before(importRetention.rowDays)],
  )
  await sql.query(
    `delete from contact_import where updated_at < $1::timestamptz and state in ('draft', 'checked', 'failed')`,
    [before(importRetention.rowDays)],
  )
}
