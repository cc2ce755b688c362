import { iso } from '../db/hot/recordset.ts'
import type { Sql } from '../db/sql.ts'

/** A group as its row has it. */
export interface GroupRow {
  readonly id: string
  readonly title: string
  readonly kind: 'static' | 'query'
  readonly query: string | null
  readonly source: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

const columns = 'id, title, kind, query, source, created_at as "createdAt", updated_at as "updatedAt"'

export function listGroups(
  sql: Sql,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<GroupRow[]> {
  return sql.query<GroupRow>(
    `select ${columns} from contact_group where ($1::text is null or id > $1::text) order by id limit $2::int`,
    [after ?? null, limit],
  )
}

export async function findGroup(sql: Sql, id: string): Promise<GroupRow | undefined> {
  return (await sql.query<GroupRow>(`select ${columns} from contact_group where id = $1::text`, [id]))[0]
}

/** How many are in each of these static groups, counted no further than `most` in each. */
export async function sizesOf(sql: Sql, ids: readonly string[], most: number): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.query<{ id: string; n: number }>(
    `select g.id, (select count(*) from (select 1 from group_member m where m.group_id = g.id limit $2::int) x) as n
     from json_array_elements_text($1::text::json) as g(id)`,
    [JSON.stringify(ids), most],
  )
  return new Map(rows.map(({ id, n }) => [id, n]))
}

/** Makes a group; false when there is one of this id. */
export async function insertGroup(
  tx: Sql,
  { id, title, kind, query }: Pick<GroupRow, 'id' | 'title' | 'kind' | 'query'>,
  now: number,
): Promise<boolean> {
  const made = await tx.query(
    `insert into contact_group (id, title, kind, query, source, created_at, updated_at)
     values ($1::text, $2::text, $3::text, $4::text, 'api', $5::timestamptz, $5::timestamptz)
     on conflict do nothing returning 1`,
    [id, title, kind, query, iso(now)],
  )
  return made.length > 0
}

export async function replaceGroup(
  tx: Sql,
  { id, title, query }: Pick<GroupRow, 'id' | 'title' | 'query'>,
  now: number,
): Promise<void> {
  await tx.query(
    'update contact_group set title = $2::text, query = $3::text, updated_at = $4::timestamptz where id = $1::text',
    [id, title, query, iso(now)],
  )
}

/** Takes a group away, and everybody out of it. */
export async function deleteGroup(tx: Sql, id: string): Promise<void> {
  await tx.query('delete from group_member where group_id = $1::text', [id])
  await tx.query('delete from contact_group where id = $1::text', [id])
}
