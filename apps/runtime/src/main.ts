import type { Clock, Ids } from '@textloom/core'
import { registry } from '@textloom/nodes'
import { transports } from '@textloom/transports'
import { prepareAdministrator } from './accounts/administrator.ts'
import { auditTrail } from './accounts/audit-trail.ts'
import { ownIdentity } from './db/engine/process-identity.ts'
import { startHousekeeping } from './db/housekeeping.ts'
import { migrate, releasedMigrations } from './db/migrate.ts'
import { type Database, openDatabase } from './db/open-database.ts'
import type { Sql } from './db/sql.ts'
import { databaseClock, followDatabase, setByDatabase } from './host/clock.ts'
import { type GuardedFetch, guardedFetch } from './host/guarded-fetch.ts'
import { type Hosting, type HostingDeps, startHosting } from './host/hosting.ts'
import { uuidsBy } from './host/ids.ts'
import type { Log } from './host/log.ts'
import { smtpMailer } from './host/mailer.ts'
import { readConfigFile } from './settings/config-file.ts'
import type { Settings } from './settings/environment.ts'
import { prepareFirstStart } from './settings/first-start.ts'
import { provision, releaseAll } from './settings/provision.ts'
import { loadSecret } from './settings/secret.ts'
import { type SecretBox, secretBox } from './settings/secret-box.ts'

/** A running Textloom, without its doors to people: what the API and tests stand on. */
export interface Runtime extends Omit<Hosting, 'stop'> {
  readonly settings: Settings
  readonly database: Database
  readonly sql: Sql
  readonly clock: Clock
  readonly ids: Ids
  readonly box: SecretBox
  readonly log: Log
  /** The only way out by HTTP. */
  readonly guarded: GuardedFetch
  /** The flow that this very first start published, to have something to talk to. */
  readonly firstFlow: string | undefined
  /** For the link that makes the first administrator; undefined where there is one. */
  readonly setUpToken: string | undefined
  /** Says where the API listens, which is where tracked links lead without a `PUBLIC_URL`. */
  listeningOn(url: string): void
  /** Takes nothing in any more, lets everything inside end, unbinds, closes the database. At most ten seconds. */
  stop(): Promise<void>
}

export interface StartOptions extends Pick<HostingDeps, 'wrapStore' | 'wrapSubmit' | 'role'> {
  readonly log: Log
  /** Stands before the database; tests of crashes put their mutants here. */
  readonly wrapSql?: (sql: Sql) => Sql
}

/**
 * The composition root: opens the database, applies the configuration, hosts the conversations.
 * @throws DatabaseError, MigrationError or SettingsError with a sentence for the operator
 */
export async function startRuntime(settings: Settings, { log, wrapSql, ...wraps }: StartOptions): Promise<Runtime> {
  const means = { nodes: registry, transports }
  // What is wrong with the file is said before anything is opened.
  const declared = settings.configFile === undefined ? undefined : await readConfigFile(settings.configFile, means)
  const secret = await loadSecret(settings)
  const box = secretBox(secret)
  let baseUrl = settings.publicUrl ?? `http://${settings.host}:${settings.port}`
  const database = await openDatabase({ ...settings, log })
  const sql = wrapSql?.(database.sql) ?? database.sql
  try {
    await migrate(sql, await releasedMigrations())
    const clock = databaseClock()
    await setByDatabase(clock, sql)
    const stopHousekeeping = await startHousekeeping(sql, { now: () => clock.now(), log })
    const ids = uuidsBy(clock)
    const now = new Date(clock.now())
    let firstFlow: string | undefined
    if (declared !== undefined) await provision(sql, declared, { ...means, box, now, ids })
    else {
      await releaseAll(sql)
      firstFlow = await prepareFirstStart(sql, { ...means, now, ids })
    }

    const audit = auditTrail({ box, now: () => clock.now() })
    const setUpToken = await prepareAdministrator(sql, settings.admin, { now, ids, audit })

    const identity = await ownIdentity()
    const guarded = guardedFetch(settings.allowPrivate)
    const { defaultCountry, traceLinks, traceTexts, retentionDays } = settings
    const isTraced = (link: string) => traceLinks.includes(link) || traceLinks.includes('*')
    const hosting = await startHosting({
      ...means,
      ...wraps,
      ...(defaultCountry !== undefined && { defaultCountry }),
      ...(retentionDays !== undefined && { retentionDays }),
      sql,
      traceOf: (link) => (isTraced(link) ? (traceTexts ? 'full' : 'masked') : undefined),
      secret,
      baseUrl: () => baseUrl,
      isExclusive: database.isExclusive,
      clock,
      ids,
      box,
      guarded,
      mailer: settings.smtpUrl === undefined ? undefined : smtpMailer(settings.smtpUrl),
      identity,
      log,
    })
    const following = followDatabase(clock, sql, (error) => hosting.health.report('database', error))
    return {
      ...hosting,
      settings,
      database,
      sql,
      firstFlow,
      setUpToken,
      guarded,
      clock,
      ids,
      box,
      log,
      listeningOn(url) {
        baseUrl = settings.publicUrl ?? url
      },
      async stop() {
        stopHousekeeping()
        await hosting.stop()
        await Promise.all([following.stop(), guarded.close()])
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}
