import { userInfo } from 'node:os'
import type { Ids } from '@textloom/core'
import { type AuditTrail, auditTrail, type Deed } from '../accounts/audit-trail.ts'
import { type Db, drizzleOver } from '../db/drizzle.ts'
import { migrate, releasedMigrations } from '../db/migrate.ts'
import { databaseClock, setByDatabase } from '../host/clock.ts'
import { uuidsBy } from '../host/ids.ts'
import type { Settings } from '../settings/environment.ts'
import { loadSecret } from '../settings/secret.ts'
import { secretBox } from '../settings/secret-box.ts'
import { withDatabase } from './with-database.ts'

/** What a command that changes an instance works with, in one transaction. */
export interface Instance {
  readonly tx: Db
  readonly now: Date
  readonly ids: Ids
  readonly audit: AuditTrail
  /** Who does it and where from, for the audit trail. */
  readonly operator: Pick<Deed, 'actor' | 'address'>
}

/** Changes an instance, whether it runs or not: all of the work is stored, or nothing. */
export async function withInstance<Result>(
  settings: Settings,
  work: (instance: Instance) => Promise<Result>,
): Promise<Result> {
  const box = secretBox(await loadSecret(settings))
  return withDatabase(settings, async (sql) => {
    await migrate(sql, await releasedMigrations())
    const clock = databaseClock()
    await setByDatabase(clock, sql)
    const now = new Date(clock.now())
    const audit = auditTrail({ box, now: () => now.getTime() })
    const operator = { actor: { id: 'cli', label: userName() }, address: null }
    return sql.transaction((tx) => work({ tx: drizzleOver(tx), now, ids: uuidsBy(clock), audit, operator }))
  })
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // A user without an entry in passwd, as in many containers.
    return `uid ${process.getuid?.() ?? ''}`.trim()
  }
}
