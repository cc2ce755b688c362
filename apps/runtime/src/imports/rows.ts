import type { Sql } from '../db/sql.ts'
import type { ImportCounts } from './imports.ts'
import type { ImportRules } from './rules.ts'
import type { StagedRow } from './staging/stage-rows.ts'

/** Takes away what a check that was broken off, or one before, left of rows. */
export async function clearRows(sql: Sql, id: string): Promise<void> {
  await sql.query('delete from contact_import_row where import_id = $1::uuid', [id])
}

/** A short code stays to be looked at: it is a contact only where it is one already. */
const SHORT = 'short'

/** Keeps rows of a file as they were read. */
export async function insertRows(sql: Sql, id: string, staged: readonly StagedRow[]): Promise<void> {
  const rows = staged.map((row) =>
    'phone' in row
      ? { n: row.n, phone: row.phone, draft: row.draft, cells: row.cells, outcome: row.isShort ? SHORT : null }
      : { n: row.n, problem: row.problem, detail: row.detail, cells: row.cells },
  )
  await sql.query(
    `insert into contact_import_row (import_id, n, phone, draft, problem, detail, cells, outcome)
     select $1::uuid, n, phone, draft, problem, detail, cells, outcome from json_to_recordset($2::text::json)
       as x(n int, phone text, draft jsonb, problem text, detail text, cells jsonb, outcome text)`,
    [id, JSON.stringify(rows)],
  )
}

/**
 * Has the database look how many rows there are. Plans are kept: one that was made for a file of ten rows would compare
 * each row of the next, longer one with all the others.
 */
export async function knowSizes(sql: Sql): Promise<void> {
  await sql.script('analyze contact_import_row; analyze contact')
}

/** Refuses short codes that are no contacts: a typing error is likelier than somebody who has one. */
export async function refuseShortCodes(sql: Sql, id: string): Promise<void> {
  await sql.query(
    `update contact_import_row r set outcome = null,
       problem = case when c.phone is null then 'phone' end,
       detail = case when c.phone is null then format('"%s" has too few digits for a phone number.', r.phone) end,
       cells = case when c.phone is null then r.cells end,
       phone = c.phone, draft = case when c.phone is not null then r.draft end
     from contact_import_row i left join contact c on c.phone = i.phone
     where i.import_id = $1::uuid and i.outcome = '${SHORT}' and r.import_id = i.import_id and r.n = i.n`,
    [id],
  )
}

/** Makes one row of all that have the same phone: the last, which takes what the others say and it does not. */
export async function mergeRows(sql: Sql, id: string): Promise<void> {
  await sql.query(
    `with twice as (
       select phone, max(n) as last from contact_import_row
       where import_id = $1::uuid and phone is not null group by phone having count(*) > 1
     ), said as (
       select t.phone, jsonb_object_agg(d.key, d.value order by r.n) as draft
       from twice t join contact_import_row r on r.import_id = $1::uuid and r.phone = t.phone, jsonb_each(r.draft) d
       group by t.phone
     )
     update contact_import_row r set outcome = case when r.n < t.last then 'merged' end,
       draft = case when r.n < t.last then r.draft else coalesce(s.draft, '{}') end
     from twice t left join said s on s.phone = t.phone
     where r.import_id = $1::uuid and r.phone = t.phone`,
    [id],
  )
}

/** Says of rows after `after`, some thousands at a time, what would become of them; returns the last, or null. */
export async function judgeRows(
  sql: Sql,
  { id, after, limit, only }: { id: string; after: number; limit: number; only: ImportRules['only'] },
): Promise<{ last: number; fresh: readonly string[] } | null> {
  const rows = await sql.query<{ n: number; phone: string; is_new: boolean }>(
    `with judged as (
       select i.n, i.phone, c.phone is null as is_new, exists (
         select 1 from jsonb_each(i.draft) d where d.value is distinct from coalesce(case
           when d.key = 'name' then to_jsonb(c.name)
           when d.key = 'language' then to_jsonb(c.language)
           when d.key = 'timezone' then to_jsonb(c.timezone)
           when d.key like 'field:%' then c.fields -> substr(d.key, 7)
           else to_jsonb(exists (select 1 from group_member m where m.group_id = substr(d.key, 7) and m.phone = c.phone))
         end, 'null')) as differs
       from contact_import_row i left join contact c on c.phone = i.phone
       where i.import_id = $1::uuid and i.n > $2::int and i.phone is not null and i.outcome is null
       order by i.n limit $3::int
     )
     update contact_import_row r set outcome = case
       when j.is_new then case when $4::text = 'existing' then 'skipped' else 'created' end
       when $4::text = 'new' then 'skipped'
       when j.differs then 'changed' else 'same' end
     from judged j where r.import_id = $1::uuid and r.n = j.n returning r.n, r.phone, j.is_new`,
    [id, after, limit, only],
  )
  if (rows.length === 0) return null
  return {
    last: Math.max(...rows.map(({ n }) => n)),
    fresh: rows.flatMap(({ phone, is_new: isNew }) => (isNew ? [phone] : [])),
  }
}

/** What a dry run found, but for the opt-outs of the erased. */
export async function countRows(sql: Sql, id: string, topic: string): Promise<Omit<ImportCounts, 'newGroups'>> {
  const [outcomes, [out]] = await Promise.all([
    sql.query<{ outcome: string | null; problem: string | null; n: number }>(
      `select outcome, problem, count(*) as n from contact_import_row where import_id = $1::uuid group by outcome, problem`,
      [id],
    ),
    sql.query<{ n: number }>(
      `select count(*) as n from contact_import_row r where r.import_id = $1::uuid
         and r.outcome in ('created', 'changed', 'same')
         and exists (select 1 from suppression s where s.phone = r.phone and s.topic in ('', $2::text))`,
      [id, topic],
    ),
  ])
  const of = (outcome: string) => outcomes.find((row) => row.outcome === outcome && row.problem === null)?.n ?? 0
  const refused = outcomes.flatMap(({ problem, n }) => (problem === null ? [] : [[problem, n] as const]))
  return {
    rows: outcomes.reduce((sum, { n }) => sum + n, 0),
    created: of('created'),
    changed: of('changed'),
    same: of('same'),
    skipped: of('skipped'),
    merged: of('merged'),
    refused: Object.fromEntries(refused.sort(([, a], [, b]) => b - a)),
    optedOut: out?.n ?? 0,
  }
}

/** A row that was not imported, or not undone, and why. */
export interface TroubledRow {
  readonly n: number
  readonly phone: string | null
  readonly detail: string
  readonly cells: readonly string[] | null
}

/** Rows that were refused, or that an undo could not take back, from the one after `after`. */
export function troubledRows(
  sql: Sql,
  { id, of, after, limit }: { id: string; of: 'refused' | 'kept'; after: number; limit: number },
): Promise<TroubledRow[]> {
  const [detail, where] =
    of === 'refused' ? ['detail', 'problem is not null'] : ['undo_detail', 'undo_detail is not null']
  return sql.query<TroubledRow>(
    `select n, phone, ${detail} as detail, cells from contact_import_row
     where import_id = $1::uuid and n > $2::int and ${where} order by n limit $3::int`,
    [id, after, limit],
  )
}
