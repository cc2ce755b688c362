import type { TransportRegistry } from '@textloom/core'
import { openLinkConfig } from '../catalogue/link-secrets.ts'
import type { Sql } from '../db/sql.ts'
import type { SecretBox } from '../settings/secret-box.ts'
import type { ConfiguredLink } from './supervisor.ts'

interface LinkRow {
  readonly id: string
  readonly kind: string
  readonly config: { readonly [setting: string]: unknown }
}

/** The enabled links as they are configured now; one whose secrets cannot be read says so. */
export async function configuredLinks(
  sql: Sql,
  { transports, box }: { readonly transports: TransportRegistry; readonly box: SecretBox },
): Promise<ConfiguredLink[]> {
  const rows = await sql.query<LinkRow>('select id, kind, config from link where is_enabled order by id')
  return rows.map(({ id, kind, config }) => {
    const transport = transports.get(kind)
    try {
      return { id, kind, config: transport ? openLinkConfig(id, config, transport.config, box) : config }
    } catch (error) {
      return { id, kind, config, problem: error instanceof Error ? error.message : String(error) }
    }
  })
}
