import { setTimeout as pause } from 'node:timers/promises'
import { engineOf, proxyTo, type Storage, storageOn } from '@textloom/runtime/testing/system'
import { Choices } from '../../crash/choices.ts'
import { type CrashRun, type Load, startCrashRun } from '../../crash/crash-run.ts'
import { conclude } from '../conclude.ts'
import { needsEngine } from '../engines.ts'
import { loadOf } from '../load.ts'
import { amount, type Outcome, type Scenario } from '../scenario.ts'

/** Of the bar, and something for a machine that others use too. */
const ANSWERED_WITHIN_MS = 3_000
/** Two pools of eight and one that listens; and two of this scenario's own. */
const MOST_CONNECTIONS = 8 + 8 + 1 + 2

export interface DatabaseFaultsOptions {
  readonly seed: number
  /** How often the way to it is cut, at times just after it committed and its answers got lost. */
  readonly cuts: number
  /** How often one of its connections is ended by the server, five times a second. Default 0. */
  readonly terminations?: number
  /** For how long its sessions are locked by somebody else. Default 0. */
  readonly lockMs?: number
  readonly load?: Load
  say?(progress: string): void
}

/** A database that does what databases do. Nobody is killed and no link breaks, so no MT may come twice at all. */
export async function databaseFaults(options: DatabaseFaultsOptions): Promise<Outcome> {
  const { seed, cuts, terminations = 0, lockMs = 0, load, say } = options
  const random = new Choices(seed)
  const storage = await storageOn(engineOf('embedded'), { shared: true })
  const url = new URL(storage.env.DATABASE_URL ?? '')
  const database = await proxyTo(Number(url.port))
  url.port = String(database.port)
  const env = { DATABASE_URL: url.href }
  const run = await startCrashRun({ storage, random, kinds: [], env, ...(load && { load }) })
  const watch = watchMeanwhile(run, storage)
  try {
    for (let cut = 1; cut <= cuts; cut++) {
      await pause(random.between(500, 1_500))
      if (random.pick([true, false])) {
        database.loseAnswers()
        await pause(random.between(0, 100))
      }
      await database.cut()
      await pause(random.between(0, 1_500))
      await database.restore()
      say?.(`${cut} of ${cuts} cuts`)
    }
    for (let count = 1; count <= terminations; count++) {
      await pause(200)
      await endSomeConnection(storage)
    }
    if (lockMs > 0) await lockSessions(storage, lockMs)
    const { asked, slowestAnswerMs, connections, violations } = await watch.end()
    // The link stayed bound all the time.
    const breaks = run.ledger.lines.filter(({ type }) => type === 'bind' || type === 'closed').length - 1
    if (breaks > 0) violations.push(`link: it was bound and closed ${breaks} times more than once.`)
    return await conclude(run, {
      name: 'database',
      mayRepeat: false,
      figures: { cuts, terminations, lockedMs: lockMs, asked, slowestAnswerMs, connections },
      violations,
    })
  } finally {
    await watch.end()
    await run.stop()
    await database.close()
  }
}

/** Asks the API again and again, and counts the connections that it and everything else has. */
function watchMeanwhile({ runtimes }: CrashRun, { sql }: Storage) {
  const violations: string[] = []
  let isOver = false
  let asked = 0
  let slowestAnswerMs = 0
  let connections = 0
  async function ask(path: string): Promise<void> {
    while (!isOver) {
      const startedAtMs = performance.now()
      const status = await (runtimes[0]?.api(path).then((response) => response.status) ?? 0)
      const tookMs = Math.round(performance.now() - startedAtMs)
      asked += 1
      slowestAnswerMs = Math.max(slowestAnswerMs, tookMs)
      if (status !== 200 && status !== 503) violations.push(`API: ${path} was answered ${status}.`)
      if (tookMs > ANSWERED_WITHIN_MS) violations.push(`API: ${path} was answered after ${tookMs} ms.`)
      await pause(300)
    }
  }
  async function count(): Promise<void> {
    while (!isOver) {
      const [row] =
        (await sql
          ?.query<{ count: number }>(
            `select count(*) as count from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
          )
          .catch(() => [])) ?? []
      connections = Math.max(connections, row?.count ?? 0)
      await pause(250)
    }
  }
  const watching = Promise.all([ask('/api/v1/messages?limit=1'), ask('/api/v1/sessions?limit=1'), count()])
  return {
    async end() {
      isOver = true
      await watching
      if (connections > MOST_CONNECTIONS) violations.push(`pool: there were ${connections} connections at once.`)
      return { asked, slowestAnswerMs, connections, violations: [...new Set(violations)] }
    },
  }
}

async function endSomeConnection({ sql }: Storage): Promise<void> {
  await sql?.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() order by random() limit 1`,
  )
}

async function lockSessions({ sql }: Storage, ms: number): Promise<void> {
  await sql?.transaction(async (tx) => {
    await tx.script('lock table session in access exclusive mode')
    await pause(ms)
  })
}

export const databaseMisbehaves: Scenario = {
  bar: 'R4',
  title: 'cuts, lost answers, ended connections and a lock in the database',
  needs: needsEngine('embedded'),
  run: (trial) =>
    databaseFaults({
      seed: trial.seed,
      cuts: amount(trial, 60),
      terminations: amount(trial, 300),
      lockMs: amount(trial, 30_000),
      load: loadOf(trial),
      say: trial.say,
    }),
}
