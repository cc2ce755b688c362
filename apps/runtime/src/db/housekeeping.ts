import { forgetImports } from '../imports/retention.ts'
import { indexFields } from '../people/field-indexes.ts'
import { prepareEventPartitions } from './event-partitions.ts'
import { iso } from './hot/recordset.ts'
import type { Sql } from './sql.ts'
import { forgetToldWebhooks } from './webhooks/messages.ts'

const HOUR_MS = 3_600_000
/** So long can be seen, and replayed, what was told to webhooks. */
const WEBHOOK_LOG_MS = 30 * 24 * HOUR_MS

/** Once: partitions for the coming days, and rows that have served their purpose. */
export async function keepHouse(sql: Sql, now: number): Promise<void> {
  await prepareEventPartitions(sql, now)
  // CONTRACT §5: an answer is replayed for 24 h.
  await sql.query('delete from idempotency_key where created_at < $1::timestamptz', [iso(now - 24 * HOUR_MS)])
  await sql.query('delete from browser_session where expires_at < $1::timestamptz', [iso(now)])
  await sql.query('delete from set_up_token where expires_at < $1::timestamptz', [iso(now)])
  await sql.query('delete from rate_limit where expire < $1::bigint', [now])
  // Of processes that ended: each said by one of its own that it was here.
  await sql.query("delete from lease where starts_with(resource, 'present:') and expires_at < $1::timestamptz", [
    iso(now - 24 * HOUR_MS),
  ])
  // Long after any network would redeliver one.
  await sql.query('delete from part where done_at < $1::timestamptz', [iso(now - 24 * HOUR_MS)])
  // What a crash or a restore left without its index.
  await indexFields(sql)
  await forgetToldWebhooks(sql, now - WEBHOOK_LOG_MS)
  await forgetImports(sql, now)
  // PGlite has no autovacuum, and without fresh statistics its plans are guesses.
  if (sql.engine === 'pglite') await sql.script('vacuum analyze')
}

/** Makes room for the events of the coming days now, and keeps house every hour until the returned function is called. */
export async function startHousekeeping(
  sql: Sql,
  { now, log }: { readonly now: () => number; readonly log: (level: 'warn', message: string) => void },
): Promise<() => void> {
  await prepareEventPartitions(sql, now())
  const timer = setInterval(() => {
    keepHouse(sql, now()).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error)
      log('warn', `Housekeeping of the database failed and will be tried again in an hour: ${why}`)
    })
  }, HOUR_MS)
  timer.unref()
  return () => clearInterval(timer)
}
