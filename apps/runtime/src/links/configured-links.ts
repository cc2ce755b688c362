import type { TransportRegistry } from '@textloom/core'
import { openLinkConfig } from '../catalogue/link-secrets.ts'
import type { Sql } from '../db/sql.ts'
import type { Log } from '../host/log.ts'
import type { SecretBox } from '../settings/secret-box.ts'
import type { ConfiguredLink } from './supervisor.ts'

interface LinkRow {
  readonly id: string
  readonly kind: string
  readonly config: { readonly [setting: string]: unknown }
}

/** The enabled links as they are configured now. One whose secrets cannot be read is left out, with a line in the log. */
export async function configuredLinks(
  sql: Sql,
  { transports, box, log }: { readonly transports: TransportRegistry; readonly box: SecretBox; readonly log: Log },
): Promise<ConfiguredLink[]> {
  const rows = await sql.query<LinkRow>('select id, kind, config from link where is_enabled order by id')
  return rows.flatMap(({ id, kind, config }) => {
    const transport = transports.get(kind)
    try {
      return [{ id, kind, config: transport ? openLinkConfig(id, config, transport.config, box) : config }]
    } catch (error) {
      log('error', error instanceof Error ? error.message : String(error), { link: id })
      return []
    }
  })
}
