import type { Sql } from '../sql.ts'

/** A column as the database has it. */
export interface Column {
  readonly name: string
  /** As a cast takes it: `timestamp with time zone`. */
  readonly type: string
}

/** The columns of a table in their order; none where there is no such table. */
export function columnsOf(sql: Sql, table: string): Promise<Column[]> {
  return sql.query<Column>(
    `select attname::text as name, format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = to_regclass($1::text) and attnum > 0 and not attisdropped order by attnum`,
    [table],
  )
}

/** Names of the migrations that the database has, in order; none before the first start. */
export async function recordedMigrations(sql: Sql): Promise<string[]> {
  const [table] = await sql.query<{ name: string | null }>("select to_regclass('schema_migration')::text as name")
  if (table?.name == null) return []
  return (await sql.query<{ name: string }>('select name from schema_migration order by name')).map(({ name }) => name)
}

/** A name from the catalogue, as statements take it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** Whether the schema has a table or sequence of this name: that of an older release may not. */
export async function hasRelation(sql: Sql, name: string): Promise<boolean> {
  const [row] = await sql.query<{ has: boolean }>('select to_regclass($1::text) is not null as has', [name])
  return row?.has ?? false
}
