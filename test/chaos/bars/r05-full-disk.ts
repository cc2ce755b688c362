import { execFile } from 'node:child_process'
import { rename, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { engineOf, type RunningRuntime, type Storage, storageOn, until } from '@textloom/runtime/testing/system'
import { Choices } from '../../crash/choices.ts'
import { startCrashRun } from '../../crash/crash-run.ts'
import type { LedgerLine } from '../../crash/ledger.ts'
import { conclude } from '../conclude.ts'
import { needsEngine } from '../engines.ts'
import { type LimitedDisk, limitedDisk, whyNoLimitedDisk } from '../limited-disk.ts'
import { loadOf } from '../load.ts'
import { amount, type Outcome, type Scenario, type Trial } from '../scenario.ts'

const HELD_MS = 60_000
const BACK_WITHIN_MS = 30_000

/** What lies on the disk that fills up: everything, or what PostgreSQL writes ahead. */
const kinds = { data: 200, wal: 40 } as const
type Kind = keyof typeof kinds

/** A disk that fills up under load, is full for a minute, and has room again: first that of all data, then that of the WAL. */
export const fullDisk: Scenario = {
  bar: 'R5',
  title: 'a full disk: of the data, and of the write-ahead log',
  needs: async () => (await needsEngine('embedded')()) ?? whyNoLimitedDisk(),
  async run(trial) {
    const data = await fillDisk('data', trial)
    const wal = await fillDisk('wal', trial)
    return {
      figures: { ...data.figures, ...wal.figures },
      violations: [...data.violations, ...wal.violations],
      ...((data.ledger ?? wal.ledger) !== undefined && { ledger: data.ledger ?? wal.ledger ?? '' }),
    }
  },
}

async function fillDisk(kind: Kind, trial: Trial): Promise<Outcome> {
  const disk = await limitedDisk(kinds[kind])
  const storage = await storageOn(engineOf('embedded'), kind === 'data' ? { within: disk.folder } : {})
  if (kind === 'wal') await moveWal(storage, disk)
  const run = await startCrashRun({ storage, random: new Choices(trial.seed), kinds: [], load: loadOf(trial) })
  try {
    const [runtime] = run.runtimes
    if (runtime === undefined) throw new Error('Nothing runs.')
    const violations: string[] = []
    void runtime.ended.then(({ code, signal }) => violations.push(`process: it ended with ${code ?? signal}.`))
    await pause(2_000)
    await disk.fill()
    trial.say(`the disk of the ${kind} is full`)
    // What is written ahead in files that are there already goes on for a while.
    const why = await until(() => notReady(runtime), '/readyz to say that nothing can be stored', 120_000)
    trial.say(why)
    // What was on its way when it said so has its answer by then.
    await pause(2_000)
    const full = { sinceMs: Date.now(), untilMs: 0 }
    await pause(amount(trial, HELD_MS))
    if ((await notReady(runtime)) === undefined) violations.push(`${kind}: /readyz called it ready meanwhile.`)
    full.untilMs = Date.now()
    const taken = acknowledgedIn(run.ledger.lines, full)
    if (taken > 0) violations.push(`${kind}: ${taken} texts were acknowledged while nothing could be stored.`)
    await disk.free()
    run.ledger.killed(`the disk of the ${kind} has room again`)
    await until(async () => (await notReady(runtime)) === undefined, 'it to be ready again', 60_000)
    const backAfterMs = Date.now() - full.untilMs
    if (backAfterMs > BACK_WITHIN_MS) violations.push(`${kind}: it was back only after ${backAfterMs} ms.`)
    const outcome = await conclude(run, {
      name: `R5-${kind}`,
      mayRepeat: false,
      figures: { backAfterMs },
      violations,
    })
    const named = Object.entries(outcome.figures).map(([name, value]) => [`${kind} ${name}`, value] as const)
    return { ...outcome, figures: Object.fromEntries(named) }
  } finally {
    await run.stop()
    await disk.remove()
  }
}

/** As an operator puts it on a disk of its own. */
async function moveWal({ dataDir }: Storage, { folder }: LimitedDisk): Promise<void> {
  const wal = join(dataDir, 'postgres', 'pg_wal')
  await promisify(execFile)('cp', ['-Rp', wal, join(folder, 'pg_wal')])
  await rename(wal, `${wal}.before`)
  await symlink(join(folder, 'pg_wal'), wal)
}

/** Why it is not; undefined when it is. */
async function notReady(runtime: RunningRuntime): Promise<string | undefined> {
  const response = await runtime.api('/readyz')
  const { reasons } = (await response.json()) as { reasons: string[] }
  return response.status === 503 ? reasons.join(' ') : undefined
}

function acknowledgedIn(lines: readonly LedgerLine[], span: { sinceMs: number; untilMs: number }): number {
  return lines.filter(
    (line) => line.type === 'mo answered' && line.status === 0 && line.at >= span.sinceMs && line.at <= span.untilMs,
  ).length
}
