import type { Sql } from '../db/sql.ts'
import type { FieldDefinition } from './fields.ts'
import type { GroupDefinition } from './query-sql.ts'

/** The fields and groups that are defined: what queries may name. */
export interface PeopleCatalogue {
  readonly fields: readonly FieldDefinition[]
  readonly groups: readonly GroupDefinition[]
}

export async function loadPeopleCatalogue(sql: Sql): Promise<PeopleCatalogue> {
  const [fields, groups] = await Promise.all([
    sql.query<FieldDefinition>('select key, title, type, choices from contact_field order by position, key'),
    sql.query<GroupDefinition>('select id, query from contact_group order by id'),
  ])
  return { fields, groups }
}
