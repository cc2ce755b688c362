import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import {
  countingFlow,
  engineOf,
  makeInstance,
  type RunningRuntime,
  runNode,
  type Storage,
  storageOn,
  textloom,
  until,
} from '@textloom/runtime/testing/system'
import { withoutRefused } from '../../crash/check-ledger.ts'
import { Choices } from '../../crash/choices.ts'
import { startCrashRun } from '../../crash/crash-run.ts'
import type { LedgerLine } from '../../crash/ledger.ts'
import { needsEngine } from '../engines.ts'
import { loadOf } from '../load.ts'
import { countPastMessages, insertPastMessages } from '../past-messages.ts'
import { amount, type Outcome, type Scenario, type Trial } from '../scenario.ts'

const PAST = 1_000_000
const EACH_WITHIN_MS = 600_000
/** What the network answered so long before the backup is in it: answers are recorded within milliseconds. */
const RECORDED_AFTER_MS = 1_000

/** A backup under load, a life that goes on after it and ends, and a restore into another database. */
export const backupUnderLoad: Scenario = {
  bar: 'R27',
  title: 'a backup under load, restored into an empty database',
  needs: needsEngine('embedded'),
  run: backUpAndRestore,
}

async function backUpAndRestore(trial: Trial): Promise<Outcome> {
  const engine = engineOf('embedded')
  const [storage, empty] = [await storageOn(engine, { shared: true }), await storageOn(engine, { shared: true })]
  if (storage.sql === undefined || empty.sql === undefined) throw new Error('A server has a way in.')
  const past = amount(trial, PAST)
  await insertPastMessages(storage.sql, past)
  trial.say(`${past} messages are there`)
  // The link takes its time, so that some are on their way at each moment.
  const run = await startCrashRun({
    storage,
    random: new Choices(trial.seed),
    kinds: [],
    load: loadOf(trial),
    slowMs: 15,
  })
  let second: RunningRuntime | undefined
  try {
    await pause(5_000)
    const file = join(storage.dataDir, 'under-load.backup')
    const begunAt = Date.now()
    await command(['backup', '--out', file], storage)
    const backupMs = Date.now() - begunAt
    await pause(3_000)
    await run.down()
    await run.phones.silence()
    trial.say('the first life is over')

    // The secret lies in the data folder; only the database is another.
    const restored: Storage = {
      ...empty,
      dataDir: storage.dataDir,
      env: { ...empty.env, TEXTLOOM_DATA_DIR: storage.dataDir },
    }
    const restoredFromAt = Date.now()
    await command(['restore', file], restored)
    const restoreMs = Date.now() - restoredFromAt
    const lives = run.ledger.lines.length
    second = await (await makeInstance({ storage: restored, smscPort: run.smsc.port, flows: [countingFlow] })).start()
    const newPhone = '+36309999999'
    await run.smsc.hears({ from: newPhone, to: '4040', text: 'hello' })
    await until(
      () => run.smsc.mts.some(({ to, text }) => to === newPhone && text === '1 hello'),
      'a new conversation',
      30_000,
    )
    await pause(3_000)

    const violations = sentAgain(run.ledger.lines, { lives, begunAt })
    const held = await heldBy(second)
    const unexplained = held.filter(({ error }) => error?.code !== 'runtime/restored').length
    if (unexplained > 0) violations.push(`held: ${unexplained} of ${held.length} texts do not say why.`)
    violations.push(...(await letOneLeave(second, held)))
    const kept = await countPastMessages(empty.sql)
    if (kept !== past) violations.push(`past: ${kept} of ${past} messages came back.`)
    if (Math.max(backupMs, restoreMs) > EACH_WITHIN_MS) violations.push(`slow: ${backupMs} ms and ${restoreMs} ms.`)
    return { figures: { messages: past, backupMs, restoreMs, held: held.length }, violations }
  } finally {
    await second?.kill()
    await run.stop()
    await empty.remove()
  }
}

/** @throws Error with what it said, unless it ended with 0 */
async function command(args: readonly string[], { env }: Storage): Promise<void> {
  const program = runNode([textloom, ...args], env)
  const { code } = await program.ended
  if (code !== 0) throw new Error(`textloom ${args[0]} ended with ${code}: ${program.stderr.join(' ')}`)
}

/** What the network had confirmed before the backup leaves no more. */
function sentAgain(
  lines: readonly LedgerLine[],
  { lives, begunAt }: { readonly lives: number; readonly begunAt: number },
): string[] {
  const nameOf = (line: { readonly connection: number; readonly sequence: number }) =>
    `${line.connection} ${line.sequence}`
  const answeredAt = new Map(
    lines.flatMap((line) => (line.type === 'mt answered' ? [[nameOf(line), line.at] as const] : [])),
  )
  const confirmed = new Set<string>()
  const violations: string[] = []
  for (const [index, line] of withoutRefused(lines).entries()) {
    if (line.type !== 'mt received') continue
    const text = `${line.phone} ${line.text}`
    const at = answeredAt.get(nameOf(line)) ?? Number.POSITIVE_INFINITY
    if (index < lives && at < begunAt - RECORDED_AFTER_MS) confirmed.add(text)
    if (index >= lives && confirmed.has(text)) violations.push(`again: "${text}" had been confirmed before the backup.`)
  }
  if (confirmed.size === 0) violations.push('nothing had been confirmed before the backup, so nothing is known.')
  return violations
}

interface Held {
  readonly id: string
  readonly error: { readonly code: string } | null
}

async function heldBy(runtime: RunningRuntime): Promise<Held[]> {
  const response = await runtime.api('/api/v1/messages?status=unknown&limit=200')
  return ((await response.json()) as { items: Held[] }).items
}

/** Somebody decides that one of them is to leave. */
async function letOneLeave(runtime: RunningRuntime, [first]: readonly Held[]): Promise<string[]> {
  if (first === undefined) return ['held: nothing is held, though texts were on their way.']
  const resent = await runtime.api(`/api/v1/messages/${first.id}/resend`, { method: 'POST' })
  if (!resent.ok) return [`held: a text that was let go was answered ${resent.status}.`]
  const message = () => runtime.api(`/api/v1/messages/${first.id}`)
  const look = async () => {
    const { status, possibleDuplicate } = (await (await message()).json()) as {
      status: string
      possibleDuplicate: boolean
    }
    return status === 'delivered' && possibleDuplicate
  }
  const left = await until(look, 'the text that was let go', 30_000).catch(() => false)
  return left ? [] : ['held: the text that was let go did not leave as a possible duplicate.']
}
