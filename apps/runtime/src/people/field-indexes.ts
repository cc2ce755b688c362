import { createHash } from 'node:crypto'
import type { Sql } from '../db/sql.ts'
import { type FieldDefinition, fieldExpression } from './fields.ts'

const PREFIX = 'contact_by_'

/**
 * Gives each defined field an index, so that a million contacts are searched by it at once, and takes away those of
 * fields that are defined no more. Built while everything goes on (`concurrently`), so never in a transaction; called
 * after a field changed, and by the hourly housekeeping for what a crash or a restore left undone.
 */
export function indexFields(sql: Sql): Promise<void> {
  // Two at once would wait for each other: each begins after the last one of this process has ended.
  const next = (building.get(sql) ?? Promise.resolve()).then(() => indexNow(sql))
  building.set(
    sql,
    next.catch(() => undefined),
  )
  return next
}

const building = new WeakMap<Sql, Promise<void>>()

async function indexNow(sql: Sql): Promise<void> {
  const fields = await sql.query<Pick<FieldDefinition, 'key' | 'type'>>('select key, type from contact_field')
  const wanted = new Map(fields.map((field) => [indexName(field), field]))
  const found = await sql.query<{ name: string; is_valid: boolean }>(
    `select c.relname::text as name, i.indisvalid as is_valid from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indrelid = 'contact'::regclass and c.relname like '${PREFIX}%'`,
  )
  for (const { name, is_valid: isValid } of found) {
    if (!wanted.has(name) || !isValid) await sql.query(`drop index concurrently if exists "${name}"`)
  }
  const standing = new Set(found.flatMap(({ name, is_valid: isValid }) => (isValid ? [name] : [])))
  for (const [name, field] of wanted) {
    if (standing.has(name)) continue
    await sql.query(
      `create index concurrently if not exists "${name}" on contact (${fieldExpression(field, '')}, phone)`,
    )
  }
  if (wanted.size > standing.size) await sql.query('analyze contact')
}

/** Names have 63 octets in PostgreSQL; a key may need them all. Another type is another index. */
function indexName({ key, type }: Pick<FieldDefinition, 'key' | 'type'>): string {
  return `${PREFIX}${createHash('sha256').update(`${key} ${type}`).digest('hex').slice(0, 16)}`
}
