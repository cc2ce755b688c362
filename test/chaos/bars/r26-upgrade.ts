import { setTimeout as pause } from 'node:timers/promises'
import { engineOf, oldStorage, runNode, type Storage, storageOn, textloom } from '@textloom/runtime/testing/system'
import { Choices } from '../../crash/choices.ts'
import { startCrashRun } from '../../crash/crash-run.ts'
import { conclude } from '../conclude.ts'
import { needsEngine } from '../engines.ts'
import { loadOf } from '../load.ts'
import { countPastMessages, insertPastMessages } from '../past-messages.ts'
import { amount, type Outcome, type Scenario, type Trial } from '../scenario.ts'

const MESSAGES = 1_000_000
const KILLS = 30
const PAUSE_WITHIN_MS = 10_000

/**
 * A database as the first migration made it, with messages in it; the migrations since are killed in the middle again
 * and again, and the next start completes them. There is no older release yet whose process could run beside.
 */
export const upgrade: Scenario = {
  bar: 'R26',
  title: 'an upgrade from the first schema, killed in mid-migration',
  needs: needsEngine('embedded'),
  run: upgradeUnderKills,
}

async function upgradeUnderKills(trial: Trial): Promise<Outcome> {
  const random = new Choices(trial.seed)
  const messages = amount(trial, MESSAGES)
  const storage = await oldStorage(await storageOn(engineOf('embedded'), { shared: true }))
  await insertPastMessages(sqlOf(storage), messages)
  trial.say(`${messages} messages are there`)
  const violations: string[] = []
  let interrupted = 0
  for (let kill = 1; kill <= amount(trial, KILLS); kill++) {
    if (await killInMigration(storage, random)) interrupted += 1
    trial.say(`${await appliedTo(storage)} migrations are applied`)
  }
  if (interrupted === 0) violations.push('kills: none met a migration, so nothing is known.')
  const sinceMs = Date.now()
  const startedAtMs = performance.now()
  const run = await startCrashRun({ storage, random, kinds: ['runtime'], load: loadOf(trial) })
  try {
    const firstStartMs = performance.now() - startedAtMs
    // A second start finds everything done: what the first took longer, it migrated.
    await run.down()
    const againAtMs = performance.now()
    await run.up()
    const migrationMs = Math.round(Math.max(0, firstStartMs - (performance.now() - againAtMs)))
    if (migrationMs > PAUSE_WITHIN_MS) violations.push(`pause: the migrations took ${migrationMs} ms.`)
    const kept = await countPastMessages(sqlOf(storage))
    if (kept !== messages) violations.push(`past: ${kept} of ${messages} messages are there.`)
    return await conclude(run, {
      name: 'R26',
      sinceMs,
      figures: { messages, interrupted, migrationMs },
      violations,
    })
  } finally {
    await run.stop()
  }
}

/** Kills `textloom migrate` a moment after it began to change something. False when there was nothing to do. */
async function killInMigration(storage: Storage, random: Choices): Promise<boolean> {
  const before = await appliedTo(storage)
  const program = runNode([textloom, 'migrate'], storage.env)
  const isOver = program.ended.then(() => true)
  const isChanging = async () => {
    const [row] = await sqlOf(storage).query<{ count: number }>(
      `select count(*) as count from pg_locks l join pg_class c on c.oid = l.relation
       where c.relname in ('outbox', 'inbox') and l.mode in ('ShareLock', 'AccessExclusiveLock')`,
    )
    return (row?.count ?? 0) > 0
  }
  while (!(await isChanging())) if (await Promise.race([isOver, pause(5).then(() => false)])) return false
  await pause(random.between(0, 50))
  await program.kill()
  // The server notices later than we do that nobody is there.
  while (await isChanging()) await pause(20)
  return (await appliedTo(storage)) >= before
}

async function appliedTo(storage: Storage): Promise<number> {
  const [row] = await sqlOf(storage).query<{ count: number }>('select count(*) as count from schema_migration')
  return row?.count ?? 0
}

function sqlOf({ sql }: Storage): NonNullable<Storage['sql']> {
  if (sql === undefined) throw new Error('A server has a way in.')
  return sql
}
