import type { LinkMemory } from '@textloom/core'
import type { Sql } from '../db/sql.ts'

/** What a link keeps for good, in its row. */
export function linkMemory(sql: Sql, link: string): LinkMemory {
  return {
    async recall(name) {
      const rows = await sql.query<{ value: string | null }>(
        'select memory ->> $2::text as value from link where id = $1::text',
        [link, name],
      )
      return rows[0]?.value ?? undefined
    },
    async keep(name, value) {
      await sql.query(
        `update link set memory = memory::jsonb || jsonb_build_object($2::text, $3::text) where id = $1::text`,
        [link, name, value],
      )
    },
  }
}
