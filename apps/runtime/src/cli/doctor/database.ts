import { randomBytes } from 'node:crypto'
import { lstat } from 'node:fs/promises'
import type { TransportRegistry } from '@textloom/core'
import { openLinkConfig } from '../../catalogue/link-secrets.ts'
import { listLinks } from '../../catalogue/links.ts'
import { drizzleOver } from '../../db/drizzle.ts'
import { releasedMigrations } from '../../db/migrate.ts'
import type { Sql } from '../../db/sql.ts'
import type { Settings } from '../../settings/environment.ts'
import { hasSecret, loadSecret } from '../../settings/secret.ts'
import { secretBox } from '../../settings/secret-box.ts'
import { withDatabase } from '../with-database.ts'
import { type Finding, fine, remark, trouble, wordsOf } from './finding.ts'

/** More links than any instance has. */
const MOST_LINKS = 1_000

/** The database: reachable, at this release's schema, and its links' secrets readable. Nothing is made or changed. */
export async function lookAtDatabase(settings: Settings, transports: TransportRegistry): Promise<Finding[]> {
  const { databaseUrl, dataDir } = settings
  if (databaseUrl === undefined && (await lstat(dataDir).catch(() => undefined)) === undefined) return []
  try {
    return await withDatabase(settings, async (sql) => {
      const schema = await lookAtSchema(sql)
      return [schema, ...(schema.state === 'fine' ? await lookAtLinks(sql, settings, transports) : [])]
    })
  } catch (error) {
    return [trouble('database', wordsOf(error))]
  }
}

async function lookAtSchema(sql: Sql): Promise<Finding> {
  const released = await releasedMigrations()
  const [table] = await sql.query<{ name: string | null }>("select to_regclass('schema_migration')::text as name")
  if (table?.name == null) return remark('database', 'It is reachable and empty: the first start fills it.')
  const applied = await sql.query<{ name: string }>('select name from schema_migration order by name')
  const unknown = applied.filter(({ name }) => !released.some((migration) => migration.name === name))
  if (unknown.length > 0) {
    return trouble(
      'database',
      `It was written by a newer release (${unknown.map(({ name }) => name).join(', ')}). Start that one.`,
    )
  }
  const missing = released.length - applied.length
  return missing === 0
    ? fine('database', 'It is reachable and up to date.')
    : remark('database', `It is reachable; the next start, or textloom migrate, applies ${missing} migrations.`)
}

async function lookAtLinks(sql: Sql, settings: Settings, transports: TransportRegistry): Promise<Finding[]> {
  const links = await listLinks(drizzleOver(sql), { limit: MOST_LINKS })
  if (links.length === 0) return [remark('links', 'There are none yet.')]
  // Where there is none yet, as after a restore, this must not make one: it opens nothing, and says so.
  const box = secretBox((await hasSecret(settings)) ? await loadSecret(settings) : randomBytes(32))
  return links.map(({ id, kind, config, isEnabled }) => {
    const transport = transports.get(kind)
    if (transport === undefined)
      return trouble(`link ${id}`, `It is of kind "${kind}", which this release does not have.`)
    try {
      const opened = openLinkConfig(id, config, transport.config, box)
      const parsed = transport.config.safeParse(opened)
      if (!parsed.success)
        return trouble(`link ${id}`, `Its settings do not fit: ${parsed.error.issues[0]?.message}. Change the link.`)
      return fine(`link ${id}`, `${kind}, ${isEnabled ? 'switched on' : 'switched off'}.`)
    } catch (error) {
      return trouble(`link ${id}`, wordsOf(error))
    }
  })
}
