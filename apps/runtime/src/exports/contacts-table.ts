import type { Json } from '@textloom/core'
import type { Sql } from '../db/sql.ts'
import { loadPeopleCatalogue } from '../people/catalogue.ts'
import type { FieldDefinition } from '../people/fields.ts'
import { conditionOf, Params, type QueryScope } from '../people/query-sql.ts'

const PAGE = 1_000

interface Row {
  readonly phone: string
  readonly name: string | null
  readonly language: string | null
  readonly timezone: string | null
  readonly fields: { readonly [key: string]: Json }
  readonly groups: string | null
  readonly is_opted_out: boolean
  readonly created_at: Date
  readonly last_heard_at: Date | null
}

/**
 * Contacts as a table, everybody or whom a query finds, a page at a time in the order of phones, with a header by which
 * an import knows the columns again: what is written and read back changes nothing.
 * @throws ContactQueryError where the query cannot be asked, at once and not in the middle
 */
export async function contactsTable(
  sql: Sql,
  query: string | undefined,
  at: Pick<QueryScope, 'now' | 'country' | 'zone'>,
): Promise<AsyncGenerator<readonly (readonly string[])[]>> {
  const catalogue = await loadPeopleCatalogue(sql)
  const scope = { ...catalogue, ...at }
  const params = new Params()
  const after = params.add('', 'text')
  const conditions = [`c.phone > ${after}`, ...(query === undefined ? [] : [conditionOf(query, scope, params)])]
  const text = `select c.phone, c.name, c.language, c.timezone, c.fields, c.created_at, c.last_heard_at,
      (select string_agg(m.group_id, '; ' order by m.group_id) from group_member m where m.phone = c.phone) as groups,
      exists (select 1 from suppression s where s.phone = c.phone and s.topic = '') as is_opted_out
    from contact c where ${conditions.join(' and ')} order by c.phone limit ${PAGE}`
  return pages((last) => sql.query<Row>(text, [last, ...params.list.slice(1)]), catalogue.fields)
}

async function* pages(
  next: (after: string) => Promise<readonly Row[]>,
  fields: readonly FieldDefinition[],
): AsyncGenerator<readonly (readonly string[])[]> {
  const titles = fields.map(({ title }) => title)
  yield [['Phone', 'Name', 'Language', 'Time zone', 'Groups', ...titles, 'Opted out', 'Added', 'Last reply']]
  for (let after: string | undefined = ''; after !== undefined; ) {
    const rows = await next(after)
    if (rows.length > 0) yield rows.map((row) => cellsOf(row, fields))
    after = rows.length < PAGE ? undefined : rows.at(-1)?.phone
  }
}

function cellsOf(row: Row, fields: readonly FieldDefinition[]): string[] {
  return [
    row.phone,
    row.name ?? '',
    row.language ?? '',
    row.timezone ?? '',
    row.groups ?? '',
    ...fields.map(({ key }) => valueText(Object.hasOwn(row.fields, key) ? row.fields[key] : null)),
    row.is_opted_out ? 'yes' : '',
    row.created_at.toISOString().slice(0, 16),
    row.last_heard_at?.toISOString().slice(0, 16) ?? '',
  ]
}

function valueText(value: Json | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
